package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.alarm.Alarms;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceStore.Presence;
import io.berth.core.device.Devices;
import io.berth.core.line.Ask;
import io.berth.core.line.CertificateDesk;
import io.berth.core.line.CertificateDesk.Reply;
import io.berth.core.line.HardwareId;
import io.berth.core.line.LineBatch;
import io.berth.core.line.LineBatch.HandOut;
import io.berth.core.line.LineRules;
import io.berth.core.line.LineUnit;
import io.berth.core.line.LineUnit.Visit;
import io.berth.core.line.LineUnitStore;
import io.berth.core.line.LineUnitStore.Listing;
import io.berth.core.line.Network;
import io.berth.core.line.Station;
import io.berth.core.line.StationLogins;
import io.berth.core.login.CallPeer;
import io.berth.core.login.RefusedCalls;
import io.berth.core.product.Products;
import io.berth.core.product.Space;
import io.berth.testing.MemoryNonces;
import io.berth.tls.DeviceMint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Units, batches and stations as they are kept, and the desk over the real stores.
@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // made before each test
final class LineStoreTest {
    private static final Visit HERE = new Visit(NOW, "bench", "10.0.0.1");
    private static final Visit THERE = new Visit(NOW, "bench", "10.0.0.2");

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private LineUnitStore units;

    LineStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        storage.products().insert(Samples.product("pk"));
        units = storage.lineUnits();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private void batch(String name, long quota, HandOut handOut) {
        units.insert(new LineBatch(name, "pk", quota, 0, handOut, NOW, null), 3);
    }

    private static List<HardwareId> ids(String... texts) {
        return List.of(texts).stream().map(HardwareId::of).toList();
    }

    private static HardwareId id(String text) {
        return HardwareId.of(text);
    }

    @Test
    void batches_are_kept_by_name_up_to_a_bound() {
        batch("b", 2, HandOut.ONCE);
        batch("a", 2, HandOut.REPEATABLE);
        batch("c", 2, HandOut.REPEATABLE);
        assertRefused(Problem.LIMIT_REACHED, () -> batch("d", 1, HandOut.ONCE));
        assertThat(units.findBatch("b")).hasValue(new LineBatch("b", "pk", 2, 0, HandOut.ONCE, NOW, null));
        assertThat(units.findBatch("d")).isEmpty();

        Page<LineBatch> page = units.batches(Set.of(), new Page.Request(null, 2));
        assertThat(page.items()).extracting(LineBatch::name).containsExactly("a", "b");
        assertThat(units.batches(Set.of(), new Page.Request(page.next(), 2)).items())
                .extracting(LineBatch::name)
                .containsExactly("c");
        assertThat(units.batches(Set.of(Space.DEFAULT_ID), new Page.Request(null, 9))
                        .items())
                .extracting(LineBatch::name)
                .containsExactly("a", "b", "c");
        assertThat(units.batches(Set.of("elsewhere"), new Page.Request(null, 9)).items())
                .isEmpty();

        units.close("a", NOW);
        units.close("a", NOW.plusSeconds(1));
        assertThat(units.findBatch("a").orElseThrow().closed()).isEqualTo(NOW);
        assertRefused(Problem.NOT_FOUND, () -> units.close("d", NOW));
    }

    @Test
    void a_name_is_given_once() {
        batch("b", 2, HandOut.ONCE);
        assertRefused(Problem.VERSION_CONFLICT, () -> batch("b", 2, HandOut.ONCE));
        Station station = station("bench");
        storage.stations().insert(station, 2);
        assertRefused(Problem.VERSION_CONFLICT, () -> storage.stations().insert(station, 2));
        storage.stations().insert(station("other"), 2);
        assertRefused(Problem.LIMIT_REACHED, () -> storage.stations().insert(station("third"), 2));
    }

    @Test
    void stations_come_back_as_they_were() {
        Station station = station("bench");
        storage.stations().insert(station, 9);
        assertThat(storage.stations().find("bench")).hasValue(station);
        assertThat(storage.stations().list()).containsExactly(station);
        storage.stations().delete("bench");
        assertThat(storage.stations().find("bench")).isEmpty();
        assertRefused(Problem.NOT_FOUND, () -> storage.stations().delete("bench"));
    }

