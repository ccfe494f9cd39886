package io.berth.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Event;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import io.berth.core.message.Qos;
import io.berth.testing.FakeLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MessagesTest {
    private static final DeviceId DEVICE = new DeviceId("a1pk", "dev1");
    private static final Downlink.Message MESSAGE =
            new Downlink.Message("/a1pk/dev1/user/get", Qos.AT_LEAST_ONCE, Payload.of("x"));

    private final FakeLog log = FakeLog.holding();
    private final RecordingLink link = new RecordingLink();
    private final Events events = new Events(log, InstantSource.fixed(Instant.EPOCH));
    private final Sessions sessions = new Sessions(events, _ -> {});
    private final Messages messages = new Messages(new Downlinks(sessions, new NoSessionStore()), events, 41);

    @Test
    void each_state_is_told_under_the_id_the_application_gave() {
        Delivery sent = attachedAndSent("order-7");
        sent.reached(DeliveryState.SENT);
        sent.reached(DeliveryState.ACKNOWLEDGED);

        assertThat(told())
                .containsExactly(
                        progress("order-7", DeliveryState.SENT, ""),
                        progress("order-7", DeliveryState.ACKNOWLEDGED, ""));
    }

    @Test
    void a_message_without_an_id_gets_one_of_its_own() {
        attachedAndSent(null).sentUnconfirmed();

        assertThat(told())
                .containsExactly(progress("42", DeliveryState.SENT, "sent at QoS 0: the device confirms nothing"));
    }

    @Test
    void a_failure_is_told_with_how_far_it_got() {
        Delivery sent = attachedAndSent("1");
        sent.reached(DeliveryState.SENT);
        sent.failed(Problem.CONNECTION_LOST, "gone");

        assertThat(told().getLast())
                .isEqualTo(new Fact.MessageProgress(
                        "1", "", MESSAGE.topic(), DeliveryState.SENT, Problem.CONNECTION_LOST, "gone"));
    }

    @Test
    void whoever_sends_hears_it_too() {
        sessions.attach(new Session(DEVICE, "test", "127.0.0.1:1", Instant.EPOCH, link));
        Heard heard = new Heard();
        messages.send(DEVICE, "1", MESSAGE, heard);
        link.deliveries.getFirst().reached(DeliveryState.SENT);
        link.deliveries.getFirst().failed(Problem.TIMED_OUT, "late");

        assertThat(heard.words).containsExactly("SENT", "TIMED_OUT late");
    }

    @Test
    void nothing_is_between_sender_and_device_when_nobody_follows() {
        log.wanting = false;
        sessions.attach(new Session(DEVICE, "test", "127.0.0.1:1", Instant.EPOCH, link));
        Heard heard = new Heard();

        messages.send(DEVICE, "1", MESSAGE, heard);

        assertThat(link.deliveries).containsExactly(heard);
    }

    private Delivery attachedAndSent(@Nullable String id) {
        sessions.attach(new Session(DEVICE, "test", "127.0.0.1:1", Instant.EPOCH, link));
        messages.send(DEVICE, id, MESSAGE, Delivery.UNWATCHED);
        return link.deliveries.getFirst();
    }

    private List<Fact> told() {
        return log.events.stream()
                .map(Event::fact)
                .filter(Fact.MessageProgress.class::isInstance)
                .toList();
    }

    private static Fact progress(String id, DeliveryState state, String detail) {
        return new Fact.MessageProgress(id, "", MESSAGE.topic(), state, null, detail);
    }

    private static final class Heard implements Delivery {
        private final List<String> words = new ArrayList<>();

        @Override
        public void reached(DeliveryState state) {
            words.add(state.name());
        }

        @Override
        public void failed(Problem problem, String detail) {
            words.add(problem + " " + detail);
        }
    }
}
