package io.berth.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// A real broker of AMQP 0-9-1, Apache Qpid Broker-J, that tests may kill and bring back: it keeps its ports
/// and nothing else. One port in the clear, one with TLS.
public final class AmqpPeer implements AutoCloseable {
    public static final String USER = "berth";
    public static final String PASSWORD = "amqp secret";

    private static final List<String> SMALL = List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Path directory;
    private final TestIdentity identity;
    private final KeptPort port = new KeptPort();
    private final KeptPort tlsPort = new KeptPort();
    private PeerProcess process;

    private AmqpPeer(Path directory) {
        this.directory = directory;
        this.identity = TestIdentity.create(directory.resolve("tls"));
        write();
        process = launch();
    }

    /// Starts one with its files below this directory; answers when it takes connections.
    public static AmqpPeer start(Path directory) {
        return new AmqpPeer(directory);
    }

    public int port() {
        return port.number();
    }

    public int tlsPort() {
        return tlsPort.number();
    }

    /// The root of its certificate, PEM.
    public String ca() {
        return identity.ca();
    }

    public void kill() {
        process.kill();
    }

    /// It answers nothing until the returned is closed.
    public AutoCloseable hold() {
        process.signal("STOP");
        return () -> process.signal("CONT");
    }

    public void restart() {
        process.close();
        process = launch();
    }

    @Override
    public void close() {
        process.close();
        port.close();
        tlsPort.close();
    }

    private PeerProcess launch() {
        PeerProcess started = PeerProcess.start(
                directory.resolve("broker.log"),
                SMALL,
                Path.of("src", "test", "resources", "qpid", "QpidBroker.java")
                        .toAbsolutePath()
                        .toString(),
                configuration().toString());
        await().atMost(PeerProcess.START)
                .until(() -> (PeerProcess.answers(port) && PeerProcess.answers(tlsPort)) || !started.isAlive());
        if (!started.isAlive()) {
            throw new IllegalStateException("Qpid did not start; see " + directory.resolve("broker.log"));
        }
        return started;
    }

    private Path configuration() {
        return directory.resolve("broker.json");
    }

    private void write() {
        String text = String.format(
                Locale.ROOT,
                """
                {
                  "name": "peer", "modelVersion": "9.1",
                  "authenticationproviders": [ {
                    "name": "plain", "type": "Plain", "secureOnlyMechanisms": [],
                    "users": [ { "name": "%s", "type": "managed", "password": "%s" } ]
                  } ],
                  "keystores": [ {
                    "name": "own", "type": "NonJavaKeyStore",
                    "certificateUrl": "%s", "privateKeyUrl": "%s"
                  } ],
                  "ports": [
                    { "name": "clear", "port": %d, "bindingAddress": "127.0.0.1", "protocols": [ "AMQP_0_9_1" ],
                      "authenticationProvider": "plain",
                      "virtualhostaliases": [ { "name": "default", "type": "defaultAlias" } ] },
                    { "name": "secure", "port": %d, "bindingAddress": "127.0.0.1", "protocols": [ "AMQP_0_9_1" ],
                      "authenticationProvider": "plain", "transports": [ "SSL" ], "keyStore": "own",
                      "virtualhostaliases": [ { "name": "default-secure", "type": "defaultAlias" } ] }
                  ],
                  "virtualhostnodes": [ {
                    "name": "default", "type": "Memory", "defaultVirtualHostNode": "true",
                    "virtualHostInitialConfiguration": "{\\"type\\": \\"Memory\\"}"
                  } ]
                }
                """,
                USER,
                PASSWORD,
                identity.chain().toUri(),
                identity.key().toUri(),
                port.number(),
                tlsPort.number());
        try {
            Files.createDirectories(directory);
            Files.writeString(configuration(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