    @Test
    void a_certificate_belongs_to_one_station_which_is_found_by_it() {
        Station.Proof.Certificate shown = certificate();
        Station bench = station("bench", shown);
        assertThat(storage.stations().hasCertificates()).isFalse();
        storage.stations().insert(bench, 9);
        assertThat(storage.stations().hasCertificates()).isTrue();
        assertThat(storage.stations().find(shown.fingerprint())).hasValue(bench);
        assertThat(storage.stations().find(certificate().fingerprint())).isEmpty();

        storage.stations().insert(station("other"), 9);
        assertRefused(Problem.VERSION_CONFLICT, () -> storage.stations().insert(station("third", shown), 9));
        assertRefused(Problem.VERSION_CONFLICT, () -> storage.stations().replace("other", shown));
        storage.stations().replace("bench", shown); // its own

        Station.Proof token = new Station.Proof.Token(new Secret("another"));
        storage.stations().replace("bench", token);
        assertThat(storage.stations().find("bench")).hasValue(station("bench", token));
        assertThat(storage.stations().find(shown.fingerprint())).isEmpty();
        storage.stations().replace("other", shown);
        assertRefused(Problem.NOT_FOUND, () -> storage.stations().replace("nobody", token));
    }

    private static Station.Proof.Certificate certificate() {
        return new Station.Proof.Certificate(new DeviceMint().authority(NOW).certificate());
    }

    @Test
    void an_id_is_in_one_batch() {
        batch("a", 2, HandOut.ONCE);
        batch("b", 2, HandOut.ONCE);
        assertThat(units.allow("a", ids("sn-1", "sn-2", "sn-1"), NOW))
                .containsExactly(Listing.LISTED, Listing.LISTED, Listing.UNCHANGED);
        assertThat(units.allow("b", ids("sn-1", "sn-3"), NOW)).containsExactly(Listing.TAKEN, Listing.LISTED);
        Page<LineUnit> page = units.list("a", new Page.Request(null, 1));
        assertThat(page.items()).extracting(unit -> unit.id().text()).containsExactly("SN-1");
        assertThat(units.list("a", new Page.Request(page.next(), 1)).items())
                .extracting(unit -> unit.id().text())
                .containsExactly("SN-2");
        assertThat(units.find(id("sn-9"))).isEmpty();
    }

    @Test
    void a_place_in_the_quota_is_taken_once_and_never_beyond_it() throws Exception {
        batch("a", 3, HandOut.REPEATABLE);
        units.allow("a", ids("sn-0", "sn-1", "sn-2", "sn-3", "sn-4"), NOW);
        List<Boolean> places = atOnce(20, i -> units.reserve(id("sn-" + i % 5)));
        assertThat(units.findBatch("a").orElseThrow().taken()).isEqualTo(3);
        assertThat(units.list("a", new Page.Request(null, 9)).items())
                .filteredOn(LineUnit::reserved)
                .hasSize(3);
        assertThat(places).filteredOn(place -> place).hasSize(12);

        batch("closed", 3, HandOut.REPEATABLE);
        units.allow("closed", ids("late-1"), NOW);
        units.close("closed", NOW);
        assertThat(units.reserve(id("late-1"))).isFalse();
    }

    @Test
    void each_hand_out_sees_the_one_before_it() {
        batch("a", 3, HandOut.REPEATABLE);
        units.allow("a", ids("sn-1"), NOW);
        assertThat(units.handOut(id("sn-1"), HERE, false).orElseThrow().issued())
                .isNull();
        assertThat(units.handOut(id("sn-1"), THERE, false)).isEmpty();
        assertThat(units.handOut(id("sn-1"), THERE, true).orElseThrow().issued())
                .isEqualTo(HERE);
        LineUnit unit = units.find(id("sn-1")).orElseThrow();
        assertThat(unit.issued()).isEqualTo(THERE);
        assertThat(unit.issues()).isEqualTo(2);
        assertThat(unit.registered()).isEqualTo(NOW);

        units.block(id("sn-1"), true);
        assertThat(units.handOut(id("sn-1"), THERE, true)).isEmpty();
        assertRefused(Problem.NOT_FOUND, () -> units.block(id("sn-9"), true));
    }

    @Test
    void of_a_batch_that_hands_out_once_one_of_many_gets_it() throws Exception {
        batch("a", 3, HandOut.ONCE);
        units.allow("a", ids("sn-1"), NOW);
        assertThat(atOnce(10, _ -> units.handOut(id("sn-1"), HERE, true).isPresent()))
                .filteredOn(got -> got)
                .hasSize(1);
    }

