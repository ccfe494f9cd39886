package io.berth.core.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore.Presence;
import io.berth.core.device.Devices;
import io.berth.core.device.Unit;
import io.berth.core.enrol.Application.Kind;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.Product.Registration;
import io.berth.core.product.Products;
import io.berth.core.session.Session;
import io.berth.testing.HeldDevice;
import io.berth.testing.TestClock;
import io.berth.testing.TestPlatform;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // made before each test
final class EnrolmentsTest {
    private static final Secret PRODUCT_SECRET = new Secret("PRODSECRET000001");
    private static final DeviceId DEVICE = new DeviceId("a1pk", "dev1");
    private static final DeviceId NEW = new DeviceId("a1pk", "new");
    private static final String HERE = "192.0.2.1";

    private final TestClock clock = new TestClock();
    private final TestPlatform platform = new TestPlatform(clock);
    private Enrolments enrolments;

    @BeforeEach
    void make() {
        limits(EnrolmentLimits.DEFAULT);
        product("a1pk", AuthKind.SECRET);
        device(DEVICE);
    }

    @Test
    void a_registered_device_gets_its_secret_as_often_as_it_asks_before_its_first_login() {
        Device device = platform.devices.get(DEVICE);

        assertThat(enrol(Kind.OWN_SECRET, DEVICE)).isEqualTo(new Enrolment.OwnSecret(device));
        assertThat(enrol(Kind.OWN_SECRET, DEVICE)).isEqualTo(new Enrolment.OwnSecret(device));
    }

    @Test
    void a_device_that_logged_in_gets_its_secret_again_only_after_a_reset() {
        Secret secret = platform.devices.get(DEVICE).secret();
        wasSeen(DEVICE);
        assertThat(enrol(Kind.OWN_SECRET, DEVICE)).isEqualTo(hindered(Hindrance.ALREADY_ACTIVATED));

        platform.devices.reset(DEVICE, null);
        assertThat(enrol(Kind.OWN_SECRET, DEVICE))
                .isInstanceOfSatisfying(
                        Enrolment.OwnSecret.class,
                        own -> assertThat(own.device().secret()).isEqualTo(secret));
    }

    @Test
    void a_device_that_is_online_is_in_use_though_nobody_wrote_it_down_yet() {
        platform.sessions.attach(
                new Session(DEVICE, "aliyun", HERE + ":1", clock.instant(), new HeldDevice((_, _) -> {})));

        assertThat(enrol(Kind.OWN_SECRET, DEVICE)).isEqualTo(hindered(Hindrance.ALREADY_ACTIVATED));
    }

    @Test
    void who_does_not_know_the_products_secret_learns_nothing_of_its_devices() {
        wasSeen(DEVICE);
        for (DeviceId each : List.of(DEVICE, NEW)) {
            for (Kind kind : Kind.values()) {
                assertThat(enrolments.enrol(new Application(kind, each, _ -> false), HERE))
                        .isEqualTo(hindered(Hindrance.NOT_PROVEN));
            }
        }
    }

    @Test
    void an_unknown_product_is_held_against_a_secret_that_nobody_has() {
        DeviceId nowhere = new DeviceId("a1none", "dev1");
        boolean[] tested = {false};

        assertThat(enrolments.hindrance(new Application(Kind.OWN_SECRET, nowhere, secret -> {
                    tested[0] = true;
                    return !secret.equals(PRODUCT_SECRET);
                })))
                .contains(Hindrance.PRODUCT_UNKNOWN);
        assertThat(tested[0]).isTrue();
    }

    @Test
    void the_switch_of_the_product_decides_before_the_signature() {
        platform.products.register("a1pk", new Registration(false, null));

        assertThat(enrolments.hindrance(new Application(Kind.OWN_SECRET, DEVICE, _ -> false)))
                .contains(Hindrance.SWITCHED_OFF);
        assertThat(enrol(Kind.TOKEN, NEW)).isEqualTo(hindered(Hindrance.SWITCHED_OFF));
    }

    @Test
    void devices_that_prove_themselves_by_certificate_have_no_secret_to_fetch() {
        product("a1x509", AuthKind.X509);
        DeviceId device = new DeviceId("a1x509", "cert");
        device(device);

        assertThat(enrol(Kind.OWN_SECRET, device)).isEqualTo(hindered(Hindrance.WRONG_AUTH_KIND));
    }

    @Test
    void a_device_that_wants_its_secret_was_created_before_and_is_enabled() {
        assertThat(enrol(Kind.OWN_SECRET, NEW)).isEqualTo(hindered(Hindrance.DEVICE_UNKNOWN));

        platform.devices.enable(DEVICE, false);
        assertThat(enrol(Kind.OWN_SECRET, DEVICE)).isEqualTo(hindered(Hindrance.DEVICE_DISABLED));
        assertThat(enrol(Kind.TOKEN, DEVICE)).isEqualTo(hindered(Hindrance.DEVICE_DISABLED));
    }

    @Test
    void a_device_nobody_created_is_made_on_the_fly_and_has_a_token() {
        Enrolment.Token token = token(enrol(Kind.TOKEN, NEW));

        assertThat(platform.devices.get(NEW).activated()).isNull();
        Unit unit = platform.units.of(NEW).getFirst();
        assertThat(unit.id()).isEqualTo(token.unit()).hasSizeLessThanOrEqualTo(64);
        assertThat(unit.hasToken(Payload.of(token.token().reveal()))).isTrue();
        assertThat(unit.hasToken(Payload.of("another"))).isFalse();
        assertThat(unit.tokenDigest().text()).doesNotContain(token.token().reveal());
    }

