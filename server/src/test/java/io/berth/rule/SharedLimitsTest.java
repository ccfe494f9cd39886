package io.berth.rule;

import static io.berth.rule.RuleBed.everything;
import static io.berth.rule.RuleBed.to;
import static io.berth.rule.RuleBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.rule.BacklogPolicy;
import io.berth.core.rule.FlowPolicy;
import io.berth.core.rule.FlowPolicy.Scope;
import io.berth.core.rule.Rule;
import io.berth.rule.Destination.Outcome;
import io.berth.testing.SampleEvents;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Policies over all rules (spec huawei-iotda 8).
@Timeout(180)
final class SharedLimitsTest {
    private static final Outcome DOWN = Outcome.retry("it is down");
    private static final int OCTETS =
            SampleEvents.message("d", Payload.of("000"), TestClock.START).octets();

    private final RuleBed bed = new RuleBed();

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void rules_share_what_one_policy_lets_pass() {
        bed.book.flows(List.of(flow("1", new Scope.Everything(), 50)));
        long begun = System.nanoTime();
        bed.book.run(everything("one", to("a")));
        bed.book.run(everything("two", to("b")));

        append(15);

        until(() -> bed.fake("a").taken.size() == 15 && bed.fake("b").taken.size() == 15);
        // 30 messages, of which the first goes at once and one more may make up for a late waking
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(28 * 20));
    }

    @Test
    void a_policy_of_one_scope_holds_nobody_else_up() {
        Rule one = everything("one", to("a"), to("b"));
        Rule two = everything("two", to("c"));
        bed.book.flows(List.of(flow("1", new Scope.OfAction(one.id(), "a"), 1)));
        bed.book.run(one);
        bed.book.run(two);

        append(40);

        until(() -> bed.fake("b").taken.size() == 40 && bed.fake("c").taken.size() == 40);
        assertThat(bed.fake("a").taken).hasSizeLessThan(40);
    }

    @Test
    void a_scope_covers_all_a_kind_a_rule_or_an_action() {
        Rule rule = everything("one", to("a"), to("b"));
        Rule.Action action = rule.actions().getFirst();
        assertThat(new Scope.Everything().covers(rule, action)).isTrue();
        assertThat(new Scope.OfKind("fake").covers(rule, action)).isTrue();
        assertThat(new Scope.OfKind("http").covers(rule, action)).isFalse();
        assertThat(new Scope.OfRule(rule.id()).covers(rule, action)).isTrue();
        assertThat(new Scope.OfRule("another").covers(rule, action)).isFalse();
        assertThat(new Scope.OfAction(rule.id(), "a").covers(rule, action)).isTrue();
        assertThat(new Scope.OfAction(rule.id(), "b").covers(rule, action)).isFalse();
        assertThat(new Scope.OfAction("another", "a").covers(rule, action)).isFalse();
    }

    @Test
    void a_wider_limit_and_none_hold_for_those_that_wait_already() {
        bed.book.flows(List.of(flow("1", new Scope.Everything(), 1)));
        bed.book.run(everything("one", to("a")));
        append(2_000);
        until(() -> !bed.fake("a").taken.isEmpty());

        bed.book.flows(List.of(flow("1", new Scope.Everything(), 100)));
        until(() -> bed.fake("a").taken.size() > 50);
        bed.book.flows(List.of());

        until(() -> bed.fake("a").taken.size() == 2_000);
    }

    @Test
    void more_than_a_backlog_holds_is_given_up_the_oldest_first() {
        Rule rule = everything("one", to("a"));
        bed.fake("a").answer = _ -> DOWN;
        bed.book.run(rule);
        bed.book.backlogs(List.of(backlog("1", 100_000_000, 3600), backlog("2", 50L * OCTETS, 80_000)));

        // of one partition of the log, for each gives up its own share
        IntStream.range(100, 1_000).forEach(i -> bed.append("d" + 2 * (i % 4), Integer.toString(i)));
        String reader = rule.reader(rule.actions().getFirst());
        until(() -> bed.groups.progress(reader).dropped() >= 850);
        bed.fake("a").answer = _ -> Outcome.DONE;

        until(() -> bed.fake("a").bodies().contains("999"));
        bed.awaitState(rule, "a", state -> state.waiting() == 0);
        assertThat(bed.fake("a").bodies())
                .hasSizeBetween(30, 50)
                .contains("998", "997", "996", "980")
                .doesNotContain("500");
    }

    @Test
    void what_is_older_than_a_backlog_may_be_is_given_up() {
        Rule rule = everything("one", to("a"));
        bed.fake("a").answer = _ -> DOWN;
        bed.book.run(rule);
        append(10);
        bed.awaitState(rule, "a", state -> state.failed() > 0);
        bed.clock.advance(Duration.ofMinutes(10));
        bed.append("d", "new");

        bed.book.backlogs(List.of(backlog("1", 1_000_000, 60)));
        bed.awaitState(rule, "a", state -> state.waiting() == 1);
        bed.fake("a").answer = _ -> Outcome.DONE;

        until(() -> bed.fake("a").bodies().equals(List.of("new")));
    }

    @Test
    void without_a_backlog_a_message_is_tried_once() {
        Rule rule = everything("one", to("a"));
        bed.fake("a").answer = _ -> DOWN;
        bed.book.backlogs(List.of(backlog("1", 0, 60)));
        bed.book.run(rule);

        append(1);

        bed.awaitState(rule, "a", state -> state.refused() == 1 && state.failed() == 1 && state.waiting() == 0);
    }

    /// Messages of three octets each.
    private void append(int count) {
        IntStream.range(0, count).forEach(i -> bed.append("d" + i % 7, String.format("%03d", 100 + i)));
    }

    private static FlowPolicy flow(String id, Scope scope, int perSecond) {
        return new FlowPolicy(id, "flow", "", scope, perSecond);
    }

    private static BacklogPolicy backlog(String id, long octets, int seconds) {
        return new BacklogPolicy(id, "backlog", "", octets, Duration.ofSeconds(seconds));
    }
}
