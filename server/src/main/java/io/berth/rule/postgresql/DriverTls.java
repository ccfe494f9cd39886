package io.berth.rule.postgresql;

import org.postgresql.ssl.WrappedFactory;

/// TLS as the driver speaks it: with the roots of the destination. That the certificate is the host's the
/// driver checks itself.
public final class DriverTls extends WrappedFactory {
    public DriverTls() {
        factory = DriverWay.current().tls().getSocketFactory();
    }
}
