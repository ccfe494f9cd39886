package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.await;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.call.Call;
import io.berth.core.call.CallStore;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Answer;
import io.berth.core.message.CallState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class CallStoreTest {
    private static final DeviceId DEVICE = Samples.id("d1");
    private static final DeviceId OTHER = Samples.id("d2");
    private static final CallStore.Bounds BOUNDS = new CallStore.Bounds(3, 10);
    private static final Page.Request ALL = new Page.Request(null, 100);

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private CallStore calls;

    CallStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        calls = storage.calls();
        storage.products().insert(Samples.product("pk"));
        storage.devices().insert(Samples.device("d1"));
        storage.devices().insert(Samples.device("d2"));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void keeps_a_call_with_everything_in_it() {
        Value.Fields output = Value.Fields.of("ok\0", new Value.Items(List.of(new Value.Decimal(2), text("好"))));
        Call bare = call("01", CallState.CREATED);
        Call whole = new Call(
                "02",
                DEVICE,
                Call.Kind.SERVICE,
                "lamp:blink",
                Value.Fields.of("times", new Value.Whole(3)),
                new Call.Terms(false, Duration.ofSeconds(7), Duration.ofHours(2)),
                CallState.ANSWERED,
                "4294967295",
                new Call.Times(NOW, NOW.plusMillis(1), NOW.plusMillis(2), NOW.plusMillis(3), NOW.plusSeconds(9)),
                new Call.Outcome(
                        new Answer(true, "200", "done", output, Map.of("ok\0", NOW)),
                        "ok is no number",
                        Problem.INTERNAL,
                        "why"));
        await(calls.add(bare, BOUNDS));
        await(calls.add(whole, BOUNDS));

        assertThat(calls.find(DEVICE, "01")).contains(bare);
        assertThat(calls.find(DEVICE, "02")).contains(whole);
        assertThat(calls.find(OTHER, "01")).isEmpty();
        assertThat(calls.list(DEVICE, ALL).items()).containsExactly(whole, bare);
    }

    @Test
    void a_name_no_text_column_takes_is_kept_readable() {
        await(calls.add(call("01", CallState.CREATED), BOUNDS));

        await(calls.change(DEVICE, "01", call -> misfitting(call, "a\0b does not fit")));

        assertThat(calls.find(DEVICE, "01").orElseThrow().outcome().misfit()).isEqualTo("a\uFFFDb does not fit");
    }

    @Test
    void changes_a_call_in_one_step_until_it_is_over() {
        await(calls.add(call("01", CallState.CREATED), BOUNDS));
        List<CompletableFuture<Optional<Call>>> steps = Stream.of("a", "b", "c")
                .map(step -> calls.change(
                                DEVICE,
                                "01",
                                call -> misfitting(call, call.outcome().misfit() + step))
                        .toCompletableFuture())
                .toList();
        steps.forEach(CompletableFuture::join);
        assertThat(calls.find(DEVICE, "01").orElseThrow().outcome().misfit()).isEqualTo("abc");

        assertThat(await(calls.change(DEVICE, "01", call -> in(call, CallState.TIMED_OUT))))
                .isPresent();
        assertThat(await(calls.change(DEVICE, "01", call -> in(call, CallState.SENT))))
                .isEmpty();
        assertThat(await(calls.change(DEVICE, "no such", call -> call))).isEmpty();
        assertThat(calls.find(DEVICE, "01").orElseThrow().state()).isEqualTo(CallState.TIMED_OUT);
    }

    @Test
    void a_change_that_refuses_leaves_the_call_alone() {
        Call call = call("01", CallState.SENT);
        await(calls.add(call, BOUNDS));

        assertRefused(
                Problem.VERSION_CONFLICT,
                () -> await(calls.change(DEVICE, "01", _ -> {
                    throw new ProblemException(Problem.VERSION_CONFLICT, "too late");
                })));
        assertThat(calls.find(DEVICE, "01")).contains(call);
    }

    @Test
    void queues_the_oldest_first_and_no_more_than_the_bound() {
        Stream.of("02", "01", "03").forEach(id -> await(calls.add(call(id, CallState.QUEUED), BOUNDS)));

        assertRefused(Problem.LIMIT_REACHED, () -> await(calls.add(call("04", CallState.QUEUED), BOUNDS)));
        await(calls.add(call("05", CallState.CREATED), BOUNDS));
        assertThat(calls.queued(DEVICE, 2)).extracting(Call::id).containsExactly("01", "02");
        assertThat(calls.queued(OTHER, 2)).isEmpty();
        assertThat(calls.waiting()).containsExactly(DEVICE);
    }

    @Test
    void finds_open_calls_by_their_id_on_the_wire() {
        await(calls.add(call("01", CallState.SENT), BOUNDS));
        await(calls.add(call("02", CallState.ANSWERED), BOUNDS));

        assertThat(calls.open("7")).extracting(Call::id).containsExactly("01");
        assertThat(calls.open("8")).isEmpty();
    }

    @Test
    void finds_calls_whose_callers_wait_and_calls_whose_time_is_over() {
        await(calls.add(call("01", CallState.SENT), BOUNDS));
        await(calls.add(call("02", CallState.ANSWERED), BOUNDS));
        await(calls.add(call("03", CallState.QUEUED), BOUNDS));

        assertThat(calls.awaited(10)).extracting(Call::id).containsExactly("01");
        assertThat(calls.overdue(NOW.plusSeconds(4), 10)).isEmpty();
        assertThat(calls.overdue(NOW.plusSeconds(5), 10)).extracting(Call::id).containsExactlyInAnyOrder("01", "03");
    }

    @Test
    void keeps_the_newest_of_a_device_and_every_open_one() {
        await(calls.add(call("000", CallState.SENT), BOUNDS));
        IntStream.range(1, 21).forEach(i -> await(calls.add(call("%03d".formatted(i), CallState.ANSWERED), BOUNDS)));

        assertThat(calls.list(DEVICE, ALL).items())
                .extracting(Call::id)
                .hasSize(11)
                .startsWith("020", "019")
                .endsWith("011", "000");
    }

    @Test
    void pages_from_the_newest() {
        Stream.of("01", "02", "03").forEach(id -> await(calls.add(call(id, CallState.ANSWERED), BOUNDS)));

        Page<Call> first = calls.list(DEVICE, new Page.Request(null, 2));
        assertThat(first.items()).extracting(Call::id).containsExactly("03", "02");
        Page<Call> second = calls.list(DEVICE, new Page.Request(first.next(), 2));
        assertThat(second.items()).extracting(Call::id).containsExactly("01");
        assertThat(second.next()).isNull();
    }

    @Test
    void forgets_calls_that_ended_long_ago_and_those_of_deleted_devices() {
        await(calls.add(call("01", CallState.ANSWERED), BOUNDS));
        await(calls.add(call("02", CallState.SENT), BOUNDS));

        assertThat(calls.purge(NOW)).isZero();
        assertThat(calls.purge(NOW.plusSeconds(1))).isEqualTo(1);
        assertThat(calls.list(DEVICE, ALL).items()).extracting(Call::id).containsExactly("02");

        storage.devices().delete(DEVICE);
        assertThat(calls.list(DEVICE, ALL).items()).isEmpty();
        assertRefused(Problem.DEVICE_NOT_FOUND, () -> await(calls.add(call("03", CallState.SENT), BOUNDS)));
    }

    private static Call call(String id, CallState state) {
        Instant ended = state.isFinal() ? NOW : null;
        return new Call(
                id,
                DEVICE,
                Call.Kind.SET,
                "",
                Value.Fields.of("Temp", new Value.Decimal(23)),
                new Call.Terms(state == CallState.SENT, Duration.ofSeconds(5), Duration.ZERO),
                state,
                "7",
                new Call.Times(NOW, null, null, ended, NOW.plusSeconds(5)),
                Call.Outcome.NONE);
    }

    private static Call in(Call call, CallState state) {
        Instant ended = state.isFinal() ? NOW : null;
        return new Call(
                call.id(),
                call.device(),
                call.kind(),
                call.target(),
                call.input(),
                call.terms(),
                state,
                call.requestId(),
                new Call.Times(NOW, null, null, ended, NOW.plusSeconds(5)),
                call.outcome());
    }

    private static Call misfitting(Call call, String misfit) {
        return new Call(
                call.id(),
                call.device(),
                call.kind(),
                call.target(),
                call.input(),
                call.terms(),
                call.state(),
                call.requestId(),
                call.times(),
                new Call.Outcome(null, misfit, null, ""));
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }
}
