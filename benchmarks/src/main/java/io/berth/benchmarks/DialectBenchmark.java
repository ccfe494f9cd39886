package io.berth.benchmarks;

import io.berth.core.thing.Bounds;
import io.berth.core.thing.DataType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Parameter;
import io.berth.core.thing.Property;
import io.berth.core.thing.ThingModel;
import io.berth.core.Payload;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.Refusal.Channel;
import io.berth.core.message.Qos;
import io.berth.core.product.Product;
import io.berth.core.topic.Access;
import io.berth.core.topic.TopicClass;
import io.berth.dialect.MqttConnect;
import io.berth.dialect.MqttDialect;
import io.berth.dialect.MqttLogin;
import io.berth.dialect.MqttVerdict;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.dialect.aliyun.device.AliyunMqtt;
import io.berth.dialect.huawei.device.HuaweiMqtt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What the dialects cost: a login read and verified, a topic resolved for the first time, a report read.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(java.util.concurrent.TimeUnit.NANOSECONDS)
public class DialectBenchmark {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Secret SECRET = new Secret("0123456789abcdef0123456789abcdef");
    private static final String HOUR = "2026112112";
    private static final Payload REPORT =
            Payload.of("{\"id\":\"1\",\"version\":\"1.0\",\"params\":{\"Temp\":21.5,\"Door\":1},\"sys\":{\"ack\":1}}");

    private final DeviceSnapshot device = device();
    private final MqttDialect aliyun = new AliyunMqtt(UnusedPlatform.services(InstantSource.fixed(NOW)), true);
    private final MqttDialect huawei = new HuaweiMqtt(UnusedPlatform.services(InstantSource.fixed(NOW)));
    private final MqttConnect aliyunConnect = connect(
            "a1pk.dev1|timestamp=2524608000000,_ss=1,securemode=3,signmethod=hmacsha256,ext=3|",
            "dev1&a1pk",
            hmac(SECRET.reveal(), "clientIda1pk.dev1deviceNamedev1productKeya1pktimestamp2524608000000"));
    private final MqttConnect huaweiConnect = connect("hw_dev1_0_1_" + HOUR, "hw_dev1", hmac(HOUR, SECRET.reveal()));
    private final MqttWire wire = wire(aliyun, aliyunConnect);
    private final Route.Reader report = (Route.Reader) wire.route("/sys/a1pk/dev1/thing/event/property/post");

    @Benchmark
    public MqttVerdict aliyunLogin() {
        return verify(aliyun, aliyunConnect);
    }

    @Benchmark
    public MqttVerdict huaweiLogin() {
        return verify(huawei, huaweiConnect);
    }

    @Benchmark
    public Route topicSeenForTheFirstTime() {
        return wire.route("/a1pk/dev1/user/update");
    }

    @Benchmark
    public Reading propertyReport() {
        return report.read(REPORT, Qos.AT_LEAST_ONCE);
    }

    private MqttVerdict verify(MqttDialect dialect, MqttConnect connect) {
        MqttVerdict verdict = ((MqttLogin.Claim) dialect.read(connect)).verify(Optional.of(device));
        if (verdict instanceof MqttVerdict.Refused refused) {
            throw new IllegalStateException(refused.failure().cause());
        }
        return verdict;
    }

    private MqttWire wire(MqttDialect dialect, MqttConnect connect) {
        return ((MqttVerdict.Accepted) verify(dialect, connect)).wire();
    }

    private static MqttConnect connect(String clientId, String username, String password) {
        Channel channel = new Channel("mqtt", "127.0.0.1:1", "tcp", null);
        return new MqttConnect(clientId, username, Payload.of(password), 4, true, 60, false, NOW, channel);
    }

    private static String hmac(String key, String content) {
        return Hmac.SHA256.hex(key.getBytes(StandardCharsets.US_ASCII), content.getBytes(StandardCharsets.US_ASCII));
    }

    private static ThingModel model() {
        Bounds range = Bounds.of(-40, 120);
        List<Property> properties = List.of(
                property("Temp", new DataType.Real(DataType.Real.Precision.FLOAT, range)),
                property("Door", new DataType.Flag("closed", "open")));
        return new ThingModel(List.of(new Module(
                Module.DEFAULT, "", "", "", Module.Presence.MANDATORY, properties, List.of(), List.of())));
    }

    private static Property property(String identifier, DataType type) {
        return new Property(Parameter.of(identifier, type), true, true, true);
    }

    private static DeviceSnapshot device() {
        Product product = new Product(
                "a1pk",
                "hw",
                "bench",
                SECRET,
                Product.AuthKind.SECRET,
                Product.NodeType.DIRECT,
                Product.DataFormat.JSON,
                false,
                List.of(new TopicClass("user/update", Access.PUBLISH)),
                NOW,
                model());
        Device registered =
                new Device(new DeviceId("a1pk", "dev1"), "hw_dev1", "dev1", SECRET, true, NOW, null, null, null);
        return new DeviceSnapshot(registered, product, false);
    }
}
