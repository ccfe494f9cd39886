package io.berth.storage;

import static io.berth.storage.BatchBed.ALL;
import static io.berth.storage.BatchBed.PK;
import static io.berth.storage.BatchBed.draft;
import static io.berth.storage.BatchBed.targets;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Completion;
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
import io.berth.core.batch.Batches;
import io.berth.core.batch.Target;
import io.berth.core.batch.TargetSource;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceQuery;
import io.berth.core.message.Event;
import io.berth.core.message.EventLog;
import io.berth.core.message.Fact;
import io.berth.core.product.Products;
import io.berth.testing.TestBatches;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // made before each test
final class BatchesTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private BatchBed bed;

    BatchesTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        bed = new BatchBed(engine, directory);
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void disables_enables_and_deletes_by_name_and_by_alias() {
        bed.storage.devices().insert(device("one"));
        bed.storage.devices().insert(device("two"));
        List<Target> targets = List.of(
                Target.of(1, id("one")),
                Target.waiting(2, "alias_two", Value.Fields.NONE),
                Target.waiting(3, "alias_three", Value.Fields.NONE));

        Batch disabled =
                bed.ended(bed.batches.create(draft(Kind.DISABLE, Scope.EVERYWHERE, Value.Fields.NONE, targets)));
        assertThat(disabled.progress()).isEqualTo(new Batch.Progress(3, 2, 1, 0));
        assertThat(disabled.state()).isEqualTo(State.PARTLY_DONE);
        assertThat(bed.devices.get(id("two")).enabled()).isFalse();
        assertThat(bed.targets(disabled).getLast().outcome().problem()).isEqualTo(Problem.DEVICE_NOT_FOUND);

        bed.ended(bed.batches.create(draft(Kind.ENABLE, Scope.EVERYWHERE, Value.Fields.NONE, targets)));
        assertThat(bed.devices.get(id("two")).enabled()).isTrue();
        bed.ended(bed.batches.create(draft(Kind.DELETE, Scope.EVERYWHERE, Value.Fields.NONE, targets)));
        assertThat(bed.devices.list("pk", ALL).items()).isEmpty();
    }

    @Test
    void what_fails_is_tried_again_when_the_policy_says_so() {
        Policy patient = new Policy(null, 2, Duration.ofMinutes(5));
        Batch batch = bed.batches.create(new Batches.Draft(
                Kind.DISABLE, "", Scope.EVERYWHERE, Value.Fields.NONE, patient, targets("late", "never")));
        await().until(() -> bed.batches.get(batch.id()).times().due().isAfter(bed.clock.instant()));
        assertThat(bed.targets(batch)).extracting(Target::state).containsOnly(Target.State.RETRYING);

        bed.storage.devices().insert(device("late"));
        bed.clock.advance(Duration.ofMinutes(5));
        await().until(() ->
                bed.ran(batch) && bed.batches.get(batch.id()).progress().done() == 1);
        await().until(() -> bed.batches.get(batch.id()).times().due().isAfter(bed.clock.instant()));
        bed.clock.advance(Duration.ofMinutes(5));

        Batch over = bed.ended(batch);
        assertThat(over.progress()).isEqualTo(new Batch.Progress(2, 1, 1, 0));
        assertThat(bed.targets(batch)).extracting(Target::attempts).containsExactly(2, 3);
    }

    @Test
    void a_batch_waits_for_its_schedule_and_can_be_stopped_before() {
        bed.storage.devices().insert(device("one"));
        Policy later = new Policy(bed.clock.instant().plus(Duration.ofHours(1)), 0, Duration.ZERO);
        Batch batch = bed.batches.create(
                new Batches.Draft(Kind.DISABLE, "", Scope.EVERYWHERE, Value.Fields.NONE, later, targets("one")));
        bed.batches.runner().startDue();
        assertThat(bed.batches.get(batch.id()).state()).isEqualTo(State.WAITING);

        assertThat(bed.batches.stop(batch.id()).state()).isEqualTo(State.STOPPED);
        bed.clock.advance(Duration.ofHours(2));
        bed.batches.runner().startDue();
        assertThat(bed.devices.get(id("one")).enabled()).isTrue();
        assertThat(bed.targets(batch)).extracting(Target::state).containsOnly(Target.State.STOPPED);
        assertRefused(Problem.VERSION_CONFLICT, () -> bed.batches.stop(batch.id()));

        bed.batches.retry(batch.id(), List.of("pk/one"));
        assertThat(bed.ended(batch).state()).isEqualTo(State.DONE);
        assertThat(bed.devices.get(id("one")).enabled()).isFalse();
    }

    @Test
    void a_target_that_was_not_begun_is_stopped_alone() {
        Policy later = new Policy(bed.clock.instant().plusSeconds(60), 0, Duration.ZERO);
        bed.storage.devices().insert(device("one"));
        bed.storage.devices().insert(device("two"));
        Batch batch = bed.batches.create(
                new Batches.Draft(Kind.DISABLE, "", Scope.EVERYWHERE, Value.Fields.NONE, later, targets("one", "two")));

        assertThat(bed.batches.stop(batch.id(), List.of("pk/two", "pk/none")))
                .extracting(Target::name)
                .containsExactly("pk/two");
        bed.clock.advance(Duration.ofMinutes(2));

        assertThat(bed.ended(batch).state()).isEqualTo(State.PARTLY_DONE);
        assertThat(bed.devices.get(id("one")).enabled()).isFalse();
        assertThat(bed.devices.get(id("two")).enabled()).isTrue();
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
                new Batch.Times(bed.clock.instant(), bed.clock.instant(), null, null),
                "");
        assertThat(bed.storage.batches().insert(orphan, List.of())).isTrue();
        assertThat(bed.storage.batches().insert(orphan, List.of())).isFalse();

        Batch over = bed.ended(orphan);
        assertThat(over.state()).isEqualTo(State.FAILED);
        assertThat(over.note()).contains("gone");
    }

    @Test
    void what_was_under_way_at_a_crash_is_done_again_and_a_deletion_is_not_a_failure_then() {
        bed.storage.devices().insert(device("one"));
        Policy later = new Policy(bed.clock.instant().plusSeconds(60), 0, Duration.ZERO);
        Batch batch = bed.batches.create(new Batches.Draft(
                Kind.DELETE, "", Scope.EVERYWHERE, Value.Fields.NONE, later, targets("one", "deleted", "never")));
        assertThat(bed.storage.batches().take(batch.id(), bed.clock.instant(), 2))
                .hasSize(2);

        bed.clock.advance(Duration.ofMinutes(2));
        assertThat(bed.ended(batch).progress()).isEqualTo(new Batch.Progress(3, 2, 1, 0));
        assertThat(bed.targets(batch))
                .extracting(Target::state)
                .containsExactly(Target.State.DONE, Target.State.DONE, Target.State.FAILED);
    }

    @Test
    void lists_the_newest_first_and_shows_a_space_only_its_own() {
        Batch first = bed.ended(bed.batches.generate("first", new Scope("pk", "space-1"), 1, null));
        Batch second = bed.ended(bed.batches.generate("second", PK, 1, null));

        assertThat(bed.batches.list(Filter.ALL, new Page.Request(null, 1)).items())
                .containsExactly(second);
        String next = bed.batches.list(Filter.ALL, new Page.Request(null, 1)).next();
        assertThat(bed.batches.list(Filter.ALL, new Page.Request(next, 1)).items())
                .containsExactly(first);
        Filter own = new Filter(null, Set.of(Kind.GENERATE), Set.of(State.DONE), Set.of("space-1"));
        assertThat(bed.batches.list(own, ALL).items()).containsExactly(first);
        Filter others = new Filter("pk", Set.of(Kind.DELETE), Set.of(), Set.of());
        assertThat(bed.batches.list(others, ALL).items()).isEmpty();
    }

    @Test
    void is_forgotten_by_hand_and_after_its_time() {
        Batch first = bed.ended(bed.batches.generate("first", PK, 1, null));
        bed.batches.delete(first.id());
        assertRefused(Problem.NOT_FOUND, () -> bed.batches.get(first.id()));
        Batch second = bed.ended(bed.batches.generate("second", PK, 1, null));

        bed.clock.advance(Duration.ofDays(30));
        bed.batches.purge();
        assertThat(bed.batches.get(second.id())).isNotNull();
        bed.clock.advance(Duration.ofSeconds(1));
        bed.batches.purge();
        assertRefused(Problem.NOT_FOUND, () -> bed.batches.get(second.id()));
        assertThat(bed.devices.list("pk", ALL).items()).hasSize(2);
    }

    @Test
    void can_be_deleted_from_the_moment_it_is_over() throws Exception {
        CompletableFuture<Batches> made = new CompletableFuture<>();
        CompletableFuture<BatchId> deleted = new CompletableFuture<>();
        EventLog deleting = new AtTheEnd(over -> {
            made.join().delete(over);
            deleted.complete(over);
        });
        Products products = new Products(bed.storage.products(), bed.clock, _ -> {});
        Batches batches =
                TestBatches.over(deleting, bed.storage, products, bed.devices, BatchLimits.DEFAULT, bed.clock);
        Batch batch = batches.generate("", PK, 1, null);
        made.complete(batches);

        assertThat(deleted.get(30, TimeUnit.SECONDS)).isEqualTo(batch.id());
        batches.runner().close();
        assertRefused(Problem.NOT_FOUND, () -> batches.get(batch.id()));
    }

    /// Does it on the thread that tells that a batch is done.
    private record AtTheEnd(Consumer<BatchId> what) implements EventLog {
        @Override
        public boolean wants(DeviceId device, Event.Kind kind) {
            return true;
        }

        @Override
        public boolean wants(String product, Event.Kind kind) {
            return true;
        }

        @Override
        public void append(Event event, Completion completion) {
            completion.done(null);
            Value.Fields batch = ((Fact.Told) event.fact()).content();
            if (batch.get("state").equals(new Value.Text("done"))) {
                what.accept(BatchId.of(((Value.Text) batch.get("id")).text()));
            }
        }
    }

    @Test
    void one_that_waits_for_another_of_its_kind_begins_when_that_is_over() {
        Batch first = bed.batches.generate("first", PK, 1_000, null);
        Batch second = bed.batches.generate("second", PK, 1, null);

        await().until(() -> bed.batches.get(first.id()).state() == State.DONE);
        await().until(() -> bed.batches.get(second.id()).state() == State.DONE);
    }

    @Test
    void there_are_bounds() {
        assertRefused(Problem.LIMIT_REACHED, () -> bed.batches.generate("", PK, 10_001, null));
        assertRefused(Problem.INVALID_ARGUMENT, () -> bed.batches.generate("", PK, 0, null));
        assertRefused(Problem.INVALID_ARGUMENT, () -> bed.batches.generate("", PK, 1, "x".repeat(49)));
        assertRefused(Problem.PRODUCT_NOT_FOUND, () -> bed.batches.generate("", new Scope("no", null), 1, null));
        List<Target> tooMany = IntStream.rangeClosed(1, 101)
                .mapToObj(place -> Target.of(place, id("d" + place)))
                .toList();
        assertRefused(
                Problem.LIMIT_REACHED,
                () -> bed.batches.create(draft(Kind.DELETE, Scope.EVERYWHERE, Value.Fields.NONE, tooMany)));
        assertRefused(
                Problem.INVALID_ARGUMENT,
                () -> bed.batches.create(draft(Kind.COMMAND, Scope.EVERYWHERE, Value.Fields.NONE, targets("one"))));
        Policy far = new Policy(bed.clock.instant().plus(Duration.ofDays(8)), 0, Duration.ZERO);
        assertRefused(
                Problem.INVALID_ARGUMENT,
                () -> bed.batches.create(
                        new Batches.Draft(Kind.DELETE, "", Scope.EVERYWHERE, Value.Fields.NONE, far, targets("one"))));
        Policy later = new Policy(bed.clock.instant().plus(Duration.ofDays(6)), 0, Duration.ZERO);
        for (int i = 0; i < 5; i++) {
            bed.batches.create(
                    new Batches.Draft(Kind.DELETE, "", Scope.EVERYWHERE, Value.Fields.NONE, later, targets("one")));
        }
        assertRefused(Problem.LIMIT_REACHED, () -> bed.batches.generate("", PK, 1, null));
    }

    @Test
    void devices_of_a_batch_or_a_query_are_made_as_new_given_other_secrets_and_deleted() {
        Batch made = bed.ended(bed.batches.generate("", PK, 40, "d-"));
        bed.storage.devices().insert(device("apart"));
        Device before = bed.devices.get(id("d-0001"));

        Batch renewed = bed.ended(bed.batches.gather(
                draft(Kind.RESET_SECRET, PK, Value.Fields.NONE, List.of()),
                TargetSource.batch(bed.batches, made),
                State.WAITING));
        assertThat(renewed.progress()).isEqualTo(new Batch.Progress(40, 40, 0, 0));
        assertThat(bed.devices.get(id("d-0001")).secret()).isNotEqualTo(before.secret());
        assertThat(bed.registered(renewed, 0, 1)).containsExactly(bed.devices.get(id("d-0001")));

        DeviceCondition where = DeviceQuery.LANGUAGE.read("product = pk and name like 'd-001%'");
        Batch disabled = bed.ended(bed.batches.gather(
                draft(Kind.DISABLE, PK, Value.Fields.NONE, List.of()),
                TargetSource.query(bed.devices, where, PK),
                State.WAITING));
        assertThat(disabled.progress().done()).isEqualTo(10);
        assertThat(bed.devices.get(id("d-0010")).enabled()).isFalse();
        assertThat(bed.devices.get(id("d-0020")).enabled()).isTrue();

        Batch again = bed.ended(bed.batches.gather(
                draft(Kind.RESET, PK, Value.Fields.NONE, List.of()),
                TargetSource.batch(bed.batches, disabled),
                State.WAITING));
        assertThat(bed.targets(again))
                .extracting(Target::name)
                .contains("pk/d-0010")
                .hasSize(10);
        bed.ended(bed.batches.gather(
                draft(Kind.DELETE, PK, Value.Fields.NONE, List.of()),
                TargetSource.batch(bed.batches, made),
                State.WAITING));
        assertThat(bed.devices.list("pk", ALL).items()).extracting(Device::id).containsExactly(id("apart"));
    }

    @Test
    void a_query_that_finds_nothing_makes_no_batch() {
        assertRefused(
                Problem.INVALID_ARGUMENT,
                () -> bed.batches.gather(
                        draft(Kind.DISABLE, PK, Value.Fields.NONE, List.of()),
                        TargetSource.query(bed.devices, DeviceQuery.LANGUAGE.read("name = none"), PK),
                        State.WAITING));
        assertThat(bed.batches.list(Filter.ALL, ALL).items()).isEmpty();
    }

    @Test
    void an_id_is_one_number_in_two_spellings() {
        Batch batch = bed.ended(bed.batches.generate("", PK, 1, null));
        BatchId id = batch.id();

        assertThat(id.hex()).hasSize(24);
        assertThat(BatchId.of(id.hex())).isEqualTo(id);
        assertThat(BatchId.of(id.toString())).isEqualTo(id);
        assertRefused(Problem.NOT_FOUND, () -> BatchId.of("0"));
        assertRefused(Problem.NOT_FOUND, () -> BatchId.of("f".repeat(24)));
        assertRefused(Problem.NOT_FOUND, () -> BatchId.of("none"));
    }
}
