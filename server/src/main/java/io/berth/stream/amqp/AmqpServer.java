package io.berth.stream.amqp;

import io.berth.net.BoundListener;
import io.berth.net.EventLoops;
import io.berth.net.PortBinding;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// The AMQP server: listeners, event loops, start and stop. Methods block a little; call them from one thread.
public final class AmqpServer implements AutoCloseable {
    private final AmqpPlatform platform;
    private final AmqpConfig config;
    private final Supplier<SSLContext> tls;
    private final List<AmqpListener> listeners;
    private final SubscriberLogins logins;
    private final Guests guests;
    private final Standing standing;
    private final EventLoopGroup loops;
    private final List<Channel> accepting = new ArrayList<>();

    /// @param tls the server's identity, asked for when a listener speaks TLS
    public AmqpServer(
            AmqpPlatform platform, AmqpConfig config, Supplier<SSLContext> tls, List<AmqpListener> listeners) {
        this.platform = platform;
        this.config = config;
        this.tls = tls;
        this.listeners = List.copyOf(listeners);
        this.guests = new Guests(config);
        this.logins = new SubscriberLogins(platform, config, guests);
        this.standing = new Standing(platform, guests);
        this.loops = EventLoops.open("amqp", config.eventLoops());
    }

    /// Ends connections whose caller may be here no longer. Blocking, and to be called again and again: whose
    /// key is disabled is to be gone within a second.
    public void expel() {
        standing.check();
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

    private BoundListener bind(AmqpListener listener) {
        Entrance entrance = new Entrance(listener.place().name(), platform, config, logins, guests);
        SSLContext ssl = listener.tls() ? tls.get() : null;
        PortBinding binding = new PortBinding(listener.place(), bootstrap(new Welcome(entrance, ssl)));
        BoundListener bound = binding.bind();
        accepting.addAll(binding.channels());
        return bound;
    }

    private ServerBootstrap bootstrap(Welcome welcome) {
        int most = config.link().maxUnsentBytes();
        return new ServerBootstrap()
                .group(loops)
                .channel(EventLoops.listening())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(most / 2, most))
                .childHandler(welcome);
    }

    /// Sets up what comes in, if there is room.
    private final class Welcome extends ChannelInitializer<Channel> {
        private final Entrance entrance;
        private final @Nullable SSLContext ssl;

        Welcome(Entrance entrance, @Nullable SSLContext ssl) {
            this.entrance = entrance;
            this.ssl = ssl;
        }

        @Override
        protected void initChannel(Channel channel) {
            if (!guests.turnstile().enter()) {
                platform.traffic().dropped("too many connections");
                var _ = channel.close();
                return;
            }
            if (ssl != null) {
                channel.pipeline().addLast(tlsHandler(ssl));
            }
            channel.pipeline().addLast(new SaslHandshake(entrance));
        }
    }

    private static SslHandler tlsHandler(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(0); // the login's time covers it
        return handler;
    }

    /// Stops accepting and asks every client to go elsewhere. Completes when the last is gone.
    public CompletableFuture<Void> drain() {
        stopAccepting();
        return guests.close();
    }

    /// Ends at once what is still open.
    @Override
    public void close() {
        stopAccepting();
        var _ = guests.close();
        var _ = loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void stopAccepting() {
        accepting.forEach(channel -> channel.close().syncUninterruptibly());
        accepting.clear();
    }
}
