package io.berth.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.device.DeviceId;
import io.berth.core.message.Events;
import io.berth.testing.FakeLog;
import io.berth.testing.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RollCallTest {
    private final List<Session> called = new ArrayList<>();
    private final Sessions sessions = new Sessions(new Events(new FakeLog(), new TestClock()), new Register());
    private final RollCall roll = new RollCall(sessions);

    @Test
    void each_device_that_is_online_is_called_once_an_hour_and_not_all_at_a_time() {
        List<Session> online = IntStream.range(0, 200)
                .mapToObj(i -> new Session(
                        new DeviceId("pk", "d" + i), "test", "192.0.2.7:1", TestClock.START, new RecordingLink()))
                .toList();
        online.forEach(sessions::attach);
        sessions.detach(online.getFirst(), CloseCause.DISCONNECTED);

        roll.next();
        assertThat(called).hasSizeLessThan(100);
        for (int minute = 1; minute < RollCall.PARTS; minute++) {
            roll.next();
        }
        assertThat(called).containsExactlyInAnyOrderElementsOf(online.subList(1, 200));

        for (int minute = 0; minute < RollCall.PARTS; minute++) {
            roll.next();
        }
        assertThat(called).hasSize(2 * 199);
    }

    private final class Register implements Sessions.PresenceListener {
        @Override
        public void seen(Session session) {}

        @Override
        public void stillHere(Session session) {
            called.add(session);
        }
    }
}
