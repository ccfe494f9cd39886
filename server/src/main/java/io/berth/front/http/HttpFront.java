package io.berth.front.http;

import io.berth.core.login.LoginGuard;
import io.berth.net.HttpWire;
import io.berth.net.TlsFacts;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The HTTP front: takes connections, ends them when the server stops. It has neither listeners nor event
/// loops of its own.
public final class HttpFront implements HttpWire {
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final int PACE_KEYS = 100_000;

    private final Desk desk;
    private final Duration beat;
    private final Map<EventLoop, Deadlines> deadlines = new ConcurrentHashMap<>();

    public HttpFront(HttpPlatform platform, HttpConfig config) {
        this(platform, config, BEAT);
    }

    /// @param beat how long a second is: tests live faster
    HttpFront(HttpPlatform platform, HttpConfig config, Duration beat) {
        Set<Connection> open = ConcurrentHashMap.newKeySet();
        this.desk = new Desk(platform, config, new Usage(config), pace(platform, config), open);
        this.beat = beat;
    }

    private static @Nullable LoginGuard pace(HttpPlatform platform, HttpConfig config) {
        return config.reportsPerSecond() == 0
                ? null
                : new LoginGuard(config.reportsPerSecond(), Duration.ofSeconds(1), PACE_KEYS, platform.clock());
    }

    @Override
    public void take(ChannelPipeline pipeline, String listener) {
        Channel channel = pipeline.channel();
        boolean mayBeClear = desk.config().clear() || TlsFacts.handler(pipeline) != null;
        if (!mayBeClear || !desk.usage().enter()) {
            desk.platform().traffic().dropped(mayBeClear ? "too many connections" : "http in clear");
            var _ = channel.close();
            return;
        }
        channel.config().setAutoRead(true);
        Caller caller = Caller.of(channel, listener);
        Deadlines times = deadlines.computeIfAbsent(channel.eventLoop(), loop -> new Deadlines(loop, beat));
        Connection connection = new Connection(desk, caller, times);
        desk.open().add(connection);
        Conversation conversation = new Conversation(desk, channel.eventLoop());
        pipeline.addLast(new ProtocolChoice(desk, connection, conversation, times, caller), connection);
    }

    /// The connections there are now.
    public int connections() {
        return desk.usage().connections();
    }

    /// Takes no more connections, and ends each once the request it is at is answered. Completes when the
    /// last is gone.
    public CompletableFuture<Void> drain() {
        CompletableFuture<Void> gone = desk.usage().close();
        desk.open().forEach(Connection::drain);
        return gone;
    }
}
