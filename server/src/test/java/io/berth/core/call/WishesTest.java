package io.berth.core.call;

import static io.berth.core.call.CallBed.LAMP;
import static io.berth.core.call.CallBed.level;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.berth.core.Completion;
import io.berth.core.Page;
import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.call.CallBed.Held;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Session;
import io.berth.core.state.Facts;
import io.berth.core.state.ThingState;
import io.berth.core.state.Things;
import io.berth.core.thing.Module;
import io.berth.core.thing.Sample;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// When devices hear what is wanted of them. The dialect `again` is one that tells them again.
final class WishesTest {
    private final CallBed bed = new CallBed();
    private final Held lamp = new Held(LAMP);

    @Test
    void a_wish_is_sent_at_once_to_a_device_that_is_there_whatever_it_has_now() throws Exception {
        Session session = lamp.attach(bed, "asks itself", null);
        reports(session, 7);

        want(7);

        assertThat(toldLevel()).isEqualTo(7);
    }

    @Test
    void a_wish_for_an_absent_device_waits_and_is_no_call() throws Exception {
        ThingState state = bed.wishes.want(LAMP, level(7), null);

        assertThat(state.pending()).isEqualTo(level(7));
        assertThat(bed.calls.list(LAMP, new Page.Request(null, 1)).items()).isEmpty();
    }

    @Test
    void several_modules_are_changed_together_or_not_at_all() throws Exception {
        String key = level(7).fields().firstEntry().getKey();
        String module = Module.moduleOf(key);
        bed.wishes.revise(LAMP, List.of(new Things.Revision(module, level(7), 0L)));

        assertThatThrownBy(() -> bed.wishes.revise(
                        LAMP,
                        List.of(
                                new Things.Revision(module, level(8), null),
                                new Things.Revision("other", Value.Fields.NONE, 5L))))
                .isInstanceOf(ProblemException.class);
        assertThat(bed.wishes.state(LAMP).pending()).isEqualTo(level(7));

        Value.Fields none = Value.Fields.of(key, Value.Nothing.NOTHING);
        assertThat(bed.wishes
                        .revise(LAMP, List.of(new Things.Revision(module, none, 1L)))
                        .pending())
                .isEqualTo(Value.Fields.NONE);
        assertThat(bed.wishes.state(LAMP).version(module)).isEqualTo(2);
    }

    @Test
    void a_device_that_is_told_again_hears_its_wishes_when_it_connects() throws Exception {
        bed.wishes.want(LAMP, level(7), null);
        lamp.attach(bed, "again", null);

        assertThat(toldLevel()).isEqualTo(7);
    }

    @Test
    void a_device_that_asks_itself_is_not_told_when_it_connects() throws Exception {
        bed.wishes.want(LAMP, level(7), null);
        lamp.attach(bed, "asks itself", null);

        assertNothingIsTold();
    }

    @Test
    void a_device_that_has_what_is_wanted_is_not_told() throws Exception {
        bed.wishes.want(LAMP, level(7), null);
        reports(lamp.attach(bed, "asks itself", null), 7);
        lamp.attach(bed, "again", null);

        assertNothingIsTold();
    }

    @Test
    void a_device_that_reports_something_else_is_told_again_but_not_at_once() throws Exception {
        Session session = lamp.attach(bed, "again", null);
        want(7);
        assertThat(toldLevel()).isEqualTo(7);

        reports(session, 3);
        assertNothingIsTold();
        bed.clock.advance(Duration.ofSeconds(10));
        reports(session, 3);
        assertThat(toldLevel()).isEqualTo(7);
        bed.clock.advance(Duration.ofSeconds(10));
        reports(session, 7);
        assertNothingIsTold();
        reports(session, 8);
        assertThat(toldLevel()).isEqualTo(7);
    }

    @Test
    void what_was_held_back_is_sent_when_its_time_comes_without_a_report() throws Exception {
        Session session = lamp.attach(bed, "again", null);
        want(7);
        assertThat(toldLevel()).isEqualTo(7);
        bed.sessions.detach(session, CloseCause.CONNECTION_LOST);
        lamp.attach(bed, "again", null);
        assertNothingIsTold();

        bed.clock.advance(Duration.ofSeconds(9));
        bed.wishes.tellHeldBack();
        assertNothingIsTold();
        bed.clock.advance(Duration.ofSeconds(1));
        await().until(() -> {
            bed.wishes.tellHeldBack();
            return !lamp.sent.isEmpty();
        });
        assertThat(toldLevel()).isEqualTo(7);
    }

    @Test
    void a_silent_device_is_not_told_every_ten_seconds() throws Exception {
        bed.wishes.want(LAMP, level(7), null);
        lamp.attach(bed, "again", null);
        assertThat(toldLevel()).isEqualTo(7);

        bed.clock.advance(Duration.ofMinutes(1));
        bed.wishes.tellHeldBack();
        assertNothingIsTold();
    }

    @Test
    void another_wish_is_sent_at_once() throws Exception {
        lamp.attach(bed, "again", null);
        want(7);
        assertThat(toldLevel()).isEqualTo(7);
        want(8);

        assertThat(toldLevel()).isEqualTo(8);
    }

    @Test
    void a_forgotten_wish_is_not_sent() throws Exception {
        bed.wishes.want(LAMP, level(7), null);
        bed.wishes.forget(LAMP, List.of(new Things.Wish("Level", null)));
        lamp.attach(bed, "again", null);

        assertNothingIsTold();
    }

    @Test
    void a_wish_that_does_not_fit_is_refused() {
        assertRefused(
                Problem.VALUE_INVALID, () -> bed.wishes.want(LAMP, Value.Fields.of("Watts", new Value.Whole(1)), null));
        assertRefused(Problem.VERSION_CONFLICT, () -> bed.wishes.want(LAMP, level(1), new Things.ModuleVersion("", 3)));
        assertThat(bed.state.state(LAMP).desired()).isEmpty();
    }

    /// Wants it from another thread: the caller hears when the device was told.
    private void want(long level) {
        Thread.ofVirtual().start(() -> {
            try {
                bed.wishes.want(LAMP, level(level), null);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private long toldLevel() throws InterruptedException {
        Held.Sent sent = lamp.next();
        sent.delivery().reached(DeliveryState.SENT);
        Value.Fields values = ((Downlink.PropertySet) sent.downlink()).values();
        return ((Value.Whole) values.get("Level")).number();
    }

    /// Telling is a matter of microseconds here.
    private void assertNothingIsTold() throws InterruptedException {
        assertThat(lamp.sent.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    private void reports(Session session, long level) {
        Sample sample = new Sample("Level", new Value.Whole(level), bed.clock.instant());
        Facts facts = Facts.ofSamples(LAMP, List.of(sample));
        bed.uplinks.accept(
                session, new Uplink.PropertyReport("t", Qos.AT_MOST_ONCE, Payload.EMPTY, facts), Completion.IGNORED);
    }
}
