package io.berth.dialect;

import java.util.List;

/// How a vendor's applications call the platform over HTTP: signatures, routing, envelopes and error codes are
/// the vendor's, what a call does is core's.
public interface AppDialect {
    /// The stable lower-case word.
    String name();

    /// Where it answers. A path may hold parameters as of the web server: `{name}` for one segment, `<name>`
    /// for any number of them.
    List<AppPath> paths();

    /// Answers one request, on a thread of its own; blocking. Whatever goes wrong is answered in the vendor's
    /// form: it throws only what is a fault of Berth itself.
    AppAnswer answer(AppRequest request) throws InterruptedException;

    /// The vendor's form of a fault of Berth itself, for when [#answer] threw. The log has the cause.
    AppAnswer fault(AppRequest request);

    /// @param method in capitals: GET, POST, PUT, DELETE
    record AppPath(String method, String path) {}
}
