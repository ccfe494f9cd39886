package io.berth.dialect.aliyun.device;

import static java.util.Objects.requireNonNull;

import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.product.Product;
import io.berth.core.product.Scripts;
import io.berth.core.state.Facts;
import io.berth.dialect.Attempt;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.KnownDevices;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.testing.NoScripts;
import io.berth.testing.TestPlatform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `dev1` of spec aliyun-device section 10, logged in with `_ss=1` on a platform in memory. Its model is
/// [Meter].
final class MeterDevice {
    static final DeviceId ID = new DeviceId("a1pk", "dev1");

    final TestPlatform platform = new TestPlatform(Attempt.CLOCK);
    final KnownDevices known = new KnownDevices();
    final AliyunWire wire;

    private MeterDevice(DeviceSnapshot device, Scripts scripts, boolean strict) {
        known.with(device);
        DeviceServices all =
                platform.services(known, new DeviceServices.Rules(strict, 2000, true, "http://127.0.0.1:8080", 0));
        DeviceServices services = new DeviceServices(
                all.things(),
                all.shadows(),
                all.tags(),
                all.topology(),
                all.devices(),
                all.products(),
                all.directory(),
                all.enrolments(),
                all.units(),
                all.configs(),
                all.logs(),
                scripts,
                all.certificates(),
                all.rules(),
                all.filesUrl(),
                all.clock());
        wire = new AliyunWire(device, AliyunClientId.parse("c|_ss=1,ext=3|"), services);
    }

    static MeterDevice lenient() {
        return new MeterDevice(AliyunFleet.meter("a1pk", "dev1"), new NoScripts(), false);
    }

    static MeterDevice strict() {
        return new MeterDevice(AliyunFleet.meter("a1pk", "dev1"), new NoScripts(), true);
    }

    /// One whose product sends bytes.
    static MeterDevice raw(Scripts scripts) {
        DeviceSnapshot meter = AliyunFleet.meter("a1pk", "dev1");
        Product product = meter.product();
        Product raw = new Product(
                product.key(),
                product.alias(),
                product.name(),
                product.secret(),
                product.auth(),
                product.nodeType(),
                Product.DataFormat.RAW,
                product.dynamicRegistration(),
                product.topics(),
                product.created(),
                product.model());
        return new MeterDevice(new DeviceSnapshot(meter.device(), raw, false), scripts, false);
    }

    /// What a message turns out to be, however long that takes.
    Reading publishes(String topic, Payload payload) {
        String whole = topic.startsWith("/") ? topic : "/sys/a1pk/dev1/" + topic;
        Reading reading = ((Route.Reader) wire.route(whole)).read(payload, Qos.AT_LEAST_ONCE);
        while (reading instanceof Reading.Later later) {
            reading = later.work().read();
        }
        return reading;
    }

    Reading publishes(String topic, String body) {
        return publishes(topic, Payload.of(body));
    }

    /// What it is answered.
    String hears(String topic, String body) {
        return requireNonNull(reply(publishes(topic, body))).payload().text();
    }

    /// The number after `"code":` of what it is answered.
    int code(String topic, String body) {
        String answer = hears(topic, body);
        int from = answer.indexOf("\"code\":") + 7;
        return Integer.parseInt(answer.substring(from, answer.indexOf(',', from)));
    }

    /// What the platform learns from a message it takes.
    List<Facts> tells(String topic, String body) {
        return switch (((Reading.Accepted) publishes(topic, body)).uplink()) {
            case Uplink.PropertyReport report -> List.of(report.facts());
            case Uplink.EventReport report -> List.of(report.facts());
            case Uplink.Pack pack -> pack.parts();
            case Uplink.Message _, Uplink.Info _, Uplink.Reply _ -> List.of();
        };
    }

    static Outgoing.@Nullable Publish reply(Reading reading) {
        return switch (reading) {
            case Reading.Accepted accepted -> accepted.reply();
            case Reading.Answered answered -> answered.reply();
            case Reading.Dropped dropped -> dropped.reply();
            case Reading.Through through -> reply(through.reading());
            case Reading.Later later -> reply(later.work().read());
        };
    }
}
