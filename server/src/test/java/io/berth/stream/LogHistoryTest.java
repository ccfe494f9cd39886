package io.berth.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.EventHistory;
import io.berth.core.subscription.Selection;
import io.berth.testing.MemoryLog;
import io.berth.testing.TestEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogHistoryTest {
    /// More than is read at once.
    private static final int MANY = 2_500;

    private final MemoryLog log = new MemoryLog(1);

    @Test
    void what_rules_put_into_an_inbox_did_not_happen() {
        DeviceId device = new DeviceId("a1", "d1");
        DeviceId inbox = new DeviceId(Selection.inboxOf("group"), "d1");
        append(TestEvents.message(1, device, "first"));
        for (int i = 0; i < MANY; i++) {
            append(TestEvents.message(2 + i, inbox, "copy"));
        }
        append(TestEvents.message(2 + MANY, device, "last"));

        assertThat(all()).extracting(TestEvents::text).containsExactly("first", "last");
    }

    private void append(Event event) {
        log.append(event, _ -> {});
    }

    private List<Event> all() {
        EventHistory.Past past = new LogHistory(log).since(Instant.EPOCH);
        List<Event> all = new ArrayList<>();
        for (List<Event> some = past.next(); !some.isEmpty(); some = past.next()) {
            all.addAll(some);
        }
        return all;
    }
}
