package io.berth.rule;

import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What went wrong on the way to a server, as an operator should read it.
public final class Trouble {
    private Trouble() {}

    /// The most telling of an exception and its causes.
    public static String said(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String telling = telling(cause);
            if (telling != null) {
                return telling;
            }
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static @Nullable String telling(Throwable cause) {
        return switch (cause) {
            case OutboundGate.ForbiddenException _ -> cause.getMessage();
            case UnknownHostException _ -> "no such host: " + cause.getMessage();
            case EOFException _ -> "it ended the connection before it answered";
            case SocketTimeoutException _ -> "it did not answer in time: " + cause.getMessage();
            case SSLException _, CertificateException _ -> "no trusted TLS connection: " + cause.getMessage();
            default -> null;
        };
    }
}
