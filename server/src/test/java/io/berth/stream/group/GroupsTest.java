package io.berth.stream.group;

import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Problem;
import io.berth.core.message.Event;
import io.berth.core.message.Fact;
import io.berth.core.subscription.Reader;
import io.berth.core.subscription.Readers.Attendance;
import io.berth.core.subscription.Readers.Pace;
import io.berth.core.subscription.Readers.Peer;
import io.berth.core.subscription.Selection;
import io.berth.stream.group.Consumer.Settlement;
import io.berth.testing.ConsumerOf;
import io.berth.testing.SampleEvents;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who gets what, and how often.
@Timeout(180)
final class GroupsTest {
    private final GroupBed bed = new GroupBed();

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void a_group_gets_what_comes_after_its_beginning_and_only_as_much_as_was_asked_for() {
        bed.append("d", "before");
        bed.clock.advance(Duration.ofMillis(1));
        bed.groups.begin(new Reader("g", Selection.ALL, GroupBed.BOUNDS, bed.clock.instant(), false));
        TestConsumer app = bed.consumer("g").asks(3);
        bed.append("d", 5);

        app.awaits(3);
        assertThat(app.texts()).containsExactly("0", "1", "2");
        app.asks(10).awaits(5);
        assertThat(app.texts()).containsExactly("0", "1", "2", "3", "4");
        app.accepts(5);
        bed.awaitProgress("g", progress -> progress.waiting() == 0 && progress.delivered() == 5);
    }

    @Test
    void each_group_gets_its_own_copy_of_what_it_selects() {
        Selection status = new Selection(Set.of("pk"), Set.of(Event.Kind.STATUS));
        bed.groups.begin(new Reader("status", status, GroupBed.BOUNDS, TestClock.START, false));
        bed.group("all");
        TestConsumer ofStatus = bed.consumer("status").asks(10);
        TestConsumer ofAll = bed.consumer("all").asks(10);
        bed.append("d", "m");
        bed.append(SampleEvents.of("d", new Fact.Status(true, "connected", Instant.EPOCH, "")));

        ofAll.awaits(2);
        ofStatus.awaits(1);
        assertThat(ofStatus.received()).extracting(each -> each.event().kind()).containsExactly(Event.Kind.STATUS);
    }

    @Test
    void a_group_that_selects_something_else_keeps_its_consumers_and_what_they_have() {
        Selection messages = new Selection(Set.of("pk"), Set.of(Event.Kind.MESSAGE));
        bed.groups.begin(new Reader("g", messages, GroupBed.BOUNDS, TestClock.START, false));
        TestConsumer app = bed.consumer("g").asks(10);
        bed.append("d", "before");
        app.awaits(1);
        bed.groups.select("g", new Selection(Set.of("pk"), Set.of(Event.Kind.STATUS)));
        bed.append("d", "not wanted any more");
        bed.append(SampleEvents.of("d", new Fact.Status(true, "connected", Instant.EPOCH, "")));

        app.awaits(2);
        assertThat(app.received())
                .extracting(each -> each.event().kind())
                .containsExactly(Event.Kind.MESSAGE, Event.Kind.STATUS);
        app.accepts(2);
        bed.awaitProgress("g", progress -> progress.waiting() == 0 && progress.redelivered() == 0);
    }

    @Test
    void what_waits_is_counted_anew_when_a_group_selects_something_else() {
        bed.group("g");
        bed.append("d", 3);
        bed.append(SampleEvents.of("d", new Fact.Status(true, "connected", Instant.EPOCH, "")));
        bed.awaitProgress("g", progress -> progress.waiting() == 4);
        bed.groups.select("g", new Selection(Set.of("pk"), Set.of(Event.Kind.STATUS)));

        bed.awaitProgress("g", progress -> progress.waiting() == 1 && progress.dropped() == 0);
    }

    @Test
    void consumers_of_a_group_share_its_events_evenly() {
        bed.group("g");
        List<TestConsumer> apps = List.of(bed.consumer("g"), bed.consumer("g"), bed.consumer("g"));
        apps.forEach(app -> app.asks(1_000));
        bed.append("d", 300);

        await().until(() -> apps.stream().mapToInt(TestConsumer::count).sum() == 300);
        assertThat(apps).allSatisfy(app -> assertThat(app.count()).isEqualTo(100));
        List<String> received = new ArrayList<>();
        apps.forEach(app -> received.addAll(app.texts()));
        assertThat(received).doesNotHaveDuplicates();
    }

    @Test
    void a_consumer_that_asks_for_nothing_gets_nothing_and_holds_nobody_up() {
        bed.group("g");
        TestConsumer idle = bed.consumer("g");
        TestConsumer busy = bed.consumer("g").asks(100);
        bed.append("d", 100);

        busy.awaits(100);
        assertThat(idle.count()).isZero();
    }

