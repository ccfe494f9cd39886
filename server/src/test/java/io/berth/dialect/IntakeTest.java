package io.berth.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.Events;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Requests;
import io.berth.core.session.Sessions;
import io.berth.core.session.Traffic;
import io.berth.core.session.Uplinks;
import io.berth.core.session.Visits;
import io.berth.core.state.Things;
import io.berth.dialect.Intake.Fate;
import io.berth.testing.FakeLog;
import io.berth.testing.MemorySessions;
import io.berth.testing.MemoryThings;
import io.berth.testing.TestClock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class IntakeTest {
    private static final DeviceId DEVICE = new DeviceId("p", "d");
    private static final Reading MESSAGE =
            new Reading.Accepted(new Uplink.Message("t", Qos.AT_LEAST_ONCE, Payload.of("x")), null);

    private final TestClock clock = new TestClock();
    private final FakeLog log = FakeLog.holding();
    private final Events events = new Events(log, clock);
    private final Sessions sessions = new Sessions(events, _ -> {});
    private final List<Object> ends = new CopyOnWriteArrayList<>();
    private final Intake intake = new Intake(
            new Uplinks(
                    events,
                    new Things(new MemoryThings(), clock),
                    new Requests(new Downlinks(sessions, new MemorySessions(1)), sessions, 10, 0),
                    Uplinks.LateReplies.IGNORED),
            new Visits(sessions, Visits.Limits.DEFAULT, Traffic.UNCOUNTED, clock),
            Traffic.UNCOUNTED,
            1);

    @Test
    void a_message_is_taken_when_the_log_has_it_for_good() {
        take(MESSAGE);
        assertThat(ends).isEmpty();

        log.completions.getLast().done(null);

        assertThat(ends).containsExactly(Fate.TAKEN);
        assertThat(log.events).extracting(Event::kind).containsExactly(Event.Kind.STATUS, Event.Kind.MESSAGE);
    }

    @Test
    void a_message_the_log_does_not_take_is_not_taken() {
        take(MESSAGE);
        log.completions.getLast().done(new ProblemException(Problem.OVERLOADED, "full"));

        assertThat(ends).containsExactly(Fate.FAILED);
    }

    @Test
    void what_is_not_understood_is_dropped_and_the_device_online_all_the_same() {
        take(new Reading.Dropped("nonsense", null));

        assertThat(ends).containsExactly(Fate.DROPPED);
        assertThat(sessions.isOnline(DEVICE)).isTrue();
    }

    @Test
    void a_message_of_a_device_behind_this_one_is_dropped() {
        take(new Reading.Through(new DeviceId("p", "child"), MESSAGE));

        assertThat(ends).containsExactly(Fate.DROPPED);
    }

    @Test
    void what_takes_a_look_is_read_elsewhere_and_not_too_many_at_once() {
        CompletableFuture<Reading> found = new CompletableFuture<>();
        take(new Reading.Later(found::join));
        take(new Reading.Later(found::join));
        assertThat(ends).containsExactly(Fate.OVERLOADED);

        found.complete(new Reading.Dropped("nonsense", null));

        await().until(() -> ends.size() == 2);
        assertThat(ends).containsExactly(Fate.OVERLOADED, Fate.DROPPED);
    }

    @Test
    void a_fault_of_ours_is_told_as_one() {
        IllegalStateException fault = new IllegalStateException("ours");
        take(new Reading.Later(() -> {
            throw fault;
        }));

        await().until(() -> !ends.isEmpty());
        assertThat(ends).containsExactly(fault);
    }

    private void take(Reading reading) {
        intake.take(
                new Intake.Arrival(DEVICE, "test", "192.0.2.7:1", (_, _) -> reading, Payload.of("x")),
                new Intake.Ending() {
                    @Override
                    public void ended(Fate fate) {
                        ends.add(fate);
                    }

                    @Override
                    public void failed(Throwable fault) {
                        ends.add(fault);
                    }
                });
    }
}
