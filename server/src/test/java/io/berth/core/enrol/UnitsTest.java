package io.berth.core.enrol;

import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.alarm.Alarm;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.device.Unit;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.Products;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Link;
import io.berth.core.session.Session;
import io.berth.testing.TestClock;
import io.berth.testing.TestPlatform;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UnitsTest {
    private static final DeviceId DEVICE = new DeviceId("a1pk", "twins");

    private final TestClock clock = new TestClock();
    private final TestPlatform platform = new TestPlatform(clock);
    private final Registry registry =
            new Registry(platform.products, platform.devices, platform.registry.directory(), platform.sessions);
    private final Units units = new Units(platform.units, registry, platform.alarms, clock);

    @BeforeEach
    void make() {
        platform.products.create(
                new Products.Draft("p", "a1pk", "a1pk", null, AuthKind.SECRET, NodeType.DIRECT, DataFormat.JSON, true));
        device(DEVICE);
    }

    @Test
    void one_physical_device_is_no_risk_however_often_it_comes() {
        add(DEVICE, "a");
        add(DEVICE, "b");
        comes(DEVICE, "a");
        comes(DEVICE, "a");

        assertThat(risks()).isEmpty();
        assertThat(platform.alarms.active(Alarm.Severity.MAJOR)).isZero();
    }

    @Test
    void two_that_logged_in_are_a_risk_and_raise_an_alarm() {
        twins();

        assertThat(risks()).containsExactly(DEVICE);
        assertThat(units.risks("a1pk", first()).items()).hasSize(1);
        assertThat(units.risks("a1other", first()).items()).isEmpty();
        assertThat(platform.alarms.get("units:a1pk:twins"))
                .satisfies(alarm -> assertThat(alarm.device()).isEqualTo(DEVICE))
                .satisfies(alarm -> assertThat(alarm.isActive()).isTrue());
    }

    @Test
    void keeping_one_refuses_the_others_ends_the_session_and_the_risk() {
        twins();
        List<CloseCause> closed = attach();

        units.keep(DEVICE, "b");

        assertThat(units.of(DEVICE)).extracting(Unit::id).containsExactly("b");
        assertThat(risks()).isEmpty();
        assertThat(closed).containsExactly(CloseCause.DEVICE_RESET);
        assertThat(platform.alarms.get("units:a1pk:twins").isActive()).isFalse();
    }

    @Test
    void one_that_is_none_of_them_cannot_be_kept_and_nothing_changes() {
        twins();

        assertRefused(Problem.NOT_FOUND, () -> units.keep(DEVICE, "c"));

        assertThat(units.of(DEVICE)).hasSize(2);
        assertThat(risks()).containsExactly(DEVICE);
    }

    @Test
    void clearing_leaves_none_and_the_device_as_before_its_first_login() {
        twins();

        units.clear(DEVICE);

        assertThat(units.of(DEVICE)).isEmpty();
        assertThat(risks()).isEmpty();
        assertThat(platform.devices.get(DEVICE).activated()).isNull();
    }

    @Test
    void a_device_that_is_not_there_has_no_units() {
        DeviceId nobody = new DeviceId("a1pk", "nobody");

        assertRefused(Problem.DEVICE_NOT_FOUND, () -> units.of(nobody));
        assertRefused(Problem.DEVICE_NOT_FOUND, () -> units.keep(nobody, "a"));
        assertRefused(Problem.DEVICE_NOT_FOUND, () -> units.clear(nobody));
    }

    @Test
    void risks_come_in_pages() {
        for (String name : List.of("x", "y", "z")) {
            DeviceId id = new DeviceId("a1pk", name);
            device(id);
            add(id, "a");
            add(id, "b");
            comes(id, "a");
            comes(id, "b");
        }

        Page<Units.Risk> page = units.risks(null, new Page.Request(null, 2));
        assertThat(page.items()).extracting(risk -> risk.device().name()).containsExactly("x", "y");
        Page<Units.Risk> last = units.risks(null, new Page.Request(page.next(), 2));
        assertThat(last.items()).extracting(risk -> risk.device().name()).containsExactly("z");
        assertThat(last.next()).isNull();
        assertRefused(Problem.INVALID_ARGUMENT, () -> units.risks(null, new Page.Request("none", 2)));
    }

    private void twins() {
        add(DEVICE, "a");
        add(DEVICE, "b");
        comes(DEVICE, "a");
        comes(DEVICE, "b");
    }

    private void device(DeviceId id) {
        platform.devices.create(new Devices.Draft(id, null, null, null));
    }

    private void add(DeviceId device, String unit) {
        platform.units.add(device, Unit.of(unit, Secret.random(), clock.instant()), 5);
    }

    private void comes(DeviceId device, String unit) {
        Unit known = platform.units.of(device).stream()
                .filter(each -> each.id().equals(unit))
                .findFirst()
                .orElseThrow();
        units.loggedIn(device, known);
    }

    /// Why the session ends that is made here, once it does.
    private List<CloseCause> attach() {
        List<CloseCause> closed = new ArrayList<>();
        Link link = new Link() {
            @Override
            public void send(Downlink downlink, Delivery delivery) {}

            @Override
            public void close(CloseCause cause) {
                closed.add(cause);
            }
        };
        platform.sessions.attach(new Session(DEVICE, "aliyun", "192.0.2.1:1", clock.instant(), link));
        return closed;
    }

    private List<DeviceId> risks() {
        return units.risks(null, first()).items().stream()
                .map(Units.Risk::device)
                .toList();
    }

    private static Page.Request first() {
        return new Page.Request(null, 10);
    }
}
