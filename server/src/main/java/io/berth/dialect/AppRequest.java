package io.berth.dialect;

import io.berth.core.Payload;
import io.berth.core.login.CallPeer;
import org.jspecify.annotations.Nullable;

/// One HTTP request of an application, as it came: nothing is decoded, because signatures are over the raw
/// forms.
public interface AppRequest {
    String method();

    /// Percent-encoded, without the query.
    String path();

    /// Percent-encoded, without the question mark; empty when there is none.
    String query();

    /// The first of that name, whatever its letter case; null when there is none.
    @Nullable
    String header(String name);

    /// The peer's address without port.
    String peer();

    /// Whether the connection is encrypted up to this server.
    boolean isSecure();

    /// Where it came from, for an operator.
    default CallPeer from() {
        return new CallPeer(peer(), isSecure());
    }

    /// The whole body, read once; TOO_LARGE when it is longer.
    Payload body(int maxBytes);
}
