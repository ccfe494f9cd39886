package io.berth.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.device.DeviceId;
import io.berth.core.message.Events;
import io.berth.testing.FakeLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SessionsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final DeviceId DEVICE = new DeviceId("a1pk", "dev1");

    private final FakeLog log = FakeLog.holding();
    private final List<Session> seen = new ArrayList<>();
    private final Sessions sessions = new Sessions(new Events(log, InstantSource.fixed(NOW)), seen::add);

    @Test
    void a_device_goes_online_with_its_first_session_and_offline_with_its_last() {
        Session session = session(new RecordingLink());

        sessions.attach(session);
        assertThat(sessions.find(DEVICE)).isSameAs(session);
        sessions.detach(session, CloseCause.KEEP_ALIVE_EXPIRED);

        assertThat(sessions.find(DEVICE)).isNull();
        assertThat(log.says()).containsExactly("online connected", "offline keep-alive-expired");
        assertThat(seen).containsExactly(session, session);
    }

    @Test
    void a_newer_session_closes_the_older_one_and_the_device_stays_online() {
        RecordingLink oldLink = new RecordingLink();
        Session older = session(oldLink);
        Session newer = session(new RecordingLink());

        sessions.attach(older);
        sessions.attach(newer);
        sessions.detach(older, CloseCause.TAKEN_OVER);

        assertThat(oldLink.closed).containsExactly(CloseCause.TAKEN_OVER);
        assertThat(sessions.find(DEVICE)).isSameAs(newer);
        assertThat(log.says()).containsExactly("online connected");
    }

    @Test
    void online_is_told_before_offline_whichever_thread_is_faster() throws InterruptedException {
        for (int round = 0; round < 500; round++) {
            log.events.clear();
            Session session = session(new RecordingLink());
            Thread ending = Thread.ofPlatform().start(() -> {
                while (!session.equals(sessions.find(DEVICE))) {
                    Thread.onSpinWait();
                }
                sessions.detach(session, CloseCause.DEVICE_DISABLED);
            });
            sessions.attach(session);
            ending.join();

            assertThat(log.says()).containsExactly("online connected", "offline device-disabled");
        }
    }

    @Test
    void nothing_is_announced_when_nobody_wants_it() {
        log.wanting = false;
        Session session = session(new RecordingLink());

        sessions.attach(session);
        sessions.detach(session, CloseCause.DISCONNECTED);

        assertThat(log.events).isEmpty();
    }

    @Test
    void sessions_are_found_by_product() {
        Session here = session(new RecordingLink());
        Session there = new Session(new DeviceId("other", "dev1"), "test", "127.0.0.1:2", NOW, new RecordingLink());
        sessions.attach(here);
        sessions.attach(there);

        assertThat(sessions.ofProduct("a1pk")).containsExactly(here);
        assertThat(sessions.count()).isEqualTo(2);
    }

    private static Session session(Link link) {
        return new Session(DEVICE, "test", "127.0.0.1:1", NOW, link);
    }
}
