package io.berth.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.state.Facts;
import io.berth.core.state.Things;
import io.berth.core.thing.Sample;
import io.berth.testing.FakeLog;
import io.berth.testing.MemoryThings;
import io.berth.testing.TestClock;
import io.berth.testing.TestEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class UplinksTest {
    private static final DeviceId DEVICE = new DeviceId("a1pk", "dev1");
    private static final Payload BYTES = Payload.of("{}");

    private final TestClock clock = new TestClock();
    private final FakeLog log = FakeLog.holding();
    private final Events events = new Events(log, clock);
    private final Sessions sessions = new Sessions(events, _ -> {});
    private final Uplinks uplinks = new Uplinks(
            events,
            new Things(new MemoryThings(), clock),
            new Requests(new Downlinks(sessions, new NoSessionStore()), sessions, 10, 0),
            Uplinks.LateReplies.IGNORED);
    private final Session session = new Session(DEVICE, "test", "127.0.0.1:1", clock.instant(), new RecordingLink());
    private final List<@Nullable Throwable> accepted = new ArrayList<>();

    @Test
    void what_a_device_says_of_itself_is_told_as_what_it_says() {
        Fact tags = new Fact.Tagged(Map.of("room", "B2"));

        uplinks.accept(session, new Uplink.Info("/sys/t", Qos.AT_LEAST_ONCE, BYTES, tags), accepted::add);

        assertThat(log.events).extracting(Event::fact).containsExactly(tags);
        assertThat(log.events.getFirst().topic()).isEqualTo("/sys/t");
        assertThat(accepted).isEmpty();
        log.completions.getFirst().done(null);
        assertThat(accepted).hasSize(1).containsOnlyNulls();
    }

    @Test
    void what_says_no_more_than_its_bytes_is_a_message() {
        uplinks.accept(session, new Uplink.Info("/sys/t", Qos.AT_LEAST_ONCE, BYTES), accepted::add);

        assertThat(log.events).extracting(Event::kind).containsExactly(Event.Kind.MESSAGE);
    }

    @Test
    void a_device_does_not_wait_for_what_nobody_wants() {
        log.wanting = false;

        uplinks.accept(session, new Uplink.Message("/t", Qos.AT_LEAST_ONCE, BYTES), accepted::add);

        assertThat(log.events).isEmpty();
        assertThat(accepted).hasSize(1).containsOnlyNulls();
    }

    @Test
    void whoever_follows_messages_hears_them_whether_anybody_wants_events() {
        List<Uplink.Message> heard = new ArrayList<>();
        uplinks.followMessages((_, message) -> heard.add(message));
        log.wanting = false;
        Uplink.Message message = new Uplink.Message("/t", Qos.AT_LEAST_ONCE, BYTES);

        uplinks.accept(session, message, accepted::add);

        assertThat(heard).containsExactly(message);
    }

    @Test
    void what_a_gateway_reports_of_a_device_behind_it_names_the_gateway() {
        DeviceId child = new DeviceId("sub", "c1");
        Sample sample = new Sample("Level", new Value.Whole(5), clock.instant());
        Uplink.Pack pack = new Uplink.Pack(
                "/t",
                Qos.AT_LEAST_ONCE,
                BYTES,
                List.of(Facts.ofSamples(child, List.of(sample)), Facts.ofSamples(DEVICE, List.of(sample))));

        uplinks.accept(session, pack, accepted::add);

        assertThat(log.events)
                .extracting(Event::device, event -> TestEvents.origin(event).gateway())
                .containsExactly(tuple(child, DEVICE), tuple(DEVICE, null));
    }

    @Test
    void what_is_left_out_of_a_report_is_told_to_those_alone_who_follow_reports() {
        Facts facts = Facts.ofSamples(DEVICE, List.of(new Sample("Level", new Value.Whole(5), clock.instant())));
        List<Facts> heard = new ArrayList<>();
        uplinks.follow((_, parts) -> heard.addAll(parts));
        uplinks.sift(_ -> List.of());

        uplinks.accept(session, new Uplink.PropertyReport("/t", Qos.AT_LEAST_ONCE, BYTES, facts), accepted::add);

        assertThat(log.events).isEmpty();
        assertThat(accepted).hasSize(1).containsOnlyNulls();
        assertThat(heard).containsExactly(facts);
    }
}