    @Test
    void the_operator_sees_who_consumes() {
        bed.group("g");
        TestConsumer app = bed.consumer("g").asks(2);
        bed.append("d", 2);
        app.awaits(2).accepts(1);

        assertThat(bed.progress("g").consumers())
                .containsExactly(new Attendance(new Peer("consumer of g", ""), TestClock.START, 1, new Pace(1, 0)));
        app.goesAway();
        assertThat(bed.progress("g").consumers()).isEmpty();
    }

    /// Spec aliyun-openapi 3.2, QueryConsumerGroupStatus.
    @Test
    void what_is_accepted_in_a_minute_is_counted_apart_for_news_and_for_what_had_waited() {
        bed.group("g");
        bed.append("d", 2);
        bed.clock.advance(Duration.ofMinutes(5));
        TestConsumer app = bed.consumer("g").asks(3);
        app.awaits(2).accepts(2);
        bed.append("d", 1);
        app.awaits(1).accepts(1);

        assertThat(bed.progress("g").lastAccepted()).isEqualTo(bed.clock.instant());
        assertThat(pace()).isEqualTo(new Pace(1, 2));
        bed.clock.advance(Duration.ofSeconds(59));
        assertThat(pace()).isEqualTo(new Pace(1, 2));
        bed.clock.advance(Duration.ofSeconds(1));
        assertThat(pace()).isEqualTo(new Pace(0, 0));
    }

    private Pace pace() {
        return bed.progress("g").consumers().getFirst().pace();
    }

    @Test
    void there_are_no_more_consumers_than_configured_and_none_of_a_group_that_is_not_there() {
        bed.group("g");
        IntStream.range(0, GroupBed.CONFIG.consumers()).forEach(_ -> bed.consumer("g"));

        assertRefused(Problem.LIMIT_REACHED, () -> bed.consumer("g"));
        assertRefused(Problem.NOT_FOUND, () -> bed.consumer("none"));
    }

    @Test
    void a_failed_event_comes_again_later_and_later_with_its_attempts_counted() {
        bed.group("g");
        TestConsumer app = bed.consumer("g").asks(100);
        bed.append("d", "m");
        app.awaits(1);
        for (int attempt = 1; attempt < GroupBed.BOUNDS.maxAttempts(); attempt++) {
            app.settles(1, Settlement.FAILED);
            Duration wait = Duration.ofSeconds(1L << (attempt - 1));
            Duration justBefore = wait.multipliedBy(79).dividedBy(100);
            bed.clock.advance(justBefore);
            bed.append("d", "marker");
            app.awaits(2 * attempt);
            assertThat(app.texts().getLast()).isEqualTo("marker");
            app.accepts(1);

            bed.clock.advance(wait.minus(justBefore));
            app.awaits(2 * attempt + 1);
            assertThat(app.texts().getLast()).isEqualTo("m");
            assertThat(app.received().getLast().attempts()).isEqualTo(attempt);
        }
        assertThat(bed.progress("g").redelivered()).isEqualTo(4);
    }

    @Test
    void the_wait_for_another_try_has_an_end() {
        Redelivery redelivery = new Redelivery(Duration.ofSeconds(1), Duration.ofMinutes(1));

        assertThat(redelivery.millis(0, 0)).isEqualTo(1_000);
        assertThat(redelivery.millis(1, 0)).isEqualTo(1_000);
        assertThat(redelivery.millis(2, 0)).isEqualTo(2_000);
        assertThat(redelivery.millis(7, 0)).isEqualTo(60_000);
        assertThat(redelivery.millis(1_000, 0)).isEqualTo(60_000);
        assertThat(redelivery.millis(1_000, 1)).isEqualTo(48_000);
    }

    @Test
    void an_event_that_is_given_back_comes_again_and_counts_no_attempt() {
        bed.group("g");
        TestConsumer app = bed.consumer("g").asks(100);
        bed.append("d", "m");
        for (int times = 1; times <= 10; times++) {
            app.awaits(times).settles(1, Settlement.RELEASED);
            bed.clock.advance(GroupBed.REDELIVERY.first());
        }
        app.awaits(11);
        assertThat(app.received())
                .allSatisfy(each -> assertThat(each.attempts()).isZero());
    }

    @Test
    void an_event_nobody_accepts_becomes_a_dead_letter() {
        bed.group("g");
        TestConsumer app = bed.consumer("g").asks(100);
        bed.append("d", "poison");
        bed.append("d", "good");
        app.awaits(2);
        app.settles(1, Settlement.REJECTED);
        app.accepts(1);
        for (int attempt = 2; attempt <= GroupBed.BOUNDS.maxAttempts(); attempt++) {
            bed.clock.advance(GroupBed.REDELIVERY.most());
            app.awaits(attempt + 1).settles(1, Settlement.REJECTED);
        }

        bed.awaitProgress("g", progress -> progress.waiting() == 0 && progress.dead() == 1);
        assertThat(bed.groups.dead("g", 10)).singleElement().satisfies(dead -> {
            assertThat(SampleEvents.text(dead.event())).isEqualTo("poison");
            assertThat(dead.attempts()).isEqualTo(GroupBed.BOUNDS.maxAttempts());
            assertThat(dead.reason()).contains("failed");
        });
    }

