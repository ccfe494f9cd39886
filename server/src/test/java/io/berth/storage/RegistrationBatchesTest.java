package io.berth.storage;

import static io.berth.storage.BatchBed.ALL;
import static io.berth.storage.BatchBed.PK;
import static io.berth.storage.BatchBed.draft;
import static io.berth.storage.BatchBed.targets;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.batch.Batch;
import io.berth.core.batch.Batch.Kind;
import io.berth.core.batch.Batch.State;
import io.berth.core.batch.BatchStore.Numbers;
import io.berth.core.batch.Target;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.message.Event;
import io.berth.core.message.Fact;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Batches that register devices.
@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // made before each test
final class RegistrationBatchesTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private BatchBed bed;

    RegistrationBatchesTest(TestEngine engine) {
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
    void registers_devices_under_names_that_no_other_batch_has() {
        Batch made = bed.ended(bed.batches.generate("line 7", PK, 100, null));

        assertThat(made.state()).isEqualTo(State.DONE);
        assertThat(made.progress()).isEqualTo(new Batch.Progress(100, 100, 0, 100));
        assertThat(made.times().ended()).isEqualTo(bed.clock.instant());
        assertThat(bed.devices.list("pk", ALL).items()).hasSize(100);
        List<Device> registered = bed.registered(made, 0, 1000);
        assertThat(registered).hasSize(100).extracting(Device::id).doesNotHaveDuplicates();
        assertThat(bed.registered(made, 90, 50)).isEqualTo(registered.subList(90, 100));
        Batch other = bed.ended(bed.batches.generate("line 7", PK, 1, null));
        assertThat(registered).doesNotContainAnyElementsOf(bed.registered(other, 0, 10));
    }

    @Test
    void applications_are_told_when_a_batch_begins_and_when_it_is_over() {
        Batch made = bed.ended(bed.batches.generate("line 7", PK, 3, null));

        assertThat(bed.log.events).extracting(Event::product).containsOnly("pk");
        assertThat(bed.log.events)
                .extracting(event -> ((Fact.Told) event.fact()).content().get("state"))
                .containsExactly(new Value.Text("running"), new Value.Text("done"));
        assertThat(((Fact.Told) bed.log.events.getLast().fact()).content().get("id"))
                .isEqualTo(new Value.Text(made.id().hex()));
    }

    @Test
    void a_name_that_is_taken_fails_alone_and_is_not_shown_as_the_batchs_own() {
        bed.devices.create(new Devices.Draft(id("d-0007"), null, null, null));

        Batch made = bed.ended(bed.batches.generate("", PK, 40, "d-"));

        assertThat(made.state()).isEqualTo(State.PARTLY_DONE);
        assertThat(made.progress()).isEqualTo(new Batch.Progress(40, 39, 1, 40));
        assertThat(bed.registered(made, 0, 1000))
                .hasSize(39)
                .extracting(Device::id)
                .doesNotContain(id("d-0007"));
        assertThat(bed.targets(made)).singleElement().satisfies(target -> {
            assertThat(target.name()).isEqualTo("pk/d-0007");
            assertThat(target.outcome().problem()).isEqualTo(Problem.DEVICE_EXISTS);
        });

        bed.devices.delete(id("d-0007"));
        assertThat(bed.batches.retry(made.id(), List.of())).hasSize(1);
        assertThat(bed.ended(made).progress()).isEqualTo(new Batch.Progress(40, 40, 0, 40));
        assertThat(bed.registered(made, 0, 1000)).hasSize(40);
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

        Batch made = bed.ended(bed.batches.create(draft(Kind.REGISTER, PK, Value.Fields.NONE, targets)));

        assertThat(made.progress()).isEqualTo(new Batch.Progress(5, 2, 3, 0));
        Device seven = bed.devices.get(id("seven"));
        assertThat(seven.alias()).isEqualTo("node_7");
        assertThat(seven.secret().reveal()).isEqualTo("s3cret");
        assertThat(bed.targets(made))
                .extracting(target -> target.outcome().problem())
                .containsExactly(
                        null, null, Problem.PRODUCT_NOT_FOUND, Problem.INVALID_ARGUMENT, Problem.DEVICE_EXISTS);
        assertThat(bed.targets(made).getFirst().input()).isEqualTo(Value.Fields.NONE);
        assertThat(bed.registered(made, 0, 10)).extracting(Device::id).containsExactly(id("seven"), id("eight"));
        assertThat(bed.registered(made, 1, 10)).extracting(Device::id).containsExactly(id("eight"));
    }

    @Test
    void what_is_prepared_begins_when_it_is_told_and_once() {
        bed.devices.create(new Devices.Draft(id("old"), null, null, null));
        Batch prepared = bed.batches.prepare(
                draft(Kind.REGISTER, PK, Value.Fields.NONE, targets("new", "old", "new", "another")));

        assertThat(prepared.state()).isEqualTo(State.PREPARED);
        assertThat(bed.targets(prepared))
                .extracting(Target::state)
                .containsExactly(Target.State.WAITING, Target.State.FAILED, Target.State.FAILED, Target.State.WAITING);
        bed.batches.runner().startDue();
        assertThat(bed.storage.devices().find(id("new"))).isEmpty();

        bed.batches.start(prepared.id());
        assertThat(bed.ended(prepared).progress()).isEqualTo(new Batch.Progress(4, 2, 2, 0));
        assertThat(bed.batches.start(prepared.id()).state()).isEqualTo(State.PARTLY_DONE);
        assertThat(bed.registered(prepared, 0, 10)).hasSize(2);
    }

    @Test
    void numbers_that_were_dealt_with_are_not_dealt_with_again() {
        Batch made = bed.ended(bed.batches.generate("", PK, 10, null));

        assertRefused(
                Problem.VERSION_CONFLICT,
                () -> bed.storage
                        .batches()
                        .register(made.id(), new Numbers(0, 1), List.of(device("one")), _ -> List.of()));
        assertThat(bed.storage.devices().find(id("one"))).isEmpty();
    }
}
