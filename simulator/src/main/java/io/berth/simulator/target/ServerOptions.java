package io.berth.simulator.target;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Command line options that name a running server.
public final class ServerOptions {
    @Option(names = "--data", paramLabel = "DIR", description = "Data directory of a server on this machine.")
    private @Nullable Path data;

    @Option(names = "--server", paramLabel = "URL", description = "Native API of the server.")
    private @Nullable URI server;

    @Option(names = "--token", paramLabel = "T", defaultValue = "", description = "Token for the native API.")
    private String token = "";

    @Option(names = "--mqtt", paramLabel = "HOST:PORT", description = "MQTT listener.")
    private @Nullable String mqtt;

    @Option(names = "--mqtts", paramLabel = "HOST:PORT", description = "MQTT listener with TLS.")
    private @Nullable String mqtts;

    @Option(names = "--mqtt-psk", paramLabel = "HOST:PORT", description = "MQTT listener with pre-shared keys.")
    private @Nullable String mqttPsk;

    @Option(names = "--https", paramLabel = "HOST:PORT", description = "Listener with HTTP of devices.")
    private @Nullable String https;

    @Option(names = "--amqp", paramLabel = "HOST:PORT", description = "AMQP listener, in clear.")
    private @Nullable String amqp;

    @Option(names = "--coap", paramLabel = "HOST:PORT", description = "CoAP listener of devices that encrypt.")
    private @Nullable String coap;

    @Option(names = "--coaps", paramLabel = "HOST:PORT", description = "CoAP listener with DTLS.")
    private @Nullable String coaps;

    @Option(names = "--ca", paramLabel = "FILE", description = "PEM of the root that signed the server's certificate.")
    private @Nullable Path caFile;

    @Option(names = "--pid", description = "Process of the server, whose CPU and memory are accounted.")
    private @Nullable Long pid;

    @Option(names = "--allow-remote", description = "Put load on a server that is not on loopback.")
    private boolean allowRemote;

    /// The server that was named; empty when none was.
    public Optional<ServerAddress> address() {
        Optional<ServerAddress> address =
                data == null ? explicit() : Optional.of(ServerAddress.of(RuntimeFile.read(data)));
        if (!allowRemote) {
            address.ifPresent(ServerAddress::requireLoopback);
        }
        return address;
    }

    private Optional<ServerAddress> explicit() {
        if (server == null) {
            return Optional.empty();
        }
        if (mqtt == null) {
            throw new IllegalArgumentException("--server needs --mqtt HOST:PORT too");
        }
        return Optional.of(new ServerAddress(
                pid == null ? ProcessHandle.current().pid() : pid,
                server,
                token,
                ServerAddress.hostAndPort(mqtt),
                listener(mqtts),
                listener(mqttPsk),
                listener(https),
                listener(amqp),
                listener(coap),
                listener(coaps),
                Optional.ofNullable(caFile)));
    }

    private static Optional<InetSocketAddress> listener(@Nullable String hostAndPort) {
        return Optional.ofNullable(hostAndPort).map(ServerAddress::hostAndPort);
    }

    /// Whether the server's process is known.
    public boolean isAccountable() {
        return data != null || pid != null;
    }
}
