package io.berth.core.call;

import static io.berth.core.call.CallBed.BELL;
import static io.berth.core.call.CallBed.LAMP;
import static io.berth.core.call.CallBed.OTHER_LAMP;
import static io.berth.core.call.CallBed.answer;
import static io.berth.core.call.CallBed.ended;
import static io.berth.core.call.CallBed.level;
import static io.berth.core.call.CallBed.times;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.call.CallBed.Held;
import io.berth.core.device.DeviceId;
import io.berth.core.message.CallState;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Session;
import io.berth.testing.HeldDevice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each state a call can have, and who brings it there.
final class CallsTest {
    /// As patient as a caller may be: the lamp answers when the test says so.
    private static final Wanted BLINK = Wanted.service(LAMP, "blink", times(3)).timeout(Duration.ofSeconds(60));
    private static final Wanted LEARN = Wanted.service(LAMP, "learn", times(3));
    private static final Wanted KEPT = LEARN.keepFor(Duration.ofHours(1));
    private static final Value.Fields DONE = Value.Fields.of("done", new Value.Whole(1));

    private final CallBed bed = new CallBed();
    private final Held lamp = new Held(LAMP);

    @Test
    void a_caller_waits_for_the_answer_and_gets_it_in_the_form_of_the_model() throws Exception {
        Session session = lamp.attach(bed);
        CompletableFuture<Call> waiting = bed.calls(BLINK);

        Held.Sent sent = lamp.next();
        assertThat(sent.downlink()).isEqualTo(new Downlink.Command("101", "blink", times(3), true));
        assertThat(bed.call(LAMP).state()).isEqualTo(CallState.CREATED);
        sent.delivery().reached(DeliveryState.SENT);
        assertThat(bed.call(LAMP).state()).isEqualTo(CallState.SENT);
        sent.delivery().reached(DeliveryState.ACKNOWLEDGED);
        assertThat(bed.call(LAMP).state()).isEqualTo(CallState.ACKNOWLEDGED);
        assertThat(waiting).isNotDone();
        bed.answers(session, "101", answer(true, DONE));

        Call call = ended(waiting);
        assertThat(call.state()).isEqualTo(CallState.ANSWERED);
        assertThat(call.hasSucceeded()).isTrue();
        assertThat(call.outcome().answer()).isEqualTo(answer(true, Value.Fields.of("done", new Value.Flag(true))));
        assertThat(call.outcome().misfit()).isEmpty();
        assertThat(bed.call(LAMP)).isEqualTo(call);
        assertThat(bed.told())
                .containsExactly(CallState.CREATED, CallState.SENT, CallState.ACKNOWLEDGED, CallState.ANSWERED);
    }

    @Test
    void an_output_that_does_not_fit_comes_back_as_it_was_with_a_mark() throws Exception {
        Session session = lamp.attach(bed);
        CompletableFuture<Call> waiting = bed.calls(BLINK);
        Value.Fields odd = Value.Fields.of("done", new Value.Text("very"));
        bed.answers(session, lamp.next().downlink().id(), answer(true, odd));

        assertThat(ended(waiting).outcome().answer()).isEqualTo(answer(true, odd));
        assertThat(ended(waiting).outcome().misfit()).isEqualTo("done is neither 0 nor 1");
    }

    @Test
    void a_device_that_refuses_has_answered() throws Exception {
        Session session = lamp.attach(bed);
        CompletableFuture<Call> waiting = bed.calls(BLINK);
        bed.answers(session, lamp.next().downlink().id(), answer(false, Value.Fields.NONE));

        assertThat(ended(waiting).state()).isEqualTo(CallState.ANSWERED);
        assertThat(ended(waiting).hasSucceeded()).isFalse();
    }

    @Test
    void an_answer_without_a_form_counts_as_done() throws Exception {
        Session session = lamp.attach(bed);
        CompletableFuture<Call> waiting = bed.calls(BLINK);
        bed.answers(session, lamp.next().downlink().id(), null);

        assertThat(ended(waiting).hasSucceeded()).isTrue();
    }

