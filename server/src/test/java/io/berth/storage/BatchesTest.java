package io.berth.storage;

import static io.berth.storage.Samples.assertRefused;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.batch.Batch;
import io.berth.core.batch.Batch.Kind;
import io.berth.core.batch.Batch.Policy;
import io.berth.core.batch.Batch.Scope;
import io.berth.core.batch.Batch.State;
import io.berth.core.batch.BatchId;
import io.berth.core.batch.BatchLimits;
import io.berth.core.batch.BatchStore.Filter;
import io.berth.core.batch.BatchStore.Numbers;
import io.berth.core.batch.BatchStore.TargetFilter;
import io.berth.core.batch.Batches;
import io.berth.core.batch.Target;
import io.berth.core.batch.TargetSource;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceQuery;
import io.berth.core.device.Devices;
import io.berth.core.message.Event;
import io.berth.core.message.Fact;
import io.berth.core.product.Products;
import io.berth.testing.FakeLog;
import io.berth.testing.TestBatches;
import io.berth.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // made before each test
final class BatchesTest {
    private static final Scope PK = new Scope("pk", null);
    private static final BatchLimits LIMITS =
            new BatchLimits(4, 5, 100, 10_000, 1_000, 2 << 20, 4, 1_000_000, 10_000_000, 30, Duration.ofDays(30));
    private static final Page.Request ALL = new Page.Request(null, 1000);

    private final TestEngine engine;
    private final TestClock clock = new TestClock();

    @TempDir
    Path directory;

    private final FakeLog log = new FakeLog();
    private Storage storage;
    private Devices devices;
    private Batches batches;

    BatchesTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, clock);
        storage.products().insert(product("pk"));
        Products products = new Products(storage.products(), clock, _ -> {});
        devices = new Devices(
                storage.devices(),
                products,
                clock,
                (device, _) -> storage.directory().forget(device.id()));
        batches = TestBatches.over(log, storage, products, devices, LIMITS, clock);
    }

    @AfterEach
    void close() {
        batches.runner().close();
        storage.close();
    }

    @Test
    void registers_devices_under_names_that_no_other_batch_has() {
        Batch made = ended(batches.generate("line 7", PK, 100, null));

        assertThat(made.state()).isEqualTo(State.DONE);
        assertThat(made.progress()).isEqualTo(new Batch.Progress(100, 100, 0, 100));
        assertThat(made.times().ended()).isEqualTo(clock.instant());
        assertThat(devices.list("pk", ALL).items()).hasSize(100);
        List<Device> registered = registered(made, 0, 1000);
        assertThat(registered).hasSize(100).extracting(Device::id).doesNotHaveDuplicates();
        assertThat(registered(made, 90, 50)).isEqualTo(registered.subList(90, 100));
        Batch other = ended(batches.generate("line 7", PK, 1, null));
        assertThat(registered).doesNotContainAnyElementsOf(registered(other, 0, 10));
    }

    @Test
    void applications_are_told_when_a_batch_begins_and_when_it_is_over() {
        Batch made = ended(batches.generate("line 7", PK, 3, null));

        assertThat(log.events).extracting(Event::product).containsOnly("pk");
        assertThat(log.events)
                .extracting(event -> ((Fact.Told) event.fact()).content().get("state"))
                .containsExactly(new Value.Text("running"), new Value.Text("done"));
        assertThat(((Fact.Told) log.events.getLast().fact()).content().get("id"))
                .isEqualTo(new Value.Text(made.id().hex()));
    }

    @Test
    void a_name_that_is_taken_fails_alone_and_is_not_shown_as_the_batchs_own() {
        devices.create(new Devices.Draft(id("d-0007"), null, null, null));

        Batch made = ended(batches.generate("", PK, 40, "d-"));

        assertThat(made.state()).isEqualTo(State.PARTLY_DONE);
        assertThat(made.progress()).isEqualTo(new Batch.Progress(40, 39, 1, 40));
        assertThat(registered(made, 0, 1000)).hasSize(39).extracting(Device::id).doesNotContain(id("d-0007"));
        assertThat(targets(made)).singleElement().satisfies(target -> {
            assertThat(target.name()).isEqualTo("pk/d-0007");
            assertThat(target.outcome().problem()).isEqualTo(Problem.DEVICE_EXISTS);
        });

        devices.delete(id("d-0007"));
        assertThat(batches.retry(made.id(), List.of())).hasSize(1);
        assertThat(ended(made).progress()).isEqualTo(new Batch.Progress(40, 40, 0, 40));
        assertThat(registered(made, 0, 1000)).hasSize(40);
    }

    @Test
    void registers_a_list_with_the_identities_it_brings() {
        Value.Fields identity = new Value.Fields(Map.of(
                "secret", new Value.Text("s3cret"),
                "alias", new Value.Text("node_7"),
                "node-id", new Value.Text("seven")));
        List<Target> targets = List.of(
                Target.waiting(1, "pk/seven", identity),
                Target.of(2, id("eight")),
                Target.of(3, new DeviceId("none", "nine")),
                Target.waiting(4, "pk/no good name", Value.Fields.NONE),
                Target.of(5, id("eight")));

        Batch made = ended(batches.create(draft(Kind.REGISTER, PK, Value.Fields.NONE, targets)));

        assertThat(made.progress()).isEqualTo(new Batch.Progress(5, 2, 3, 0));
        Device seven = devices.get(id("seven"));
        assertThat(seven.alias()).isEqualTo("node_7");
        assertThat(seven.secret().reveal()).isEqualTo("s3cret");
        assertThat(targets(made))
                .extracting(target -> target.outcome().problem())
                .containsExactly(
                        null, null, Problem.PRODUCT_NOT_FOUND, Problem.INVALID_ARGUMENT, Problem.DEVICE_EXISTS);
        assertThat(targets(made).getFirst().input()).isEqualTo(Value.Fields.NONE);
        assertThat(registered(made, 0, 10)).extracting(Device::id).containsExactly(id("seven"), id("eight"));
        assertThat(registered(made, 1, 10)).extracting(Device::id).containsExactly(id("eight"));
    }

    @Test
    void what_is_prepared_begins_when_it_is_told_and_once() {
        devices.create(new Devices.Draft(id("old"), null, null, null));
        Batch prepared =
                batches.prepare(draft(Kind.REGISTER, PK, Value.Fields.NONE, targets("new", "old", "new", "another")));

        assertThat(prepared.state()).isEqualTo(State.PREPARED);
        assertThat(targets(prepared))
                .extracting(Target::state)
                .containsExactly(Target.State.WAITING, Target.State.FAILED, Target.State.FAILED, Target.State.WAITING);
        batches.runner().startDue();
        assertThat(storage.devices().find(id("new"))).isEmpty();

        batches.start(prepared.id());
        assertThat(ended(prepared).progress()).isEqualTo(new Batch.Progress(4, 2, 2, 0));
        assertThat(batches.start(prepared.id()).state()).isEqualTo(State.PARTLY_DONE);
        assertThat(registered(prepared, 0, 10)).hasSize(2);
    }

    @Test
    void disables_enables_and_deletes_by_name_and_by_alias() {
        storage.devices().insert(device("one"));
        storage.devices().insert(device("two"));
        List<Target> targets = List.of(
                Target.of(1, id("one")),
                Target.waiting(2, "alias_two", Value.Fields.NONE),
                Target.waiting(3, "alias_three", Value.Fields.NONE));

        Batch disabled = ended(batches.create(draft(Kind.DISABLE, Scope.EVERYWHERE, Value.Fields.NONE, targets)));
        assertThat(disabled.progress()).isEqualTo(new Batch.Progress(3, 2, 1, 0));
        assertThat(disabled.state()).isEqualTo(State.PARTLY_DONE);
        assertThat(devices.get(id("two")).enabled()).isFalse();
        assertThat(targets(disabled).getLast().outcome().problem()).isEqualTo(Problem.DEVICE_NOT_FOUND);

        ended(batches.create(draft(Kind.ENABLE, Scope.EVERYWHERE, Value.Fields.NONE, targets)));
        assertThat(devices.get(id("two")).enabled()).isTrue();
        ended(batches.create(draft(Kind.DELETE, Scope.EVERYWHERE, Value.Fields.NONE, targets)));
        assertThat(devices.list("pk", ALL).items()).isEmpty();
    }

    @Test
    void what_fails_is_tried_again_when_the_policy_says_so() {
        Policy patient = new Policy(null, 2, Duration.ofMinutes(5));
        Batch batch = batches.create(new Batches.Draft(
                Kind.DISABLE, "", Scope.EVERYWHERE, Value.Fields.NONE, patient, targets("late", "never")));
        await().until(() -> batches.get(batch.id()).times().due().isAfter(clock.instant()));
        assertThat(targets(batch)).extracting(Target::state).containsOnly(Target.State.RETRYING);

        storage.devices().insert(device("late"));
        clock.advance(Duration.ofMinutes(5));
        await().until(() -> ran(batch) && batches.get(batch.id()).progress().done() == 1);
        await().until(() -> batches.get(batch.id()).times().due().isAfter(clock.instant()));
        clock.advance(Duration.ofMinutes(5));

        Batch over = ended(batch);
        assertThat(over.progress()).isEqualTo(new Batch.Progress(2, 1, 1, 0));
        assertThat(targets(batch)).extracting(Target::attempts).containsExactly(2, 3);
    }

    @Test
    void a_batch_waits_for_its_schedule_and_can_be_stopped_before() {
        storage.devices().insert(device("one"));
        Policy later = new Policy(clock.instant().plus(Duration.ofHours(1)), 0, Duration.ZERO);
        Batch batch = batches.create(
                new Batches.Draft(Kind.DISABLE, "", Scope.EVERYWHERE, Value.Fields.NONE, later, targets("one")));
        batches.runner().startDue();
        assertThat(batches.get(batch.id()).state()).isEqualTo(State.WAITING);

        assertThat(batches.stop(batch.id()).state()).isEqualTo(State.STOPPED);
        clock.advance(Duration.ofHours(2));
        batches.runner().startDue();
        assertThat(devices.get(id("one")).enabled()).isTrue();
        assertThat(targets(batch)).extracting(Target::state).containsOnly(Target.State.STOPPED);
        assertRefused(Problem.VERSION_CONFLICT, () -> batches.stop(batch.id()));

        batches.retry(batch.id(), List.of("pk/one"));
        assertThat(ended(batch).state()).isEqualTo(State.DONE);
        assertThat(devices.get(id("one")).enabled()).isFalse();
    }

    @Test
    void a_target_that_was_not_begun_is_stopped_alone() {
        Policy later = new Policy(clock.instant().plusSeconds(60), 0, Duration.ZERO);
        storage.devices().insert(device("one"));
        storage.devices().insert(device("two"));
        Batch batch = batches.create(
                new Batches.Draft(Kind.DISABLE, "", Scope.EVERYWHERE, Value.Fields.NONE, later, targets("one", "two")));

        assertThat(batches.stop(batch.id(), List.of("pk/two", "pk/none")))
                .extracting(Target::name)
                .containsExactly("pk/two");
        clock.advance(Duration.ofMinutes(2));

        assertThat(ended(batch).state()).isEqualTo(State.PARTLY_DONE);
        assertThat(devices.get(id("one")).enabled()).isFalse();
        assertThat(devices.get(id("two")).enabled()).isTrue();
    }

    @Test
    void a_batch_whose_product_is_gone_ends_and_says_why() {
        Batch orphan = new Batch(
                new BatchId(4711),
                Kind.GENERATE,
                "",
                new Scope("gone", null),
                Value.Fields.of("count", new Value.Whole(10)),
                Policy.AT_ONCE,
                State.WAITING,
                new Batch.Progress(10, 0, 0, 0),
                new Batch.Times(clock.instant(), clock.instant(), null, null),
                "");
        assertThat(storage.batches().insert(orphan, List.of())).isTrue();
        assertThat(storage.batches().insert(orphan, List.of())).isFalse();

        Batch over = ended(orphan);
        assertThat(over.state()).isEqualTo(State.FAILED);
        assertThat(over.note()).contains("gone");
    }

    @Test
    void what_was_under_way_at_a_crash_is_done_again_and_a_deletion_is_not_a_failure_then() {
        storage.devices().insert(device("one"));
        Policy later = new Policy(clock.instant().plusSeconds(60), 0, Duration.ZERO);
        Batch batch = batches.create(new Batches.Draft(
                Kind.DELETE, "", Scope.EVERYWHERE, Value.Fields.NONE, later, targets("one", "deleted", "never")));
        assertThat(storage.batches().take(batch.id(), clock.instant(), 2)).hasSize(2);

        clock.advance(Duration.ofMinutes(2));
        assertThat(ended(batch).progress()).isEqualTo(new Batch.Progress(3, 2, 1, 0));
        assertThat(targets(batch))
                .extracting(Target::state)
                .containsExactly(Target.State.DONE, Target.State.DONE, Target.State.FAILED);
    }

    @Test
    void numbers_that_were_dealt_with_are_not_dealt_with_again() {
        Batch made = ended(batches.generate("", PK, 10, null));

        assertRefused(
                Problem.VERSION_CONFLICT,
                () -> storage.batches().register(made.id(), new Numbers(0, 1), List.of(device("one")), _ -> List.of()));
        assertThat(storage.devices().find(id("one"))).isEmpty();
    }

    @Test
    void lists_the_newest_first_and_shows_a_space_only_its_own() {
        Batch first = ended(batches.generate("first", new Scope("pk", "space-1"), 1, null));
        Batch second = ended(batches.generate("second", PK, 1, null));

        assertThat(batches.list(Filter.ALL, new Page.Request(null, 1)).items()).containsExactly(second);
        String next = batches.list(Filter.ALL, new Page.Request(null, 1)).next();
        assertThat(batches.list(Filter.ALL, new Page.Request(next, 1)).items()).containsExactly(first);
        Filter own = new Filter(null, Set.of(Kind.GENERATE), Set.of(State.DONE), Set.of("space-1"));
        assertThat(batches.list(own, ALL).items()).containsExactly(first);
        Filter others = new Filter("pk", Set.of(Kind.DELETE), Set.of(), Set.of());
        assertThat(batches.list(others, ALL).items()).isEmpty();
    }

    @Test
    void is_forgotten_by_hand_and_after_its_time() {
        Batch first = ended(batches.generate("first", PK, 1, null));
        batches.delete(first.id());
        assertRefused(Problem.NOT_FOUND, () -> batches.get(first.id()));
        Batch second = ended(batches.generate("second", PK, 1, null));

        clock.advance(Duration.ofDays(30));
        batches.purge();
        assertThat(batches.get(second.id())).isNotNull();
        clock.advance(Duration.ofSeconds(1));
        batches.purge();
        assertRefused(Problem.NOT_FOUND, () -> batches.get(second.id()));
        assertThat(devices.list("pk", ALL).items()).hasSize(2);
    }

    @Test
    void there_are_bounds() {
        assertRefused(Problem.LIMIT_REACHED, () -> batches.generate("", PK, 10_001, null));
        assertRefused(Problem.INVALID_ARGUMENT, () -> batches.generate("", PK, 0, null));
        assertRefused(Problem.INVALID_ARGUMENT, () -> batches.generate("", PK, 1, "x".repeat(49)));
        assertRefused(Problem.PRODUCT_NOT_FOUND, () -> batches.generate("", new Scope("no", null), 1, null));
        List<Target> tooMany = IntStream.rangeClosed(1, 101)
                .mapToObj(place -> Target.of(place, id("d" + place)))
                .toList();
        assertRefused(
                Problem.LIMIT_REACHED,
                () -> batches.create(draft(Kind.DELETE, Scope.EVERYWHERE, Value.Fields.NONE, tooMany)));
        assertRefused(
                Problem.INVALID_ARGUMENT,
                () -> batches.create(draft(Kind.COMMAND, Scope.EVERYWHERE, Value.Fields.NONE, targets("one"))));
        Policy far = new Policy(clock.instant().plus(Duration.ofDays(8)), 0, Duration.ZERO);
        assertRefused(
                Problem.INVALID_ARGUMENT,
                () -> batches.create(
                        new Batches.Draft(Kind.DELETE, "", Scope.EVERYWHERE, Value.Fields.NONE, far, targets("one"))));
        Policy later = new Policy(clock.instant().plus(Duration.ofDays(6)), 0, Duration.ZERO);
        for (int i = 0; i < 5; i++) {
            batches.create(
                    new Batches.Draft(Kind.DELETE, "", Scope.EVERYWHERE, Value.Fields.NONE, later, targets("one")));
        }
        assertRefused(Problem.LIMIT_REACHED, () -> batches.generate("", PK, 1, null));
    }

    @Test
    void devices_of_a_batch_or_a_query_are_made_as_new_given_other_secrets_and_deleted() {
        Batch made = ended(batches.generate("", PK, 40, "d-"));
        storage.devices().insert(device("apart"));
        Device before = devices.get(id("d-0001"));

        Batch renewed = ended(batches.gather(
                draft(Kind.RESET_SECRET, PK, Value.Fields.NONE, List.of()),
                TargetSource.batch(batches, made),
                State.WAITING));
        assertThat(renewed.progress()).isEqualTo(new Batch.Progress(40, 40, 0, 0));
        assertThat(devices.get(id("d-0001")).secret()).isNotEqualTo(before.secret());
        assertThat(registered(renewed, 0, 1)).containsExactly(devices.get(id("d-0001")));

        DeviceCondition where = DeviceQuery.LANGUAGE.read("product = pk and name like 'd-001%'");
        Batch disabled = ended(batches.gather(
                draft(Kind.DISABLE, PK, Value.Fields.NONE, List.of()),
                TargetSource.query(devices, where, PK),
                State.WAITING));
        assertThat(disabled.progress().done()).isEqualTo(10);
        assertThat(devices.get(id("d-0010")).enabled()).isFalse();
        assertThat(devices.get(id("d-0020")).enabled()).isTrue();

        Batch again = ended(batches.gather(
                draft(Kind.RESET, PK, Value.Fields.NONE, List.of()),
                TargetSource.batch(batches, disabled),
                State.WAITING));
        assertThat(targets(again))
                .extracting(Target::name)
                .contains("pk/d-0010")
                .hasSize(10);
        ended(batches.gather(
                draft(Kind.DELETE, PK, Value.Fields.NONE, List.of()),
                TargetSource.batch(batches, made),
                State.WAITING));
        assertThat(devices.list("pk", ALL).items()).extracting(Device::id).containsExactly(id("apart"));
    }

    @Test
    void a_query_that_finds_nothing_makes_no_batch() {
        assertRefused(
                Problem.INVALID_ARGUMENT,
                () -> batches.gather(
                        draft(Kind.DISABLE, PK, Value.Fields.NONE, List.of()),
                        TargetSource.query(devices, DeviceQuery.LANGUAGE.read("name = none"), PK),
                        State.WAITING));
        assertThat(batches.list(Filter.ALL, ALL).items()).isEmpty();
    }

    @Test
    void an_id_is_one_number_in_two_spellings() {
        Batch batch = ended(batches.generate("", PK, 1, null));
        BatchId id = batch.id();

        assertThat(id.hex()).hasSize(24);
        assertThat(BatchId.of(id.hex())).isEqualTo(id);
        assertThat(BatchId.of(id.toString())).isEqualTo(id);
        assertRefused(Problem.NOT_FOUND, () -> BatchId.of("0"));
        assertRefused(Problem.NOT_FOUND, () -> BatchId.of("f".repeat(24)));
        assertRefused(Problem.NOT_FOUND, () -> BatchId.of("none"));
    }

    private static List<Target> targets(String... names) {
        List<Target> targets = new ArrayList<>();
        for (String name : names) {
            targets.add(Target.of(targets.size() + 1L, id(name)));
        }
        return targets;
    }

    private static Batches.Draft draft(Kind kind, Scope scope, Value.Fields document, List<Target> targets) {
        return new Batches.Draft(kind, "", scope, document, Policy.AT_ONCE, targets);
    }

    private Batch ended(Batch batch) {
        await().until(() -> {
            batches.runner().startDue();
            return batches.get(batch.id()).state().isOver() && batches.runner().running() == 0;
        });
        return batches.get(batch.id());
    }

    private boolean ran(Batch batch) {
        batches.runner().startDue();
        return batches.get(batch.id()).state() == State.RUNNING;
    }

    private List<Target> targets(Batch batch) {
        return batches.targets(batch.id(), TargetFilter.ALL, ALL).items();
    }

    private List<Device> registered(Batch batch, long offset, int most) {
        return batches.registered(batch.id(), offset, most);
    }
}
