package io.berth.stream.amqp;

import static io.berth.testing.MemoryCallers.QUICK_HASHING;
import static java.util.Objects.requireNonNull;

import io.berth.core.Payload;
import io.berth.core.caller.AccessKeys;
import io.berth.core.caller.Callers;
import io.berth.core.caller.Rights;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.login.LoginGuard;
import io.berth.core.message.Event;
import io.berth.core.message.EventFormat;
import io.berth.core.message.Fact;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Notification;
import io.berth.core.message.Origin;
import io.berth.core.message.Qos;
import io.berth.core.subscription.ConsumerGroup;
import io.berth.dialect.aliyun.app.AliyunSubscriber;
import io.berth.dialect.huawei.app.HuaweiSubscriber;
import io.berth.net.Place;
import io.berth.testing.MemoryAccessKeys;
import io.berth.testing.MemoryCallers;
import io.berth.testing.MemoryRefusals;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// An AMQP server on free ports, with groups, keys and formats a test can reach.
final class AmqpBed implements AutoCloseable {
    static final String KEY = "testak";
    static final String SECRET = "testsk-0123456789";

    private static final InstantSource CLOCK = InstantSource.system();

    final FakeGroups groups = new FakeGroups();
    final MemoryRefusals refusals = new MemoryRefusals();
    final CountingSubscribers traffic = new CountingSubscribers();
    final Callers callers =
            new Callers(new MemoryCallers(), QUICK_HASHING, new AccessKeys(new MemoryAccessKeys(), CLOCK), CLOCK);
    private final UnaryOperator<AmqpConfig> config;
    private final @Nullable SSLContext tls;
    private AmqpServer server;
    private final List<Integer> ports = new ArrayList<>();

    AmqpBed() {
        this(UnaryOperator.identity(), null);
    }

    AmqpBed(UnaryOperator<AmqpConfig> config, @Nullable SSLContext tls) {
        this.config = config;
        this.tls = tls;
        callers.accessKeys().create(new AccessKeys.Wanted(KEY, new Secret(SECRET), "", Rights.ALL));
        server = start(0, 0);
    }

    private AmqpServer start(int port, int tlsPort) {
        AmqpPlatform platform = new AmqpPlatform(
                List.of(new AliyunSubscriber(Duration.ZERO, CLOCK), new HuaweiSubscriber(Duration.ofMinutes(5), CLOCK)),
                callers,
                groups,
                groups,
                List.of(new AsTheyAre(), new Twice(), new Mute()),
                refusals,
                new LoginGuard(50, Duration.ofMinutes(1), 1000, CLOCK),
                traffic,
                CLOCK);
        List<AmqpListener> listeners = new ArrayList<>();
        listeners.add(new AmqpListener(new Place("amqp", "127.0.0.1", port), false));
        if (tls != null) {
            listeners.add(new AmqpListener(new Place("amqps", "127.0.0.1", tlsPort), true));
        }
        AmqpServer started =
                new AmqpServer(platform, config.apply(AmqpConfig.defaults()), () -> requireNonNull(tls), listeners);
        ports.clear();
        started.start().forEach(bound -> ports.add(bound.port()));
        return started;
    }

    int port() {
        return ports.getFirst();
    }

    /// As the housekeeping does every second.
    void expel() {
        server.expel();
    }

    int tlsPort() {
        return ports.get(1);
    }

    /// Ends as a server does that is stopped, and comes back on the same ports.
    void restart() throws InterruptedException, ExecutionException, TimeoutException {
        int port = port();
        int tlsPort = tls == null ? 0 : tlsPort();
        server.drain().get(10, TimeUnit.SECONDS);
        server.close();
        server = start(port, tlsPort);
    }

    /// What an application sends as user name that comes by Alibaba's way.
    static String aliyunUser(String group) {
        return "app-1|authMode=aksign,signMethod=hmacsha1,timestamp=1573489088171,authId=" + KEY
                + ",iotInstanceId=,consumerGroupId=" + group + "|";
    }

    static String aliyunPassword() {
        byte[] signed = Hmac.SHA1.sign(new Secret(SECRET), "authId=" + KEY + "&timestamp=1573489088171");
        return Base64.getEncoder().encodeToString(signed);
    }

    static String huaweiUser() {
        return "accessKey=" + KEY + "|timestamp=" + CLOCK.millis() + "|instanceId=";
    }

    /// A message of a device, with this text as its bytes.
    static Event event(long id, String text) {
        Origin origin = new Origin(
                "aliyun",
                null,
                "/a1Plant/pump-07/user/up",
                Qos.AT_LEAST_ONCE,
                Payload.of(text),
                MessageProperties.NONE);
        return new Event(
                id, TestClock.START, "a1Plant", new DeviceId("a1Plant", "pump-07"), origin, new Fact.Message());
    }

    /// Publishes events 1 to `count`, each with its number as text.
    void publish(ConsumerGroup group, int count) {
        for (int i = 1; i <= count; i++) {
            groups.publish(group, event(i, Integer.toString(i)));
        }
    }

    @Override
    public void close() {
        server.close();
        groups.close();
    }

    /// Tells the bytes of the device under its topic.
    private record AsTheyAre() implements EventFormat {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public List<Notification> write(Event event) {
            Origin origin = requireNonNull(event.origin());
            return List.of(new Notification(event.topic(), origin.payload(), false));
        }
    }

    /// Has two words for everything.
    private record Twice() implements EventFormat {
        @Override
        public String name() {
            return "twice";
        }

        @Override
        public List<Notification> write(Event event) {
            return List.of(
                    new Notification("", Payload.of("first"), true), new Notification("", Payload.of("second"), true));
        }
    }

    /// Has words for nothing but what ends with an exclamation mark.
    private record Mute() implements EventFormat {
        @Override
        public String name() {
            return "mute";
        }

        @Override
        public List<Notification> write(Event event) {
            String text = requireNonNull(event.origin()).payload().text();
            return text.endsWith("!") ? List.of(new Notification("", Payload.of(text), true)) : List.of();
        }
    }
}
