package io.berth.core.alarm;

import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.alarm.Alarm.Severity;
import io.berth.core.alarm.Alarm.State;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import io.berth.testing.FakeLog;
import io.berth.testing.MemoryAlarms;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AlarmsTest {
    private static final DeviceId PUMP = new DeviceId("a1", "pump");

    private final TestClock clock = new TestClock();
    private final MemoryAlarms store = new MemoryAlarms();
    private final Alarms alarms = alarms(new Alarms.Limits(3, 100, 4));

    private Alarms alarms(Alarms.Limits limits) {
        return new Alarms(store, limits, clock);
    }

    @Test
    void raising_again_counts_and_clearing_ends_it() {
        alarms.raise("disk", Severity.MINOR, "The disk fills.");
        clock.advance(Duration.ofMinutes(1));
        alarms.raise("disk", Severity.MAJOR, "The disk is full.");

        Alarm alarm = alarms.get("disk");
        assertThat(alarm.times()).isEqualTo(2);
        assertThat(alarm.severity()).isEqualTo(Severity.MAJOR);
        assertThat(alarm.text()).isEqualTo("The disk is full.");
        assertThat(alarm.raised()).isEqualTo(TestClock.START);
        assertThat(alarm.lastRaised()).isEqualTo(clock.instant());
        assertThat(alarms.active(Severity.MAJOR)).isEqualTo(1);

        alarms.clear("disk");
        alarms.clear("disk");
        assertThat(alarms.get("disk").state()).isEqualTo(State.CLEARED);
        assertThat(alarms.active(Severity.MAJOR)).isZero();

        alarms.raise("disk", Severity.MINOR, "Again.");
        assertThat(alarms.get("disk").times()).isEqualTo(1);
    }

    @Test
    void the_trouble_of_a_device_is_over_when_it_is_deleted() throws InterruptedException {
        alarms.raise("hot", PUMP, Severity.MINOR, "Too hot.");
        alarms.raise("leak", PUMP, Severity.MAJOR, "It leaks.");
        alarms.raise("lamp", new DeviceId("a1", "lamp"), Severity.MINOR, "It is dark.");
        alarms.awaitKept();
        Alarms afterRestart = alarms(new Alarms.Limits(3, 100, 4));

        afterRestart.deviceDeleted(PUMP);
        afterRestart.deviceDeleted(PUMP);

        assertThat(afterRestart.list(State.CLEARED, new Page.Request(null, 10)).items())
                .extracting(Alarm::source)
                .containsExactlyInAnyOrder("hot", "leak");
        assertThat(afterRestart.get("lamp").isActive()).isTrue();
    }

    @Test
    void acknowledging_says_who_looks_after_it_until_it_is_over() throws InterruptedException {
        alarms.raise("disk", Severity.MINOR, "The disk fills.");
        assertThat(alarms.acknowledge("disk", "ann").state()).isEqualTo(State.ACKNOWLEDGED);
        alarms.raise("disk", Severity.MINOR, "The disk fills.");
        assertThat(alarms.get("disk").acknowledged()).isEqualTo("ann");

        alarms.clear("disk");
        assertRefused(Problem.VERSION_CONFLICT, () -> alarms.acknowledge("disk", "bob"));
        assertRefused(Problem.VERSION_CONFLICT, () -> alarms.clearByHand("disk", "bob"));
        assertRefused(Problem.NOT_FOUND, () -> alarms.acknowledge("none", "bob"));

        assertThat(alarms.history("disk", 10))
                .extracting(step -> step.change() + " " + step.by())
                .containsExactly("CLEARED ", "ACKNOWLEDGED ann", "RAISED ");
        alarms.raise("disk", Severity.MINOR, "The disk fills.");
        assertThat(alarms.get("disk").state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void what_is_over_for_longest_goes_first_when_there_are_too_many() {
        alarms.raise("old", Severity.MINOR, "");
        for (String source : List.of("first", "second")) {
            clock.advance(Duration.ofSeconds(1));
            alarms.raise(source, Severity.MINOR, "");
        }
        alarms.clear("second");
        alarms.raise("third", Severity.MINOR, "");
        assertThat(sources(null)).containsExactly("third", "first", "old");
        clock.advance(Duration.ofSeconds(1));
        alarms.raise("fourth", Severity.MINOR, "");

        assertThat(sources(null)).containsExactly("fourth", "third", "first");
        assertThat(store.list()).extracting(Alarm::source).containsExactlyInAnyOrder("first", "third", "fourth");
    }

    @Test
    void a_slow_store_gets_the_newest_of_each_alarm_in_one_batch_and_loses_the_oldest_history() throws Exception {
        store.hold();
        alarms.raise("disk", Severity.MINOR, "");
        for (int i = 0; i < 5; i++) {
            alarms.clear("disk");
            alarms.raise("disk", Severity.MINOR, "");
        }
        assertThat(store.saves()).isEqualTo(1);
        store.letGo();
        alarms.awaitKept();

        assertThat(store.saves()).isEqualTo(2);
        assertThat(store.list().getFirst().isActive()).isTrue();
        assertThat(store.history("disk", 100)).hasSize(1 + 4);
        assertThat(alarms.stepsDropped()).isEqualTo(6);
    }

    @Test
    void what_the_store_refused_is_tried_again_and_outlives_a_restart() throws InterruptedException {
        store.refuse(true);
        alarms.raise("disk", Severity.MINOR, "");
        assertRefused(Problem.STORAGE_UNAVAILABLE, alarms::awaitKept);
        store.refuse(false);
        alarms.flush();
        alarms.awaitKept();

        Alarms restarted = alarms(Alarms.Limits.DEFAULT);
        assertThat(restarted.get("disk")).isEqualTo(alarms.get("disk"));
        assertThat(restarted.history("disk", 10)).hasSize(1);
    }

    @Test
    void applications_hear_of_alarms_of_a_device_when_they_change() {
        FakeLog log = new FakeLog();
        alarms.follow(AlarmNews.by(new Events(log, clock)));
        alarms.raise("server", Severity.MINOR, "no device's");
        alarms.raise("scene:hot:a1:pump", PUMP, Severity.MINOR, "hot");
        alarms.raise("scene:hot:a1:pump", PUMP, Severity.MINOR, "hot");
        alarms.clear("scene:hot:a1:pump");

        assertThat(log.events).extracting(Event::device).containsExactly(PUMP, PUMP);
        assertThat(log.events)
                .extracting(event -> ((Fact.Told) event.fact()).content().get("change"))
                .containsExactly(new Value.Text("raised"), new Value.Text("cleared"));
        assertThat(log.events.getFirst().kind()).isEqualTo(Event.Kind.EVENT);
    }

    @Test
    void listing_pages_through_those_of_a_state() {
        for (String source : List.of("a", "b", "c")) {
            alarms.raise(source, Severity.MINOR, "");
        }
        alarms.clear("b");
        Page<Alarm> first = alarms.list(State.ACTIVE, new Page.Request(null, 1));
        assertThat(first.items()).extracting(Alarm::source).containsExactly("a");
        Page<Alarm> second = alarms.list(State.ACTIVE, new Page.Request(first.next(), 1));
        assertThat(second.items()).extracting(Alarm::source).containsExactly("c");
        assertThat(second.next()).isNull();
        assertRefused(Problem.INVALID_ARGUMENT, () -> alarms.list(null, new Page.Request("nonsense", 1)));
    }

    private List<String> sources(@Nullable State state) {
        return alarms.list(state, new Page.Request(null, 100)).items().stream()
                .map(Alarm::source)
                .toList();
    }
}
