package io.berth.stream.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Payload;
import io.berth.core.subscription.ConsumerGroup.Bounds;
import io.berth.stream.group.Consumer.Settlement;
import io.berth.testing.SampleEvents;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What waits: how it is counted, given up, kept in order, reset and found again after a restart.
@Timeout(180)
final class GroupBoundsTest {
    private final GroupBed bed = new GroupBed();

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void what_waits_is_counted_exactly_whoever_reads() {
        bed.group("g");
        bed.append("a", 30);
        bed.append("b", 20);
        bed.awaitProgress("g", progress -> progress.waiting() == 50);

        TestConsumer app = bed.consumer("g").asks(15).awaits(15);
        app.accepts(10);
        bed.append("c", 5);
        bed.awaitProgress("g", progress -> progress.waiting() == 45);
        app.goesAway();
        bed.append("c", 5);
        bed.awaitProgress("g", progress -> progress.waiting() == 50);

        bed.groups.close();
        bed.groups = new Groups(bed.log, bed.interest, bed.cursors, GroupBed.CONFIG, bed.clock);
        bed.group("g");
        bed.awaitProgress("g", progress -> progress.waiting() == 50);
    }

    @Test
    void the_age_of_the_oldest_is_shown() {
        bed.group("g");
        assertThat(bed.progress("g").oldest()).isNull();
        bed.append("d", "old");
        bed.clock.advance(Duration.ofMinutes(5));
        bed.append("d", "new");
        bed.awaitProgress("g", progress -> TestClock.START.equals(progress.oldest()));

        bed.consumer("g").asks(1).awaits(1).accepts(1);
        bed.consumer("g").asks(1).awaits(1);
        assertThat(bed.progress("g").oldest()).isEqualTo(TestClock.START.plus(Duration.ofMinutes(5)));
    }

    @Test
    void what_is_too_old_is_given_up_and_counted_with_or_without_a_consumer() {
        bed.group("g", new Bounds(Duration.ofHours(1), 1_000, 5), false);
        bed.append("d", 10);
        TestConsumer app = bed.consumer("g").asks(3).awaits(3);
        app.settles(1, Settlement.FAILED);
        app.goesAway();
        bed.clock.advance(Duration.ofMinutes(61));
        bed.append("d", "new");

        bed.awaitProgress("g", progress -> progress.dropped() == 10 && progress.waiting() == 1);
        assertThat(bed.consumer("g").asks(100).awaits(1).texts()).containsExactly("new");
    }

    @Test
    void what_is_too_much_is_given_up_the_oldest_first() {
        bed.group("g", new Bounds(Duration.ofHours(1), 20, 5), false);
        bed.append("d", 100);

        bed.awaitProgress("g", progress -> progress.waiting() == 20 && progress.dropped() == 80);
        TestConsumer app = bed.consumer("g").asks(100).awaits(20);
        assertThat(app.texts()).isEqualTo(numbers(80, 100));
    }