    @Test
    void silence_ends_as_timed_out_and_what_was_never_written_as_expired() {
        HeldDevice silent = new HeldDevice((_, delivery) -> delivery.reached(DeliveryState.SENT));
        bed.sessions.attach(silent.session(LAMP));
        new Held(OTHER_LAMP).attach(bed);
        Duration brief = Duration.ofSeconds(1);
        CompletableFuture<Call> sent = bed.calls(BLINK.timeout(brief));
        CompletableFuture<Call> unsent =
                bed.calls(Wanted.service(OTHER_LAMP, "blink", times(3)).timeout(brief));

        assertThat(ended(sent).state()).isEqualTo(CallState.TIMED_OUT);
        assertThat(ended(sent).outcome().problem()).isEqualTo(Problem.TIMED_OUT);
        assertThat(ended(unsent).state()).isEqualTo(CallState.EXPIRED);
    }

    @Test
    void a_call_the_wire_cannot_carry_has_failed() {
        lamp.attach(bed);
        lamp.refusal = Held.Refusal.UNSUPPORTED;

        for (Wanted wanted : List.of(BLINK, LEARN, KEPT)) {
            Call call = ended(bed.calls(wanted));
            assertThat(call.state()).isEqualTo(CallState.FAILED);
            assertThat(call.outcome().problem()).isEqualTo(Problem.UNSUPPORTED);
            assertThat(call.outcome().detail()).isEqualTo("cannot be told this");
        }
    }

    @Test
    void a_connection_that_breaks_fails_the_waiting_caller_and_not_the_other() throws Exception {
        lamp.attach(bed);
        CompletableFuture<Call> waiting = bed.calls(BLINK);
        CompletableFuture<Call> other = bed.calls(LEARN.sync(false));
        for (Held.Sent sent : List.of(lamp.next(), lamp.next())) {
            sent.delivery().reached(DeliveryState.SENT);
            sent.delivery().failed(Problem.CONNECTION_LOST, "gone");
        }

        assertThat(ended(waiting).state()).isEqualTo(CallState.FAILED);
        assertThat(ended(waiting).outcome().problem()).isEqualTo(Problem.CONNECTION_LOST);
        assertThat(ended(other).state()).isEqualTo(CallState.SENT);
    }

    @Test
    void a_call_nobody_waits_for_comes_back_when_it_was_sent_and_is_answered_later() throws Exception {
        Session session = lamp.attach(bed);
        CompletableFuture<Call> made = bed.calls(LEARN);
        Held.Sent sent = lamp.next();
        sent.delivery().reached(DeliveryState.SENT);
        assertThat(ended(made).state()).isEqualTo(CallState.SENT);

        bed.answers(session, sent.downlink().id(), answer(true, DONE));
        await().until(() -> bed.call(LAMP).hasSucceeded());
        assertThat(bed.traffic.dropped).isEmpty();
    }

    @Test
    void a_second_answer_and_one_to_nothing_are_counted_and_change_nothing() throws Exception {
        Session session = lamp.attach(bed);
        CompletableFuture<Call> made = bed.calls(LEARN);
        Held.Sent sent = lamp.next();
        sent.delivery().reached(DeliveryState.SENT);
        Call call = ended(made);
        bed.answers(session, sent.downlink().id(), answer(true, DONE));
        await().until(() -> bed.call(LAMP).hasSucceeded());

        bed.answers(session, sent.downlink().id(), answer(false, Value.Fields.NONE));
        bed.answers(session, "4711", answer(true, DONE));

        await().until(() -> bed.traffic.dropped.size() == 2);
        assertThat(bed.traffic.dropped).containsOnly("an answer nobody asked for");
        assertThat(bed.calls.get(LAMP, call.id()).hasSucceeded()).isTrue();
    }

    @Test
    void only_the_device_itself_or_its_gateway_answers() throws Exception {
        DeviceId gateway = OTHER_LAMP;
        lamp.attach(bed, "test", gateway);
        Session stranger = new Held(BELL).attach(bed);
        Session parent = new Held(gateway).attach(bed);
        CompletableFuture<Call> made = bed.calls(LEARN);
        Held.Sent sent = lamp.next();
        sent.delivery().reached(DeliveryState.SENT);
        ended(made);

        bed.answers(stranger, sent.downlink().id(), answer(true, DONE));
        await().until(() -> bed.traffic.dropped.size() == 1);
        assertThat(bed.call(LAMP).state()).isEqualTo(CallState.SENT);
        bed.answers(parent, sent.downlink().id(), answer(true, DONE));
        await().until(() -> bed.call(LAMP).hasSucceeded());
    }

