package io.berth;

import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.login.LoginGuard;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.Products;
import io.berth.core.session.Messages;
import io.berth.core.session.Session;
import io.berth.core.session.Traffic;
import io.berth.core.session.Uplinks;
import io.berth.core.state.Things;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.MqttLogins;
import io.berth.dialect.huawei.device.HuaweiMqtt;
import io.berth.front.mqtt.ListenerConfig;
import io.berth.front.mqtt.MqttConfig;
import io.berth.front.mqtt.MqttFront;
import io.berth.front.mqtt.MqttPlatform;
import io.berth.front.mqtt.TlsContexts;
import io.berth.net.HttpWire;
import io.berth.testing.MemoryRefusals;
import io.berth.testing.MemorySessions;
import io.berth.testing.TestPlatform;
import io.berth.tls.ServerCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The device side of a server in this process: a real MQTT front that speaks Huawei's dialect, and
/// everything behind it in memory, where a test sees it.
final class MemoryServer implements AutoCloseable {
    static final String SECRET = "f4c1f0e4b9b24d3c8c7ad0e1f2a3b4c5";

    private static final InstantSource CLOCK = InstantSource.system();

    final TestPlatform platform = new TestPlatform(CLOCK);
    private final MqttFront front;
    private final int port;

    MemoryServer(Path data) {
        DeviceDirectory directory = platform.registry.directory();
        List<ListenerConfig> listeners =
                List.of(new ListenerConfig("mqtt", ListenerConfig.Kind.MQTT, "127.0.0.1", 0, false));
        front = new MqttFront(
                new MqttPlatform(
                        new MqttLogins(List.of(new HuaweiMqtt(platform.services(directory))), directory),
                        directory,
                        platform.sessions,
                        new Uplinks(
                                platform.events,
                                new Things(platform.things, CLOCK),
                                platform.requests,
                                Uplinks.LateReplies.IGNORED),
                        new Messages(platform.downlinks, platform.events, 0),
                        new MemorySessions(10),
                        new MemoryRefusals(),
                        guard(),
                        guard(),
                        Traffic.UNCOUNTED,
                        CLOCK),
                MqttConfig.defaults(),
                new TlsContexts(new ServerCertificates(data, List.of(), CLOCK).loadOrCreate(), listeners),
                listeners,
                HttpWire.NONE);
        port = front.start().getFirst().port();
    }

    private static LoginGuard guard() {
        return new LoginGuard(10, Duration.ofMinutes(1), 100, CLOCK);
    }

    void product(String key, String alias, ThingModel model) {
        Products.Draft draft =
                new Products.Draft(key, key, alias, null, AuthKind.SECRET, NodeType.DIRECT, DataFormat.JSON, false);
        platform.registry.products().update(platform.products.create(draft).withModel(model));
    }

    DeviceId device(String product, String name, String alias) {
        DeviceId id = new DeviceId(product, name);
        platform.devices.create(new Devices.Draft(id, new Secret(SECRET), alias, name));
        return id;
    }

    TestDevice huawei(String id) {
        return TestDevice.huawei(port, id, SECRET);
    }

    @Nullable
    Session session(DeviceId device) {
        return platform.sessions.find(device);
    }

    @Override
    public void close() {
        front.close();
    }
}