    @Test
    void what_is_not_settled_in_time_goes_to_another_and_the_late_answer_is_ignored() {
        bed.group("g");
        TestConsumer slow = bed.consumer("g", Duration.ofSeconds(30)).asks(1);
        bed.append("d", "m");
        slow.awaits(1);
        TestConsumer other = bed.consumer("g").asks(1);
        bed.clock.advance(Duration.ofSeconds(30));
        bed.awaitProgress("g", progress -> unsettled(progress.consumers()) == 0);
        bed.clock.advance(GroupBed.REDELIVERY.first());

        other.awaits(1);
        assertThat(other.received().getFirst().attempts()).isEqualTo(1);
        slow.accepts(1);
        assertThat(bed.progress("g").waiting()).isEqualTo(1);
        other.accepts(1);
        assertThat(bed.progress("g").waiting()).isZero();
    }

    @Test
    void what_a_consumer_leaves_behind_goes_to_the_others_at_once() {
        bed.group("g");
        TestConsumer crashing = bed.consumer("g").asks(10);
        bed.append("d", 10);
        crashing.awaits(10).accepts(4);
        TestConsumer other = bed.consumer("g").asks(100);
        crashing.goesAway();

        other.awaits(6);
        assertThat(other.texts()).containsExactly("4", "5", "6", "7", "8", "9");
        assertThat(other.received())
                .allSatisfy(each -> assertThat(each.attempts()).isEqualTo(1));
    }

    @Test
    void what_the_last_consumer_leaves_behind_waits_for_the_next_one_in_order() {
        bed.group("g");
        TestConsumer first = bed.consumer("g").asks(5);
        bed.append("d", 10);
        first.awaits(5);
        first.settle(first.next(), Settlement.FAILED);
        first.goesAway();

        TestConsumer second = bed.consumer("g").asks(100).awaits(10);
        assertThat(second.texts())
                .isSubsetOf(IntStream.range(0, 10).mapToObj(Integer::toString).toList());
        assertThat(second.texts()).isEqualTo(first10());
        assertThat(second.received()).extracting(each -> each.attempts()).containsExactly(1, 1, 1, 1, 1, 0, 0, 0, 0, 0);
    }

    @Test
    void a_consumer_that_throws_is_let_go() {
        bed.group("g");
        bed.groups
                .attach("g", Duration.ZERO, new ConsumerOf(_ -> {
                    throw new IllegalStateException("the test throws");
                }))
                .request(1);
        bed.append("d", "m");
        bed.awaitProgress("g", progress -> progress.consumers().isEmpty());

        assertThat(bed.consumer("g").asks(1).awaits(1).texts()).containsExactly("m");
    }

    @Test
    void no_more_than_the_window_is_out_at_once() {
        bed.group("g");
        int window = GroupBed.CONFIG.window();
        TestConsumer app = bed.consumer("g").asks(10 * window);
        bed.append("d", 3 * window);
        app.awaits(window);
        bed.awaitProgress("g", progress -> progress.waiting() == 3L * window);
        assertThat(app.count()).isEqualTo(window);

        app.accepts(window);
        app.awaits(2 * window).accepts(window);
        app.awaits(3 * window);
    }

    @Test
    void a_group_that_was_deleted_ends_its_consumers_and_leaves_nothing_behind() {
        bed.group("g");
        TestConsumer app = bed.consumer("g").asks(1);
        bed.append("d", 2);
        app.awaits(1);
        await().until(() -> bed.cursors.saved() > 0);

        bed.groups.end("g");

        await().until(() -> app.ended() != null);
        assertThat(bed.cursors.load()).isEmpty();
        assertThat(bed.interest.wants("pk", Event.Kind.MESSAGE)).isFalse();
        assertRefused(Problem.NOT_FOUND, () -> bed.consumer("g"));
        assertRefused(Problem.NOT_FOUND, () -> bed.progress("g"));
    }

    @Test
    void a_thousand_groups_get_everything() {
        List<TestConsumer> apps = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            bed.group("g" + i);
            apps.add(bed.consumer("g" + i).asks(100));
        }
        bed.append("d", 100);

        apps.forEach(app -> app.awaits(100));
        assertThat(apps).allSatisfy(app -> assertThat(app.texts()).doesNotHaveDuplicates());
    }

    private static List<String> first10() {
        return IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    }

    private static int unsettled(List<Attendance> consumers) {
        return consumers.stream().mapToInt(Attendance::unsettled).sum();
    }
}