    @Test
    void a_stranger_does_not_answer_a_waiting_caller() throws Exception {
        lamp.attach(bed);
        Session stranger = new Held(BELL).attach(bed);
        CompletableFuture<Call> waiting = bed.calls(BLINK);
        String id = lamp.next().downlink().id();

        bed.answers(stranger, id, answer(true, DONE));

        await().until(() -> bed.traffic.dropped.size() == 1);
        assertThat(waiting).isNotDone();
    }

    @Test
    void an_answer_after_the_expiry_is_too_late() throws Exception {
        Session session = lamp.attach(bed);
        CompletableFuture<Call> made = bed.calls(LEARN);
        Held.Sent sent = lamp.next();
        sent.delivery().reached(DeliveryState.SENT);
        ended(made);

        bed.clock.advance(Duration.ofSeconds(4));
        bed.calls.giveUpOverdue();
        assertThat(bed.call(LAMP).state()).isEqualTo(CallState.SENT);
        bed.clock.advance(Duration.ofSeconds(1));
        bed.calls.giveUpOverdue();
        assertThat(bed.call(LAMP).state()).isEqualTo(CallState.TIMED_OUT);
        bed.answers(session, sent.downlink().id(), answer(true, DONE));
        await().until(() -> bed.traffic.dropped.size() == 1);
        assertThat(bed.call(LAMP).state()).isEqualTo(CallState.TIMED_OUT);
    }

    @Test
    void no_more_callers_wait_for_a_device_than_the_bound() {
        Session session = lamp.attach(bed);
        List<CompletableFuture<Call>> waiting = IntStream.range(0, Calls.Limits.DEFAULT.maxAwaited())
                .mapToObj(_ -> bed.calls(BLINK))
                .toList();
        List<String> ids = waiting.stream().map(_ -> id(lamp)).toList();

        assertRefused(Problem.LIMIT_REACHED, () -> ended(bed.calls(BLINK)));
        ids.forEach(id -> bed.answers(session, id, answer(true, DONE)));
        waiting.forEach(call -> assertThat(ended(call).hasSucceeded()).isTrue());
        var _ = bed.calls(BLINK);
        assertThat(id(lamp)).as("there is room again").isNotEmpty();
    }

    @Test
    void what_was_not_sent_can_be_withdrawn() throws Exception {
        Call queued = ended(bed.calls(KEPT));
        assertThat(bed.calls.cancel(LAMP, queued.id()).state()).isEqualTo(CallState.CANCELLED);
        assertRefused(Problem.VERSION_CONFLICT, () -> bed.calls.cancel(LAMP, queued.id()));
        assertRefused(Problem.NOT_FOUND, () -> bed.calls.cancel(LAMP, "no such"));
        assertRefused(Problem.NOT_FOUND, () -> bed.calls.cancel(BELL, queued.id()));

        lamp.attach(bed);
        CompletableFuture<Call> made = bed.calls(LEARN);
        lamp.next().delivery().reached(DeliveryState.SENT);
        assertRefused(
                Problem.VERSION_CONFLICT,
                () -> bed.calls.cancel(LAMP, ended(made).id()));
        assertThat(lamp.sent).isEmpty();
    }

