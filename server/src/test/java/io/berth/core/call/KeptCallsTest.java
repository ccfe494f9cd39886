package io.berth.core.call;

import static io.berth.core.call.CallBed.LAMP;
import static io.berth.core.call.CallBed.answer;
import static io.berth.core.call.CallBed.ended;
import static io.berth.core.call.CallBed.times;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.call.CallBed.Held;
import io.berth.core.message.CallState;
import io.berth.core.message.DeliveryState;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Calls that are kept for devices that are not there.
final class KeptCallsTest {
    private static final Wanted KEPT = Wanted.service(LAMP, "learn", times(3)).keepFor(Duration.ofHours(1));
    private static final Value.Fields DONE = Value.Fields.of("done", new Value.Whole(1));

    private final CallBed bed = new CallBed();
    private final Held lamp = new Held(LAMP);

    @Test
    void a_kept_call_waits_for_its_device_and_goes_out_in_order() throws Exception {
        List<String> ids = IntStream.range(0, 3)
                .mapToObj(_ -> ended(bed.calls(KEPT)))
                .peek(call -> assertThat(call.state()).isEqualTo(CallState.QUEUED))
                .map(Call::id)
                .toList();
        bed.clock.advance(Duration.ofMinutes(59));
        Session session = lamp.attach(bed);

        for (String id : ids) {
            Held.Sent sent = lamp.next();
            assertThat(lamp.sent)
                    .as("the next one goes out when this one was written")
                    .isEmpty();
            assertThat(bed.calls.get(LAMP, id).requestId())
                    .isEqualTo(sent.downlink().id());
            sent.delivery().reached(DeliveryState.SENT);
        }

        String last = ids.getLast();
        await().until(() -> bed.calls.get(LAMP, last).state() == CallState.SENT);
        bed.answers(session, bed.calls.get(LAMP, last).requestId(), answer(true, DONE));
        await().until(() -> bed.calls.get(LAMP, last).hasSucceeded());
    }

    @Test
    void a_kept_call_goes_out_at_once_to_a_device_that_is_there() throws Exception {
        lamp.attach(bed);
        CompletableFuture<Call> made = bed.calls(KEPT);
        lamp.next().delivery().reached(DeliveryState.SENT);

        assertThat(ended(made).state()).isEqualTo(CallState.SENT);
    }

    @Test
    void a_kept_call_waits_until_the_device_asks_for_its_topic() throws Exception {
        lamp.refusal = Held.Refusal.NOT_SUBSCRIBED;
        Session session = lamp.attach(bed);
        assertThat(ended(bed.calls(KEPT)).state()).isEqualTo(CallState.QUEUED);

        lamp.refusal = Held.Refusal.NONE;
        bed.sessions.subscribed(session);

        lamp.next().delivery().reached(DeliveryState.SENT);
        await().until(() -> bed.call(LAMP).state() == CallState.SENT);
    }

    @Test
    void a_kept_call_that_could_not_be_written_waits_for_the_next_connection() throws Exception {
        Session first = lamp.attach(bed);
        CompletableFuture<Call> made = bed.calls(KEPT);
        lamp.next().delivery().failed(Problem.CONNECTION_LOST, "gone");
        assertThat(ended(made).state()).isEqualTo(CallState.QUEUED);
        assertThat(bed.call(LAMP).requestId()).isEmpty();

        bed.sessions.detach(first, CloseCause.CONNECTION_LOST);
        lamp.attach(bed);
        lamp.next().delivery().reached(DeliveryState.SENT);
        await().until(() -> bed.call(LAMP).state() == CallState.SENT);
    }

    @Test
    void a_kept_call_expires_unsent_and_is_not_sent_any_more() {
        ended(bed.calls(KEPT));
        bed.clock.advance(Duration.ofHours(1));
        lamp.attach(bed);
        bed.calls.giveUpOverdue();

        assertThat(bed.call(LAMP).state()).isEqualTo(CallState.EXPIRED);
        assertThat(lamp.sent).isEmpty();
    }

    @Test
    void the_device_has_its_time_for_the_answer_however_late_it_came() throws Exception {
        ended(bed.calls(KEPT.timeout(Duration.ofSeconds(30))));
        bed.clock.advance(Duration.ofHours(1).minusSeconds(1));
        lamp.attach(bed);
        lamp.next().delivery().reached(DeliveryState.SENT);
        await().until(() -> bed.call(LAMP).state() == CallState.SENT);

        bed.clock.advance(Duration.ofSeconds(29));
        bed.calls.giveUpOverdue();
        assertThat(bed.call(LAMP).state()).isEqualTo(CallState.SENT);
        bed.clock.advance(Duration.ofSeconds(1));
        bed.calls.giveUpOverdue();
        assertThat(bed.call(LAMP).state()).isEqualTo(CallState.TIMED_OUT);
    }

    @Test
    void no_more_calls_wait_for_a_device_than_the_bound() {
        IntStream.range(0, Calls.Limits.DEFAULT.maxQueued()).forEach(_ -> ended(bed.calls(KEPT)));

        assertRefused(Problem.LIMIT_REACHED, () -> ended(bed.calls(KEPT)));
    }
}