    @Test
    void the_oldest_of_all_partitions_goes_first() {
        bed.group("g", new Bounds(Duration.ofHours(1), 20, 5), false);
        for (int i = 0; i < 100; i++) {
            bed.append(i % 10 == 0 ? "a" : "b", Integer.toString(i));
            bed.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(Math.abs(bed.log.span(0).next() - bed.log.span(1).next()))
                .as("both are in use")
                .isEqualTo(80);

        bed.awaitProgress("g", progress -> progress.waiting() == 20 && progress.dropped() == 80);
        assertThat(bed.consumer("g").asks(100).awaits(20).texts())
                .containsExactlyInAnyOrderElementsOf(numbers(80, 100));
    }

    @Test
    void what_is_too_long_together_is_given_up_the_oldest_first() {
        int octets =
                SampleEvents.message("d", Payload.of("00"), TestClock.START).octets();
        bed.group("g", new Bounds(Duration.ofHours(1), 1_000, 20L * octets, 5), false);
        IntStream.range(10, 100).forEach(i -> bed.append("d", Integer.toString(i)));

        bed.awaitProgress("g", progress -> progress.waiting() == 20 && progress.dropped() == 70);
        TestConsumer app = bed.consumer("g").asks(100).awaits(20);
        assertThat(app.texts()).isEqualTo(numbers(80, 100));
        app.goesAway();
        bed.append("d", "x".repeat(4 * octets));

        bed.awaitProgress("g", progress -> progress.waiting() == 16);
        assertThat(bed.consumer("g").asks(100).awaits(16).texts())
                .startsWith("85")
                .hasSize(16);
    }

    @Test
    void an_event_a_consumer_holds_is_not_given_up() {
        bed.group("g", new Bounds(Duration.ofHours(1), 1_000, 5), false);
        bed.append("d", 1);
        TestConsumer app = bed.consumer("g").asks(1).awaits(1);
        bed.clock.advance(Duration.ofHours(2));
        bed.append("d", "new");
        bed.awaitProgress("g", progress -> progress.waiting() == 2);

        app.accepts(1);
        bed.awaitProgress("g", progress -> progress.waiting() == 1 && progress.dropped() == 0);
    }

    @Test
    void what_the_log_lets_go_unread_is_counted_as_dropped() {
        bed.group("g");
        bed.append("d", 10);
        bed.awaitProgress("g", progress -> progress.waiting() == 10);
        for (int partition = 0; partition < bed.log.partitions(); partition++) {
            bed.log.dropBefore(partition, bed.log.span(partition).next() - 4);
        }

        bed.awaitProgress("g", progress -> progress.waiting() == 4 && progress.dropped() == 6);
        assertThat(bed.consumer("g").asks(100).awaits(4).texts()).isEqualTo(numbers(6, 10));
    }

    @Test
    void in_order_the_next_event_of_a_device_waits_for_the_one_before_it() {
        bed.group("rule", GroupBed.BOUNDS, true);
        TestConsumer rule = bed.consumer("rule").asks(100);
        bed.append("a", "a1");
        bed.append("a", "a2");
        bed.append("b", "b1");
        bed.append("a", "a3");
        rule.awaits(2);
        assertThat(rule.texts()).containsExactlyInAnyOrder("a1", "b1");

        Consumer.Delivered first = rule.next();
        Consumer.Delivered second = rule.next();
        boolean isA = first.event().deviceName().equals("a");
        rule.settle(isA ? first : second, Settlement.FAILED);
        bed.clock.advance(GroupBed.REDELIVERY.first());
        rule.awaits(3);
        assertThat(rule.texts().getLast()).isEqualTo("a1");
        rule.accepts(1);
        rule.awaits(4).accepts(1);
        rule.awaits(5).accepts(1);
        assertThat(rule.texts().subList(2, 5)).containsExactly("a1", "a2", "a3");
    }

    @Test
    void in_order_a_dead_event_lets_the_next_one_go() {
        bed.group("rule", new Bounds(Duration.ofDays(1), 100, 1), true);
        TestConsumer rule = bed.consumer("rule").asks(100);
        bed.append("a", "poison");
        bed.append("a", "good");
        rule.awaits(1).settles(1, Settlement.FAILED);

        assertThat(rule.awaits(2).texts()).containsExactly("poison", "good");
    }

    @Test
    void in_order_a_crash_of_the_consumer_keeps_the_order_too() {
        bed.group("rule", GroupBed.BOUNDS, true);
        bed.append("a", 5);
        TestConsumer first = bed.consumer("rule").asks(100).awaits(1);
        first.accepts(1);
        first.awaits(2);
        first.goesAway();

        TestConsumer second = bed.consumer("rule").asks(100);
        for (int i = 1; i <= 4; i++) {
            second.awaits(i).accepts(1);
        }
        assertThat(second.texts()).isEqualTo(numbers(1, 5));
    }

    @Test
    void a_group_is_told_again_from_a_moment_on_and_late_answers_do_not_count() {
        bed.group("g");
        TestConsumer app = bed.consumer("g").asks(100);
        bed.append("d", "1");
        bed.clock.advance(Duration.ofMinutes(1));
        Instant middle = bed.clock.instant();
        bed.append("d", "2");
        bed.append("d", "3");
        app.awaits(3).accepts(1);

        bed.groups.reset("g", middle);
        app.awaits(5);
        assertThat(app.texts()).containsExactly("1", "2", "3", "2", "3");
        app.accepts(2);
        assertThat(bed.progress("g").waiting()).isEqualTo(2);
        app.accepts(2);
        bed.awaitProgress("g", progress -> progress.waiting() == 0);
    }

    @Test
    void a_group_may_leave_out_what_waits() {
        bed.group("g");
        bed.append("d", 10);
        bed.clock.advance(Duration.ofMillis(1));
        bed.groups.reset("g", bed.clock.instant());
        bed.append("d", "new");

        assertThat(bed.consumer("g").asks(100).awaits(1).texts()).containsExactly("new");
    }

    @Test
    void after_a_restart_only_what_was_not_settled_is_told_again_with_its_attempts() {
        bed.group("g");
        TestConsumer app = bed.consumer("g").asks(100);
        bed.append("d", 10);
        app.awaits(10);
        List<Consumer.Delivered> delivered = app.received();
        int saved = bed.cursors.saved();
        app.settle(delivered.get(3), Settlement.FAILED);
        IntStream.of(0, 1, 2, 5, 7, 9).forEach(i -> app.settle(delivered.get(i), Settlement.ACCEPTED));
        bed.append("e", "marker");
        await().until(() -> bed.cursors.saved() > saved + 1);

        bed.groups.close();
        assertThat(app.ended()).isNotNull();
        bed.groups = new Groups(bed.log, bed.interest, bed.cursors, GroupBed.CONFIG, bed.clock);
        bed.group("g");
        TestConsumer again = bed.consumer("g").asks(100);
        again.awaits(5);
        assertThat(again.texts()).containsExactlyInAnyOrder("3", "4", "6", "8", "marker");
        assertThat(again.received())
                .filteredOn(each -> text(each).equals("3"))
                .allSatisfy(each -> assertThat(each.attempts()).isEqualTo(1));
    }

    @Test
    void after_a_crash_no_more_is_told_twice_than_was_settled_since_the_last_save() {
        GroupBed crashing = new GroupBed(1, GroupBed.UNSAVED);
        crashing.group("g");
        TestConsumer app = crashing.consumer("g").asks(100);
        crashing.append("d", 10);
        app.awaits(10).accepts(4);
        crashing.groups.reset("g", TestClock.START); // saves
        app.awaits(20);

        crashing.crash(GroupBed.UNSAVED);
        crashing.group("g");
        assertThat(crashing.consumer("g").asks(100).awaits(10).texts()).isEqualTo(numbers(0, 10));
        crashing.close();
    }

    @Test
    void a_store_that_fails_for_a_while_loses_no_dead_letter() {
        bed.group("g", new Bounds(Duration.ofDays(1), 100, 1), false);
        bed.cursors.refuse(true);
        TestConsumer app = bed.consumer("g").asks(100);
        bed.append("d", "poison");
        app.awaits(1).settles(1, Settlement.REJECTED);
        bed.awaitProgress("g", progress -> progress.dead() == 1);
        assertThat(bed.progress("g").waiting()).isEqualTo(1);

        bed.cursors.refuse(false);
        bed.awaitProgress("g", progress -> progress.waiting() == 0);
        assertThat(bed.groups.dead("g", 10)).hasSize(1);
    }

    private static String text(Consumer.Delivered delivered) {
        return SampleEvents.text(delivered.event());
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }
}
