package io.berth.simulator.yardstick;

import io.berth.simulator.device.Fleet;
import io.berth.simulator.target.RuntimeFile;
import io.berth.simulator.wire.Loops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.function.Consumer;

/// Three loopback listeners (MQTT, MQTT over TLS, HTTP) and a runtime.json like Berth's, which appears when they are
/// open.
public final class YardstickServer implements AutoCloseable {
    private static final int MAX_PACKET_BYTES = 1 << 20;
    private static final int MAX_BODY_BYTES = 1 << 26;
    private static final String TOKEN = "yardstick";

    private final Credentials credentials;
    private final Routes routes = new Routes();
    private final Loops loops;
    private final Path data;

    public YardstickServer(Fleet fleet, int threads, Path data) {
        this.credentials = new Credentials(fleet);
        this.loops = new Loops("yardstick", threads);
        this.data = data;
    }

    public void start(int port, int tlsPort, int httpPort) throws IOException, InterruptedException {
        ServerCertificate certificate = ServerCertificate.create(data);
        SslContext tls = certificate.context();
        InetSocketAddress mqtt = listen(port, this::mqtt);
        InetSocketAddress mqtts = listen(tlsPort, pipeline -> {
            pipeline.addLast(tls.newHandler(pipeline.channel().alloc()));
            mqtt(pipeline);
        });
        InetSocketAddress http = listen(httpPort, this::http);
        Path token = Files.writeString(data.resolve("token"), TOKEN);
        Path root = Files.writeString(data.resolve("ca.pem"), pem(certificate));
        new RuntimeFile(
                        ProcessHandle.current().pid(),
                        "http://127.0.0.1:" + http.getPort(),
                        token.toString(),
                        root.toString(),
                        Map.of("mqtt", listener(mqtt), "mqtts", listener(mqtts)))
                .write(data);
    }

    private static String pem(ServerCertificate certificate) throws IOException {
        try {
            return certificate.pem();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static RuntimeFile.Listener listener(InetSocketAddress address) {
        return new RuntimeFile.Listener(address.getAddress().getHostAddress(), address.getPort());
    }

    private void mqtt(ChannelPipeline pipeline) {
        pipeline.addLast(
                MqttEncoder.INSTANCE,
                new MqttDecoder(MAX_PACKET_BYTES),
                new MqttSession(pipeline.channel(), credentials, routes));
    }

    private void http(ChannelPipeline pipeline) {
        pipeline.addLast(
                new HttpServerCodec(),
                new MessageStream(TOKEN, routes),
                new HttpObjectAggregator(MAX_BODY_BYTES),
                new HttpDoor(TOKEN, routes));
    }

    private InetSocketAddress listen(int port, Consumer<ChannelPipeline> prepare) throws InterruptedException {
        Channel channel = new ServerBootstrap()
                .group(loops.group())
                .channel(Loops.serverChannel())
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        prepare.accept(accepted.pipeline());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), port)
                .sync()
                .channel();
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void close() {
        loops.close();
        try {
            Files.deleteIfExists(data.resolve(RuntimeFile.NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