    @Test
    void after_a_restart_waiting_callers_are_gone_and_the_rest_goes_on() throws Exception {
        Session before = lamp.attach(bed);
        var _ = bed.calls(BLINK);
        lamp.next().delivery().reached(DeliveryState.SENT);
        CompletableFuture<Call> sent = bed.calls(LEARN);
        Held.Sent learn = lamp.next();
        learn.delivery().reached(DeliveryState.SENT);
        Call open = ended(sent);
        bed.sessions.detach(before, CloseCause.CONNECTION_LOST);
        Call queued = ended(bed.calls(KEPT));

        CallBed again = new CallBed(Calls.Limits.DEFAULT, bed.store);
        again.calls.recover();

        assertThat(again.calls.list(LAMP, new Page.Request(null, 10)).items())
                .filteredOn(call -> call.terms().sync())
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.state()).isEqualTo(CallState.TIMED_OUT);
                    assertThat(call.outcome().detail()).isEqualTo("the server restarted");
                });
        Session session = lamp.attach(again);
        lamp.next().delivery().reached(DeliveryState.SENT);
        await().until(() -> again.calls.get(LAMP, queued.id()).state() == CallState.SENT);
        again.answers(session, learn.downlink().id(), answer(true, DONE));
        await().until(() -> again.calls.get(LAMP, open.id()).hasSucceeded());
    }

    @Test
    void the_oldest_ended_calls_are_forgotten() throws Exception {
        ended(bed.calls(KEPT));
        bed.calls.cancel(LAMP, bed.call(LAMP).id());
        bed.clock.advance(Duration.ofDays(7));
        bed.calls.purge();
        assertThat(bed.call(LAMP).state()).isEqualTo(CallState.CANCELLED);

        bed.clock.advance(Duration.ofMillis(1));
        bed.calls.purge();
        assertThat(bed.calls.list(LAMP, new Page.Request(null, 10)).items()).isEmpty();
    }

    @Test
    void sets_properties_as_the_model_says() throws Exception {
        Session session = lamp.attach(bed);
        CompletableFuture<Call> waiting = bed.calls(Wanted.set(LAMP, level(7)).sync(true));
        Held.Sent sent = lamp.next();
        assertThat(sent.downlink()).isEqualTo(new Downlink.PropertySet("101", level(7)));
        bed.answers(session, "101", answer(true, Value.Fields.NONE));

        assertThat(ended(waiting).hasSucceeded()).isTrue();
        assertRefused(Problem.VALUE_INVALID, () -> bed.calls.call(Wanted.set(LAMP, level(101))));
        assertRefused(
                Problem.VALUE_INVALID,
                () -> bed.calls.call(Wanted.set(LAMP, Value.Fields.of("Watts", new Value.Whole(1)))));
        assertRefused(Problem.INVALID_ARGUMENT, () -> bed.calls.call(Wanted.set(LAMP, Value.Fields.NONE)));
    }

    @Test
    void asks_for_present_values_and_judges_them() throws Exception {
        Session session = lamp.attach(bed);
        CompletableFuture<Call> waiting = bed.calls(Wanted.get(LAMP, "", List.of("Level")));
        assertThat(lamp.next().downlink()).isEqualTo(new Downlink.PropertyGet("101", "", List.of("Level")));
        bed.answers(session, "101", answer(true, level(101)));

        assertThat(ended(waiting).outcome().misfit()).isEqualTo("Level is more than 100");
        assertRefused(Problem.MODEL_NOT_FOUND, () -> bed.calls.call(Wanted.get(LAMP, "", List.of("Colour"))));
        assertRefused(Problem.MODEL_NOT_FOUND, () -> bed.calls.call(Wanted.get(LAMP, "motor", List.of())));
    }

    @ParameterizedTest
    @CsvSource({"blink,0,VALUE_INVALID", "dance,1,MODEL_NOT_FOUND"})
    void a_call_that_does_not_fit_the_model_is_refused(String service, long times, Problem problem) {
        lamp.attach(bed);

        assertRefused(problem, () -> bed.calls.call(Wanted.service(LAMP, service, times(times))));
        assertThat(lamp.sent).isEmpty();
    }

    @Test
    void a_device_without_a_model_takes_any_call() throws Exception {
        Held bell = new Held(BELL);
        Session session = bell.attach(bed);
        CompletableFuture<Call> waiting = bed.calls(Wanted.service(BELL, "ring", level(1000)));
        assertThat(bell.next().downlink()).isEqualTo(new Downlink.Command("101", "ring", level(1000), true));
        bed.answers(session, "101", answer(true, level(-1)));

        assertThat(ended(waiting).outcome().answer()).isEqualTo(answer(true, level(-1)));
    }

    @Test
    void refusals_leave_nothing_behind() {
        assertRefused(Problem.DEVICE_OFFLINE, () -> bed.calls.call(BLINK));
        assertRefused(Problem.DEVICE_OFFLINE, () -> bed.calls.call(LEARN));
        assertRefused(Problem.INVALID_ARGUMENT, () -> bed.calls.call(BLINK.keepFor(Duration.ofHours(1))));
        assertRefused(
                Problem.DEVICE_NOT_FOUND,
                () -> bed.calls.call(Wanted.service(new DeviceId("lamps", "none"), "blink", times(1))));
        Value.Fields huge = Value.Fields.of("song", new Value.Text("la".repeat(16 * 1024)));
        assertRefused(Problem.INVALID_ARGUMENT, () -> bed.calls.call(Wanted.service(BELL, "ring", huge)));
        bed.devices.enable(LAMP, false);
        assertRefused(Problem.DEVICE_DISABLED, () -> bed.calls.call(KEPT));

        assertThat(bed.store.overdue(Instant.MAX, 10)).isEmpty();
    }

    private static String id(Held device) {
        try {
            return device.next().downlink().id();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