    @Test
    void a_product_that_demands_preregistration_makes_nobody() {
        platform.products.register("a1pk", new Registration(null, false));

        assertThat(enrol(Kind.TOKEN, NEW)).isEqualTo(hindered(Hindrance.PREREGISTRATION_DEMANDED));
        assertThat(platform.devices.find(NEW)).isEmpty();
    }

    @Test
    void five_physical_devices_go_by_one_name_and_the_sixth_is_refused() {
        List<String> ids = IntStream.range(0, 5)
                .mapToObj(_ -> token(enrol(Kind.TOKEN, NEW)).unit())
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(enrol(Kind.TOKEN, NEW)).isEqualTo(hindered(Hindrance.NAME_TAKEN));
        assertThat(platform.units.of(NEW)).hasSize(5);
    }

    @Test
    void the_products_secret_does_not_open_a_device_that_uses_its_own() {
        wasSeen(DEVICE);

        assertThat(enrol(Kind.TOKEN, DEVICE)).isEqualTo(hindered(Hindrance.ALREADY_ACTIVATED));
        assertThat(platform.units.of(DEVICE)).isEmpty();
    }

    @Test
    void another_physical_device_of_a_name_may_come_while_the_first_is_in_use() {
        token(enrol(Kind.TOKEN, NEW));
        wasSeen(NEW);

        assertThat(enrol(Kind.TOKEN, NEW)).isInstanceOf(Enrolment.Token.class);
    }

    @Test
    void a_full_product_makes_no_more_devices() {
        limits(new EnrolmentLimits(5, 2, 100, 100));
        token(enrol(Kind.TOKEN, NEW));

        assertThat(enrol(Kind.TOKEN, new DeviceId("a1pk", "third"))).isEqualTo(hindered(Hindrance.PRODUCT_FULL));
        assertThat(enrol(Kind.TOKEN, NEW)).isInstanceOf(Enrolment.Token.class);
    }

    @Test
    void a_flood_of_one_product_waits_for_the_next_minute() {
        limits(new EnrolmentLimits(5, 100, 2, 100));
        product("a1other", AuthKind.SECRET);
        enrol(Kind.OWN_SECRET, DEVICE);
        enrol(Kind.OWN_SECRET, DEVICE);

        assertThat(enrol(Kind.OWN_SECRET, DEVICE)).isEqualTo(hindered(Hindrance.TOO_MANY));
        assertThat(enrol(Kind.TOKEN, new DeviceId("a1other", "x"))).isInstanceOf(Enrolment.Token.class);

        clock.advance(Duration.ofMinutes(1));
        assertThat(enrol(Kind.OWN_SECRET, DEVICE)).isInstanceOf(Enrolment.OwnSecret.class);
    }

    @Test
    void a_flood_from_one_address_is_no_other_addresses_matter() {
        limits(new EnrolmentLimits(5, 100, 100, 2));
        enrol(Kind.OWN_SECRET, DEVICE);
        enrol(Kind.OWN_SECRET, DEVICE);

        assertThat(enrol(Kind.OWN_SECRET, DEVICE)).isEqualTo(hindered(Hindrance.TOO_MANY));
        assertThat(enrolments.enrol(signed(Kind.OWN_SECRET, DEVICE), "192.0.2.2"))
                .isInstanceOf(Enrolment.OwnSecret.class);
    }

    @Test
    void who_does_not_know_the_secret_uses_up_nobodys_turn() {
        limits(new EnrolmentLimits(5, 100, 2, 100));
        IntStream.range(0, 10)
                .forEach(_ -> enrolments.enrol(new Application(Kind.OWN_SECRET, DEVICE, _ -> false), HERE));

        assertThat(enrol(Kind.OWN_SECRET, DEVICE)).isInstanceOf(Enrolment.OwnSecret.class);
    }

    @Test
    void asking_what_would_be_in_the_way_changes_nothing() {
        limits(new EnrolmentLimits(1, 100, 1, 1));

        assertThat(enrolments.hindrance(signed(Kind.TOKEN, NEW))).isEmpty();
        assertThat(enrolments.hindrance(signed(Kind.TOKEN, NEW))).isEmpty();
        assertThat(platform.devices.find(NEW)).isEmpty();
        assertThat(enrol(Kind.TOKEN, NEW)).isInstanceOf(Enrolment.Token.class);
    }

    private void limits(EnrolmentLimits limits) {
        Registry registry =
                new Registry(platform.products, platform.devices, platform.registry.directory(), platform.sessions);
        enrolments = new Enrolments(registry, platform.units, limits, clock);
    }

    private void product(String key, AuthKind auth) {
        platform.products.create(
                new Products.Draft(key, key, key, PRODUCT_SECRET, auth, NodeType.DIRECT, DataFormat.JSON, true));
        platform.products.register(key, new Registration(true, true));
    }

    private void device(DeviceId id) {
        platform.devices.create(new Devices.Draft(id, null, null, null));
    }

    private void wasSeen(DeviceId id) {
        platform.registry.devices().recordPresence(List.of(new Presence(id, clock.instant(), HERE + ":1", false)));
    }

    private Enrolment enrol(Kind kind, DeviceId device) {
        return enrolments.enrol(signed(kind, device), HERE);
    }

    private static Application signed(Kind kind, DeviceId device) {
        return new Application(kind, device, PRODUCT_SECRET::equals);
    }

    private static Enrolment.Token token(Enrolment enrolment) {
        assertThat(enrolment).isInstanceOf(Enrolment.Token.class);
        return (Enrolment.Token) enrolment;
    }

    private static Enrolment hindered(Hindrance hindrance) {
        return new Enrolment.Hindered(hindrance);
    }
}
