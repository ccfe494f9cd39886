package io.berth.simulator.target;

import io.berth.simulator.wire.Endpoint;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a running server is and how to be let in: read from its data directory or given piece by piece.
public record ServerAddress(
        long pid,
        URI url,
        String token,
        InetSocketAddress mqtt,
        Optional<InetSocketAddress> mqtts,
        Optional<InetSocketAddress> mqttPsk,
        Optional<InetSocketAddress> https,
        Optional<InetSocketAddress> amqp,
        Optional<InetSocketAddress> coap,
        Optional<InetSocketAddress> coaps,
        Optional<Path> caFile) {

    public static ServerAddress of(RuntimeFile runtime) {
        InetSocketAddress mqtt = runtime.listener("mqtt")
                .orElseThrow(() -> new IllegalArgumentException("the server has no mqtt listener"));
        return new ServerAddress(
                runtime.pid(),
                URI.create(runtime.url()),
                runtime.token(),
                mqtt,
                runtime.listener("mqtts"),
                runtime.listener("mqtt-psk"),
                runtime.listener("https"),
                runtime.listener("amqp"),
                runtime.listener("coap-sym"),
                runtime.listener("coaps"),
                Optional.ofNullable(runtime.caFile()).map(Path::of));
    }

    /// Reads `HOST:PORT`.
    public static InetSocketAddress hostAndPort(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not HOST:PORT: " + text, e);
        }
    }

    /// Load on somebody else's machine must be meant.
    public void requireLoopback() {
        Stream<InetSocketAddress> others =
                Stream.of(mqtts, mqttPsk, https, amqp, coap, coaps).flatMap(Optional::stream);
        if (!Stream.concat(Stream.of(mqtt, http()), others).allMatch(ServerAddress::isLoopback)) {
            throw new IllegalArgumentException("the server is not on loopback: say --allow-remote if that is meant");
        }
    }

    private static boolean isLoopback(InetSocketAddress address) {
        return !address.isUnresolved() && address.getAddress().isLoopbackAddress();
    }

    ApiDoor api() {
        Endpoint endpoint = url.getScheme().equals("https") ? tls(http()) : Endpoint.clear(http());
        return new ApiDoor(url, endpoint, token);
    }

    Endpoint tls(InetSocketAddress address) {
        return Endpoint.tls(
                address,
                caFile.orElseThrow(() -> new IllegalArgumentException("TLS needs the server's root: --ca FILE")));
    }

    private InetSocketAddress http() {
        @Nullable String host = url.getHost();
        if (host == null) {
            throw new IllegalArgumentException("no host in " + url);
        }
        int usual = url.getScheme().equals("https") ? 443 : 80;
        return new InetSocketAddress(host, url.getPort() < 0 ? usual : url.getPort());
    }
}
