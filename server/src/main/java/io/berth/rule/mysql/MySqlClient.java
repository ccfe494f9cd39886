package io.berth.rule.mysql;

import io.berth.rule.DestinationConfig;
import io.berth.rule.OutboundGate;
import io.berth.rule.Server;
import io.berth.rule.TrustedRoots;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.MySQLConnection;
import io.vertx.mysqlclient.SslMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Connects to one server. Any thread; blocks, for as long as its caller lets it.
final class MySqlClient implements AutoCloseable {
    private final DestinationConfig.MySql config;
    private final Server server;
    private final OutboundGate gate;
    private final TrustManagerFactory roots;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Vertx vertx;

    MySqlClient(DestinationConfig.MySql config, OutboundGate gate) {
        this.config = config;
        this.server = new Server(config.host(), config.port());
        this.gate = gate;
        this.roots = TrustedRoots.managers(config.ca());
    }

    /// A connection to where the gate lets it go.
    MySQLConnection connect() throws UnknownHostException, ExecutionException, InterruptedException {
        InetAddress where = gate.resolve(server.host(), server.port()).getFirst();
        Future<MySQLConnection> connecting = MySQLConnection.connect(vertx(), options(where));
        boolean wanted = false;
        try {
            MySQLConnection connection = result(connecting);
            wanted = true;
            return connection;
        } finally {
            if (!wanted) {
                connecting.onSuccess(MySQLConnection::close);
            }
        }
    }

    /// What the client's own thread comes to.
    static <T> T result(Future<T> future) throws ExecutionException, InterruptedException {
        return future.toCompletionStage().toCompletableFuture().get();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (vertx != null) {
                vertx.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private MySQLConnectOptions options(InetAddress where) {
        MySQLConnectOptions options = new Pinned(new InetSocketAddress(where, server.port()))
                .setDatabase(config.database())
                .setUser(config.user())
                .setPassword(config.password().text());
        if (config.tls()) {
            ClientSSLOptions tls = new ClientSSLOptions();
            tls.setHostnameVerificationAlgorithm("HTTPS");
            tls.setTrustOptions(TrustOptions.wrap(roots));
            options.setSslMode(SslMode.VERIFY_IDENTITY).setSslOptions(tls);
        }
        return options;
    }

    private Vertx vertx() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Vertx made = vertx;
            if (made == null) {
                made = Vertx.vertx(new VertxOptions()
                        .setEventLoopPoolSize(1)
                        .setFileSystemOptions(new FileSystemOptions()
                                .setFileCachingEnabled(false)
                                .setClassPathResolvingEnabled(false)));
                vertx = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    /// Options for an address that is looked up and checked already: the client connects to it and looks
    /// nothing up, and still holds the certificate against the host's name.
    private static final class Pinned extends MySQLConnectOptions {
        private final InetSocketAddress where;

        Pinned(InetSocketAddress where) {
            this.where = where;
        }

        @Override
        public SocketAddress getSocketAddress() {
            return SocketAddress.inetSocketAddress(where);
        }
    }
}
