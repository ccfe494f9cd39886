package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.Devices;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.Products;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Link;
import io.berth.core.session.Session;
import io.berth.dialect.Branches;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.testing.TestClock;
import io.berth.testing.TestPlatform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The gateway `dev1` and the device `sub1` of spec aliyun-device section 10, with everything behind them in memory.
final class AliyunGatewayBed {
    static final DeviceId GATEWAY = new DeviceId("a1pk", "dev1");
    static final DeviceId OTHER_GATEWAY = new DeviceId("a1pk", "dev2");
    static final DeviceId SUB = new DeviceId("a1sub", "sub1");
    static final String SUB_SECRET = "fedcba9876543210fedcba9876543210";

    final TestClock clock = new TestClock();
    final TestPlatform platform = new TestPlatform(clock);
    final DeviceDirectory directory = platform.registry.directory();
    private final DeviceServices services;
    private final Map<DeviceId, Connection> connections = new LinkedHashMap<>();

    AliyunGatewayBed() {
        this(new DeviceServices.Rules(false, 2000, true, "http://127.0.0.1:8080", 0));
    }

    AliyunGatewayBed(DeviceServices.Rules rules) {
        services = platform.services(directory, rules);
        product("a1pk", NodeType.GATEWAY, false);
        product("a1sub", NodeType.SUB, true);
        device(GATEWAY, AliyunFleet.SECRET);
        device(OTHER_GATEWAY, AliyunFleet.SECRET);
        device(SUB, SUB_SECRET);
    }

    void product(String key, NodeType kind, boolean registers) {
        platform.products.create(new Products.Draft(
                key, key, key, new Secret("PRODSECRET000001"), AuthKind.SECRET, kind, DataFormat.JSON, registers));
    }

    void device(DeviceId id, String secret) {
        platform.devices.create(new Devices.Draft(id, new Secret(secret), null, null));
    }

    DeviceSnapshot snapshot(DeviceId id) {
        return directory
                .find(new DeviceRef.ById(id))
                .toCompletableFuture()
                .join()
                .orElseThrow();
    }

    /// The connection of a device with `_ss=1`.
    Connection connection(DeviceId device) {
        return connections.computeIfAbsent(device, Connection::new);
    }

    /// What the gateway is answered: the code and the data.
    String ask(String topic, String params) {
        return ask(GATEWAY, topic, params);
    }

    String ask(DeviceId gateway, String topic, String params) {
        String reply = connection(gateway)
                .publish(topic(gateway, topic), "{\"id\":\"1\",\"version\":\"1.0\",\"params\":" + params + "}");
        return reply.replaceFirst(",\"id\".*\"version\":\"1.0\"", "");
    }

    static String topic(DeviceId device, String suffix) {
        String root = suffix.startsWith("combine/") ? "/ext/session/" : "/sys/";
        return root + device.product() + "/" + device.name() + "/" + suffix;
    }

    /// What a device signs with md5 to stand behind a gateway or speak through it.
    static String claim(DeviceId device, String secret) {
        String content = "clientIdcdeviceName" + device.name() + "productKey" + device.product() + "timestamp7";
        return """
                {"productKey":"%s","deviceName":"%s","clientId":"c","timestamp":7,"signMethod":"hmacMd5","sign":"%s"}""".formatted(device.product(), device.name(), AliyunFleet.sign(Hmac.MD5, secret, content));
    }

    static String named(DeviceId device) {
        return AliyunItem.json(device).end();
    }

    /// One connection and the sessions through it, as a front would have them.
    final class Connection implements Branches {
        final AliyunWire wire;
        private final DeviceId gateway;
        private final Map<DeviceId, Child> live = new LinkedHashMap<>();
        boolean over;
        /// Happens when a session was just made.
        Runnable attaching = () -> {};

        Connection(DeviceId gateway) {
            this.gateway = gateway;
            wire = new AliyunWire(snapshot(gateway), AliyunClientId.parse("c|_ss=1|"), services);
            wire.opened(this);
        }

        /// The answer as it goes out, empty when there is none.
        String publish(String topic, String payload) {
            Reading reading = read(topic, payload);
            Outgoing.Publish reply = replyTo(reading);
            return reply == null ? "" : reply.payload().text();
        }

        Reading read(String topic, String payload) {
            Route route = wire.route(topic);
            Route.Reader reader = route instanceof Route.Through through ? through.reader() : (Route.Reader) route;
            Reading reading = reader.read(Payload.of(payload), Qos.AT_MOST_ONCE);
            return reading instanceof Reading.Later later ? onLane(later) : reading;
        }

        private static Reading onLane(Reading.Later later) {
            AtomicReference<Reading> reading = new AtomicReference<>();
            try {
                Thread.ofVirtual().start(() -> reading.set(later.work().read())).join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return Objects.requireNonNull(reading.get());
        }

        private static Outgoing.@Nullable Publish replyTo(Reading reading) {
            return switch (reading) {
                case Reading.Accepted accepted -> accepted.reply();
                case Reading.Answered answered -> answered.reply();
                case Reading.Dropped dropped -> dropped.reply();
                case Reading.Through through -> replyTo(through.reading());
                case Reading.Later _ -> throw new AssertionError("later than later");
            };
        }

        @Override
        public boolean attach(DeviceSnapshot child, MqttWire childWire) {
            if (!over) {
                Child attached = new Child(child.id(), childWire);
                live.put(child.id(), attached);
                platform.sessions.attach(attached.session);
                attaching.run();
            }
            return !over;
        }

        @Override
        public boolean detach(DeviceId child, CloseCause cause) {
            Child attached = live.get(child);
            if (attached != null) {
                attached.close(cause);
            }
            return attached != null;
        }

        @Override
        public boolean isAttached(DeviceId child) {
            return live.containsKey(child);
        }

        @Override
        public List<DeviceId> attached() {
            return new ArrayList<>(live.keySet());
        }

        @Override
        public @Nullable MqttWire wire(DeviceId child) {
            Child attached = live.get(child);
            return attached == null ? null : attached.wire;
        }

        private final class Child implements Link {
            private final MqttWire wire;
            private final Session session;

            Child(DeviceId id, MqttWire wire) {
                this.wire = wire;
                this.session = new Session(id, "aliyun", "127.0.0.1:1", clock.instant(), this, gateway);
            }

            @Override
            public void send(Downlink downlink, Delivery delivery) {
                throw new AssertionError("nothing is sent here");
            }

            @Override
            public void close(CloseCause cause) {
                if (live.remove(session.device(), this)) {
                    platform.sessions.detach(session, cause);
                }
            }
        }
    }
}
