package io.berth.rule.postgresql;

import io.berth.rule.DestinationConfig;
import io.berth.rule.OutboundGate;
import io.berth.rule.Server;
import io.berth.rule.TrustedRoots;
import java.sql.Connection;
import java.sql.SQLException;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;

/// How the driver gets to one destination's server. It makes its sockets by the names of classes, which can
/// not know a destination: they ask here, on the thread that connects.
record DriverWay(Server server, SocketFactory sockets, SSLContext tls) {
    private static final ScopedValue<DriverWay> CURRENT = ScopedValue.newInstance();

    interface Connecting {
        Connection connect() throws SQLException;
    }

    static DriverWay of(DestinationConfig.PostgreSql config, OutboundGate gate) {
        return new DriverWay(
                new Server(config.host(), config.port()), gate.sockets(), TrustedRoots.context(config.ca()));
    }

    static DriverWay current() {
        return CURRENT.get();
    }

    Connection call(Connecting work) throws SQLException {
        return ScopedValue.where(CURRENT, this).call(work::connect);
    }
}
