package io.berth.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Event;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import io.berth.core.message.Qos;
import io.berth.core.outbox.OutboxMessage.State;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Messages;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.testing.FakeLog;
import io.berth.testing.HeldDevice;
import io.berth.testing.MemoryOutbox;
import io.berth.testing.MemorySessions;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OutboxTest {
    private static final DeviceId DEVICE = new DeviceId("pk", "d1");

    private final TestClock clock = new TestClock();
    private final FakeLog log = new FakeLog();
    private final Events events = new Events(log, clock);
    private final Sessions sessions = new Sessions(events, _ -> {});
    private final Messages messages = new Messages(new Downlinks(sessions, new MemorySessions(2)), events, 0);
    private final MemoryOutbox store = new MemoryOutbox();
    private final Outbox outbox = new Outbox(store, messages, sessions, new Outbox.Limits(3), clock);

    OutboxTest() {
        sessions.follow(outbox);
        messages.follow(outbox);
    }

    @Test
    void a_message_is_delivered_when_its_device_confirms_it() throws Exception {
        attach(OutboxTest::confirm);
        send("a", Duration.ZERO);
        becomes("a", State.DELIVERED);
    }

    @Test
    void messages_wait_for_their_device_and_go_out_in_order() throws Exception {
        send("a", Duration.ofMinutes(5));
        send("b", Duration.ofMinutes(5));
        assertThat(state("a")).isEqualTo(State.WAITING);

        HeldDevice device = attach(OutboxTest::confirm);
        assertThat(device.next()).isEqualTo(message("a"));
        assertThat(device.next()).isEqualTo(message("b"));
        becomes("b", State.DELIVERED);
    }

    @Test
    void one_that_may_not_wait_fails_at_once() {
        assertThat(send("a", Duration.ZERO).problem()).isEqualTo(Problem.DEVICE_OFFLINE);
        assertThat(state("a")).isEqualTo(State.FAILED);
    }

    @Test
    void one_that_waits_too_long_is_given_up_and_never_sent() {
        send("a", Duration.ofMinutes(5));
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        outbox.giveUpOverdue();
        assertThat(state("a")).isEqualTo(State.WAITING);

        clock.advance(Duration.ofMillis(1));
        outbox.giveUpOverdue();
        assertThat(state("a")).isEqualTo(State.TIMED_OUT);
    }

    @Test
    void one_whose_connection_broke_is_sent_again() throws Exception {
        HeldDevice first = new HeldDevice((_, delivery) -> delivery.failed(Problem.CONNECTION_LOST, "gone"));
        Session session = first.session(DEVICE);
        sessions.attach(session);
        sessions.detach(session, CloseCause.CONNECTION_LOST);
        send("a", Duration.ofMinutes(5));
        HeldDevice second = attach(OutboxTest::confirm);
        assertThat(second.next()).isEqualTo(message("a"));
        becomes("a", State.DELIVERED);
    }

    @Test
    void what_the_device_cannot_be_told_has_failed() {
        attach((_, delivery) -> delivery.failed(Problem.NOT_SUBSCRIBED, "nobody asked"));
        send("a", Duration.ofMinutes(5));
        becomes("a", State.FAILED);
        assertThat(outbox.get(DEVICE, "a").problem()).isEqualTo(Problem.NOT_SUBSCRIBED);
    }

    @Test
    void what_the_last_run_left_is_sent_by_this_one() throws Exception {
        send("a", Duration.ofMinutes(5));
        Outbox next = new Outbox(store, messages, sessions, new Outbox.Limits(3), clock);
        next.load();
        sessions.follow(next);
        assertThat(attach(OutboxTest::confirm).next()).isEqualTo(message("a"));
    }

    /// Spec huawei-iotda 9, device.message.status.
    @Test
    void whoever_follows_a_message_hears_its_name_and_that_it_waits_until_it_is_delivered() {
        send("a", Duration.ofMinutes(5));
        attach(OutboxTest::confirm);
        becomes("a", State.DELIVERED);

        assertThat(told())
                .containsExactly(
                        progress("a", DeliveryState.QUEUED, null),
                        progress("a", DeliveryState.SENT, null),
                        progress("a", DeliveryState.ACKNOWLEDGED, null));
    }

    @Test
    void whoever_follows_a_message_hears_that_it_failed_at_once_or_in_the_end() {
        send("now or never", Duration.ZERO);
        send("a", Duration.ofMinutes(5));
        clock.advance(Duration.ofMinutes(5));
        outbox.giveUpOverdue();

        assertThat(told())
                .containsExactly(
                        progress("now or never", DeliveryState.QUEUED, Problem.DEVICE_OFFLINE),
                        progress("a", DeliveryState.QUEUED, null),
                        progress("a", DeliveryState.QUEUED, Problem.TIMED_OUT));
    }

    @Test
    void a_message_that_is_sent_again_is_not_told_as_failed() {
        Session[] first = new Session[1];
        first[0] = new HeldDevice((_, delivery) -> {
                    sessions.detach(first[0], CloseCause.CONNECTION_LOST);
                    delivery.failed(Problem.CONNECTION_LOST, "gone");
                })
                .session(DEVICE);
        sessions.attach(first[0]);
        send("a", Duration.ofMinutes(5));
        becomes("a", State.WAITING);
        attach(OutboxTest::confirm);
        becomes("a", State.DELIVERED);

        assertThat(told())
                .containsExactly(
                        progress("a", DeliveryState.SENT, null), progress("a", DeliveryState.ACKNOWLEDGED, null));
    }

    private record Progress(
            String id,
            String name,
            DeliveryState state,
            @Nullable Problem problem) {}

    private static Progress progress(String id, DeliveryState state, @Nullable Problem problem) {
        return new Progress(id, "greeting", state, problem);
    }

    private List<Progress> told() {
        return log.events.stream()
                .map(Event::fact)
                .<Progress>mapMulti((fact, each) -> {
                    if (fact instanceof Fact.MessageProgress message) {
                        each.accept(
                                new Progress(message.message(), message.name(), message.state(), message.problem()));
                    }
                })
                .toList();
    }

    @Test
    void a_message_that_a_session_kept_is_written_down_when_it_arrives_after_all() {
        attach((_, _) -> {});
        send("a", Duration.ofMinutes(5));
        becomes("a", State.SENT);
        messages.resumed(DEVICE, "a", "t").reached(DeliveryState.ACKNOWLEDGED);
        assertThat(state("a")).isEqualTo(State.DELIVERED);
    }

    private HeldDevice attach(java.util.function.BiConsumer<Downlink, Delivery> reaction) {
        HeldDevice device = new HeldDevice(reaction);
        sessions.attach(device.session(DEVICE));
        return device;
    }

    private static void confirm(Downlink downlink, Delivery delivery) {
        delivery.reached(DeliveryState.SENT);
        delivery.reached(DeliveryState.ACKNOWLEDGED);
    }

    private OutboxMessage send(String id, Duration keepFor) {
        return outbox.send(new Outbox.Draft(
                DEVICE, id, Value.Fields.of("name", new Value.Text("greeting")), message(id), keepFor));
    }

    private static Downlink.Message message(String text) {
        return new Downlink.Message("t", Qos.AT_LEAST_ONCE, Payload.of(text));
    }

    private State state(String id) {
        return outbox.get(DEVICE, id).state();
    }

    private void becomes(String id, State state) {
        await().untilAsserted(() -> assertThat(state(id)).isEqualTo(state));
    }
}
