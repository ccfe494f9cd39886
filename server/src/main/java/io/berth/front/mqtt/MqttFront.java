package io.berth.front.mqtt;

import io.berth.core.login.LoginGuard;
import io.berth.net.BoundListener;
import io.berth.net.EventLoops;
import io.berth.net.HttpWire;
import io.berth.net.PortBinding;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The MQTT front: listeners, event loops, start and stop. Methods block a little; call them from one thread.
public final class MqttFront implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttFront.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final int QUOTA_KEYS = 100_000;
    private static final int BACKLOG = 4096;

    private final MqttPlatform platform;
    private final MqttConfig config;
    private final TlsContexts tls;
    private final List<ListenerConfig> listeners;
    private final HttpWire http;
    private final Admission admission;
    private final Handshakes handshakes;
    private final LoginGuard connects;
    private final EventLoopGroup loops;
    private final Map<EventExecutor, LoopPulse> pulses = new HashMap<>();
    private final List<Channel> accepting = new ArrayList<>();

    /// @param http takes what comes to a listener of the kind WEB and is neither MQTT nor a WebSocket
    public MqttFront(
            MqttPlatform platform, MqttConfig config, TlsContexts tls, List<ListenerConfig> listeners, HttpWire http) {
        this(platform, config, tls, listeners, http, BEAT);
    }

    /// @param beat how long a second is: tests live faster
    MqttFront(
            MqttPlatform platform,
            MqttConfig config,
            TlsContexts tls,
            List<ListenerConfig> listeners,
            HttpWire http,
            Duration beat) {
        this.http = http;
        this.platform = platform;
        this.config = config;
        this.tls = tls;
        this.listeners = List.copyOf(listeners);
        this.admission = new Admission(config);
        this.handshakes = new Handshakes(config.psk());
        this.connects = new LoginGuard(
                Math.max(1, config.quotas().connectsPerMinute()), Duration.ofMinutes(1), QUOTA_KEYS, platform.clock());
        this.loops = EventLoops.open("mqtt", config.eventLoops());
        loops.forEach(loop -> pulses.put(loop, new LoopPulse((EventLoop) loop, beat)));
    }

    /// Binds every listener; when one cannot be bound, none stays and the exception names it.
    public List<BoundListener> start() {
        try {
            return listeners.stream().map(this::bind).toList();
        } catch (RuntimeException e) {
            stopAccepting(); // the rest is for close()
            throw e;
        }
    }

    private BoundListener bind(ListenerConfig listener) {
        if (listener.legacyTls()) {
            LOG.warn(
                    "listener {} accepts {}, which are not secure; listener.{}.legacy-tls = false switches them off",
                    listener.name(),
                    listener.kind() == ListenerConfig.Kind.MQTT_PSK
                            ? "TLS 1.0 and TLS 1.1"
                            : "TLS 1.0, TLS 1.1 and RSA key exchange",
                    listener.name());
        }
        Dock dock = new Dock(listener, platform, config, admission, connects, http);
        PortBinding binding = new PortBinding(listener.place(), bootstrap(new Welcome(dock, entrance(dock))));
        BoundListener bound = binding.bind();
        accepting.addAll(binding.channels());
        return bound;
    }

    /// What meets the first bytes of a connection.
    private ChannelHandler entrance(Dock dock) {
        return dock.listener().kind() == ListenerConfig.Kind.MQTT_PSK
                ? new PskEntrance(dock, handshakes)
                : new PortSniffer(dock, tls.of(dock.listener()));
    }

    private ServerBootstrap bootstrap(Welcome welcome) {
        return new ServerBootstrap()
                .group(loops)
                .channel(EventLoops.listening())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(128, 512, 65_536))
                .childHandler(welcome);
    }

    /// Sets up what comes in, if there is room.
    private final class Welcome extends ChannelInitializer<Channel> {
        private final Dock dock;
        private final ChannelHandler entrance;

        Welcome(Dock dock, ChannelHandler entrance) {
            this.dock = dock;
            this.entrance = entrance;
        }

        @Override
        protected void initChannel(Channel channel) {
            LoopPulse pulse = pulses.get(channel.eventLoop());
            if (pulse == null || !admission.turnstile().enter()) {
                platform.traffic().dropped("too many connections");
                var _ = channel.close();
                return;
            }
            channel.pipeline().addLast(entrance, new ConnectionHandler(dock, pulse));
        }
    }

    /// The connections there are now, logged in or not.
    public int connections() {
        return admission.turnstile().connections();
    }

    /// Stops accepting and ends the connections, spread over the configured time, each once its messages are
    /// settled. Completes when the last is gone.
    public CompletableFuture<Void> drain() {
        stopAccepting();
        CompletableFuture<Void> gone = admission.turnstile().close();
        int beats = (int) config.drain().over().toSeconds();
        pulses.forEach((loop, pulse) -> loop.execute(() -> pulse.drain(beats)));
        return gone;
    }

    /// Ends at once what is still open.
    @Override
    public void close() {
        stopAccepting();
        var _ = admission.turnstile().close();
        var _ = loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        tls.close();
    }

    private void stopAccepting() {
        accepting.forEach(channel -> channel.close().syncUninterruptibly());
        accepting.clear();
    }
}
