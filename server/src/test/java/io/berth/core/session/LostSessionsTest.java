package io.berth.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.DeviceStore.Presence;
import io.berth.core.message.BulkEvents;
import io.berth.core.message.Event;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import io.berth.testing.FakeLog;
import io.berth.testing.MemoryRegistry;
import io.berth.testing.TestClock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LostSessionsTest {
    private static final DeviceId LOST = new DeviceId("a1pk", "lost");
    private static final DeviceId GONE_BEFORE = new DeviceId("a1pk", "gone");

    private final DeviceStore store = new MemoryRegistry().devices();

    @BeforeEach
    void a_node_is_killed_while_one_device_is_attached() {
        store.recordPresence(List.of(
                new Presence(LOST, TestClock.START, "192.0.2.7:1", true),
                new Presence(GONE_BEFORE, TestClock.START, "192.0.2.7:2", false)));
    }

    @Test
    void the_next_start_tells_that_the_device_went_and_tells_it_once() {
        FakeLog log = new FakeLog();
        LostSessions lost = new LostSessions(store, new BulkEvents(new Events(log, new TestClock())));

        lost.tell();
        lost.tell();

        assertThat(log.events).hasSize(1);
        assertThat(log.events.getFirst().device()).isEqualTo(LOST);
        assertThat(log.events.getFirst().fact())
                .isEqualTo(new Fact.Status(false, "node-lost", TestClock.START, "192.0.2.7:1"));
    }

    @Test
    void what_could_not_be_told_is_told_by_the_start_after_that() {
        FakeLog log = FakeLog.holding();
        LostSessions lost = new LostSessions(store, new BulkEvents(new Events(log, new TestClock())));

        Thread starting = Thread.ofVirtual().start(lost::tell);
        await().until(() -> log.completions.size() == 1);
        log.completions.getFirst().done(new ProblemException(Problem.STORAGE_UNAVAILABLE, "no disk"));
        await().until(() -> !starting.isAlive());

        assertThat(store.attached(10)).extracting(Presence::id).containsExactly(LOST);
        assertThat(log.events).extracting(Event::kind).containsExactly(Event.Kind.STATUS);
    }
}
