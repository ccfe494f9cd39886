package io.berth.web;

import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Where the web server listens.
///
/// @param bind one address, or a host name of which the first address counts
/// @param port 0 for any free one
/// @param tls null to serve in clear
public record WebListener(String bind, int port, @Nullable Tls tls) {
    /// @param context which takes every certificate a client shows
    /// @param asksForCertificate asked at the beginning of each connection; a client without one is as welcome
    public record Tls(SSLContext context, BooleanSupplier asksForCertificate) {}

    public WebListener {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("listener.web.port is between 0 and 65535");
        }
    }

    /// A free port of this machine, in clear.
    public static WebListener anyLocal() {
        return new WebListener("127.0.0.1", 0, null);
    }
}