    @Test
    void a_unit_is_burned_once_after_it_was_handed_out_until_it_is_opened_again() {
        batch("a", 3, HandOut.ONCE);
        units.allow("a", ids("sn-1", "sn-2"), NOW);
        storage.devices().insert(Samples.device(Samples.id("SN-1")));
        assertThat(units.burn(id("sn-1"), HERE)).isFalse();
        units.reserve(id("sn-1"));
        units.handOut(id("sn-1"), HERE, true);
        assertThat(units.burn(id("sn-1"), HERE)).isTrue();
        assertThat(units.burn(id("sn-1"), THERE)).isFalse();
        Samples.await(storage.devices()
                .recordPresence(List.of(new Presence(Samples.id("SN-1"), NOW.plusSeconds(3), "a", true))));
        LineUnit unit = units.find(id("sn-1")).orElseThrow();
        assertThat(unit.burned()).isEqualTo(HERE);
        assertThat(unit.activated()).isEqualTo(NOW.plusSeconds(3));
        assertThat(units.tally("a")).isEqualTo(new LineBatch.Tally(2, 1, 1, 1, 1, 0));

        units.reopen(id("sn-1"), false);
        unit = units.find(id("sn-1")).orElseThrow();
        assertThat(unit.burned()).isNull();
        assertThat(unit.issues()).isZero();
        assertThat(unit.registered()).isEqualTo(NOW);
        units.reopen(id("sn-1"), true);
        assertThat(units.find(id("sn-1")).orElseThrow().registered()).isNull();
        assertThat(units.find(id("sn-1")).orElseThrow().reserved()).isTrue();
        assertRefused(Problem.NOT_FOUND, () -> units.reopen(id("sn-9"), false));
    }

    @Test
    void a_crash_between_any_two_steps_is_made_good_by_the_next_request() throws Exception {
        batch("a", 2, HandOut.REPEATABLE);
        units.allow("a", ids("sn-1", "sn-2"), NOW);
        Products products = new Products(storage.products(), () -> NOW, _ -> {});
        Devices devices = new Devices(storage.devices(), products, () -> NOW, (_, _) -> {});
        Secret secret = new Secret("line-token");
        storage.stations().insert(station("bench", new Station.Proof.Token(secret)), 9);
        CertificateDesk desk = new CertificateDesk(
                new StationLogins(storage.stations(), MemoryNonces.nonces(9, () -> NOW), LineRules.DEFAULT, () -> NOW),
                units,
                devices,
                new CertificateDesk.Books(
                        storage.audit(),
                        new RefusedCalls(storage.refusals(), () -> NOW),
                        new Alarms(storage.alarms(), Alarms.Limits.DEFAULT, () -> NOW)),
                LineRules.DEFAULT,
                () -> NOW);
        Ask.Proof proof = new Ask.Proof.Token("bench", secret);

        units.reserve(id("sn-1")); // and then the server was killed
        Device first = issued(desk.issue(new Ask("sn-1", new CallPeer("10.0.0.1", true), true, proof)));
        assertThat(first.id()).isEqualTo(Samples.id("SN-1"));

        units.reserve(id("sn-2"));
        Device made = devices.create(new Devices.Draft(Samples.id("SN-2"), null, null, null)); // and here
        List<Reply> replies = atOnce(8, _ -> desk.issue(new Ask("sn-2", new CallPeer("10.0.0.1", true), true, proof)));
        assertThat(replies)
                .allSatisfy(reply -> assertThat(issued(reply).secret()).isEqualTo(made.secret()));
        assertThat(units.tally("a").registered()).isEqualTo(2);
        assertThat(units.findBatch("a").orElseThrow().taken()).isEqualTo(2);
    }

    private static Device issued(Reply reply) {
        return reply instanceof Reply.Issued(Device device) ? device : org.assertj.core.api.Assertions.fail("" + reply);
    }

    @FunctionalInterface
    private interface Numbered<T> {
        T run(int number);
    }

    private static <T> List<T> atOnce(int count, Numbered<T> work) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads
                    .invokeAll(IntStream.range(0, count)
                            .mapToObj(i -> (Callable<T>) () -> work.run(i))
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    private static Station station(String name) {
        return station(name, new Station.Proof.Key(new Secret("line-key")));
    }

    private static Station station(String name, Station.Proof proof) {
        return new Station(
                name,
                proof,
                List.of(Network.of("10.0.0.0/8"), Network.of("::1")),
                List.of("pk", "other"),
                Instant.ofEpochMilli(NOW.toEpochMilli()));
    }
}
