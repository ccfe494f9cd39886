package io.berth.rule;

import static io.berth.rule.RuleBed.ALL;
import static io.berth.rule.RuleBed.everything;
import static io.berth.rule.RuleBed.rule;
import static io.berth.rule.RuleBed.to;
import static io.berth.rule.RuleBed.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.ProblemException;
import io.berth.core.message.Event;
import io.berth.core.rule.Rule;
import io.berth.core.rule.Rule.Policy;
import io.berth.core.rule.Rule.Source;
import io.berth.core.rule.Rule.Statement;
import io.berth.core.rule.RuleEngine.Refusal;
import io.berth.core.topic.TopicFilter;
import io.berth.rule.Destination.Outcome;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
final class RuleBookTest {
    private static final Outcome DOWN = Outcome.retry("it is down");

    private final RuleBed bed = new RuleBed();

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void an_event_that_passes_source_and_statement_is_sent_as_the_statement_makes_it() {
        bed.book.run(rule(
                "hot",
                ALL,
                new Statement.Sql(
                        "SELECT t AS temperature, deviceName() AS who FROM \"/pk/+/user/update\" WHERE t > 30"),
                to("a")));

        bed.append("d1", "{\"t\":20}");
        bed.append("d1", "{\"t\":31}");
        bed.append("d1", "no json");

        until(() -> bed.fake("a").bodies().equals(List.of("{\"temperature\":31,\"who\":\"d1\"}")));
    }

    @Test
    void the_other_vendors_statement_works_too() {
        bed.book.run(rule("cold", ALL, new Statement.SelectWhere("t AS temperature", "t < 0"), to("a")));

        bed.append("d1", "{\"t\":1}");
        bed.append("d1", "{\"t\":-1}");

        until(() -> bed.fake("a").bodies().equals(List.of("{\"temperature\":-1}")));
    }

    @Test
    void a_source_chooses_kinds_products_devices_and_topics() {
        Rule kinds =
                rule("kinds", new Source(Set.of(Event.Kind.STATUS), Set.of(), List.of(), List.of()), whole(), to("k"));
        Rule products = rule("products", new Source(Set.of(), Set.of("other"), List.of(), List.of()), whole(), to("p"));
        Rule devices =
                rule("devices", new Source(Set.of(), Set.of("pk"), List.of("pump-*"), List.of()), whole(), to("d"));
        Rule topics = rule(
                "topics",
                new Source(Set.of(), Set.of(), List.of(), List.of(new TopicFilter("/pk/+/user/#"))),
                whole(),
                to("t"));
        List.of(kinds, products, devices, topics).forEach(bed.book::run);

        bed.append("pump-1", "{\"n\":1}");
        bed.append("lamp.1", "{\"n\":2}");

        until(() -> bed.fake("t").bodies().equals(List.of("{\"n\":1}", "{\"n\":2}"))
                || bed.fake("t").bodies().equals(List.of("{\"n\":2}", "{\"n\":1}")));
        until(() -> bed.fake("d").bodies().equals(List.of("{\"n\":1}")));
        assertThat(bed.fake("k").tried).isEmpty();
        assertThat(bed.fake("p").tried).isEmpty();
    }

    @Test
    void messages_of_a_device_stay_in_order_while_tries_fail_and_devices_go_side_by_side() {
        AtomicInteger tries = new AtomicInteger();
        bed.fake("a").answer = _ -> tries.incrementAndGet() % 4 == 0 ? DOWN : Outcome.DONE;
        bed.book.run(everything("all", to("a", new Policy(0, Duration.ofDays(1), 1_000_000, 0, 4, ""))));

        IntStream.range(0, 200).forEach(i -> bed.append("d" + i % 10, Integer.toString(i)));

        until(() -> bed.fake("a").taken.size() == 200);
        for (int device = 0; device < 10; device++) {
            String name = "d" + device;
            assertThat(bed.fake("a").taken.stream()
                            .filter(message -> message.event().deviceName().equals(name))
                            .map(message -> Integer.valueOf(message.body().text())))
                    .isSorted()
                    .hasSize(20);
        }
        assertThat(bed.fake("a").busiest.get()).isBetween(1, 4);
    }

    @Test
    void a_hanging_destination_holds_up_nobody_else() {
        Rule stuck = everything("stuck", to("stuck", new Policy(0, Duration.ofDays(1), 1_000_000, 0, 2, "")));
        bed.fake("stuck").hang();
        bed.book.run(stuck);
        bed.book.run(everything("free", to("free")));

        IntStream.range(0, 2_000).forEach(i -> bed.append("d" + i % 50, Integer.toString(i)));

        until(() -> bed.fake("free").taken.size() == 2_000);
        assertThat(bed.fake("stuck").taken).isEmpty();
        assertThat(bed.fake("stuck").tried).hasSizeLessThanOrEqualTo(2);
        bed.awaitState(stuck, "stuck", state -> state.waiting() == 2_000);

        bed.fake("stuck").turns.release(1_000_000);
        until(() -> bed.fake("stuck").taken.size() == 2_000);
    }

    @Test
    void a_destination_that_fails_is_left_alone_and_gets_the_stack_first_when_it_is_back() {
        Rule rule = everything("all", to("a"));
        bed.fake("a").answer = _ -> DOWN;
        bed.book.run(rule);

        IntStream.range(0, 50).forEach(i -> bed.append("d1", Integer.toString(i)));

        until(() -> bed.alarms.containsKey("rule:all:a"));
        assertThat(bed.alarms.get("rule:all:a")).contains("it is down", "Its messages wait");
        bed.awaitState(rule, "a", state -> state.suspendedUntil() != null && state.waiting() == 50);
        bed.append("d2", "later");

        bed.fake("a").answer = _ -> Outcome.DONE;

        until(() -> bed.fake("a").taken.size() == 51);
        assertThat(bed.fake("a").taken.stream()
                        .filter(message -> message.event().deviceName().equals("d1"))
                        .map(message -> Integer.valueOf(message.body().text())))
                .isSorted();
        until(() -> bed.alarms.isEmpty());
        bed.awaitState(rule, "a", state -> state.trouble().isEmpty());
    }

    @Test
    void while_a_destination_is_left_alone_one_message_at_a_time_tries_it() {
        try (RuleBed patient = new RuleBed(RuleBed.config(1, Duration.ofMillis(200)))) {
            int parallel = Policy.DEFAULT.parallel();
            Set<String> turnedAway = ConcurrentHashMap.newKeySet();
            FakeDestination down = patient.fake("a");
            down.answer = message -> {
                turnedAway.add(message.event().deviceName());
                return DOWN;
            };
            down.hang();
            patient.book.run(everything("all", to("a")));
            IntStream.range(0, parallel).forEach(i -> patient.append("d" + i, "x"));
            until(() -> down.busy.get() == parallel);
            down.turns.release(1_000_000);
            until(() -> turnedAway.size() == parallel && down.busy.get() == 0);
            IntStream.range(parallel, 100).forEach(i -> patient.append("d" + i, "x"));
            int before = down.tried.size();
            down.busiest.set(0);

            until(() -> down.tried.size() >= before + 3);

            assertThat(down.busiest.get()).isEqualTo(1);
        }
    }

    @Test
    void a_refused_message_goes_to_the_other_action_once_and_the_next_is_sent() {
        bed.fake("a").answer =
                message -> message.body().text().equals("bad") ? new Outcome.Refused("too odd") : Outcome.DONE;
        bed.fake("rest").answer = _ -> Outcome.DONE;
        Rule rule = everything("all", to("a", otherwise("rest")), only("rest"));
        bed.book.run(rule);

        bed.append("d1", "bad");
        bed.append("d1", "good");

        until(() -> bed.fake("a").bodies().equals(List.of("good")));
        until(() -> bed.fake("rest").taken.stream()
                .anyMatch(message -> message.reason().equals("too odd")
                        && message.body().text().equals("bad")));
        assertThat(bed.state(rule, "a").refused()).isEqualTo(1);
        assertThat(bed.alarms).isEmpty();
    }

    @Test
    void two_actions_do_not_throw_a_message_to_and_fro() {
        bed.fake("a").answer = _ -> new Outcome.Refused("not mine");
        bed.fake("b").answer = _ -> new Outcome.Refused("nor mine");
        Rule rule = everything("all", to("a", otherwise("b")), to("b", otherwise("a")));
        bed.book.run(rule);

        bed.append("d1", "x");

        bed.awaitState(rule, "a", state -> state.waiting() == 0 && state.refused() == 2);
        bed.awaitState(rule, "b", state -> state.waiting() == 0 && state.refused() == 2);
        assertThat(bed.fake("a").tried).hasSize(2);
        assertThat(bed.fake("b").tried).hasSize(2);
    }

    @Test
    void what_a_statement_cannot_work_out_goes_to_the_other_action_as_it_came() {
        Rule rule = rule(
                "faults",
                ALL,
                new Statement.Sql("SELECT 1 / t AS x FROM \"/pk/+/user/update\""),
                to("a", otherwise("rest")),
                only("rest"));
        bed.book.run(rule);

        bed.append("d1", "{\"t\":0}");

        until(() -> bed.fake("rest").bodies().contains("{\"t\":0}"));
        bed.awaitState(rule, "a", state -> state.faulted() == 1 && state.waiting() == 0);
    }

    @Test
    void a_message_that_does_not_fit_its_template_is_refused_with_the_reason() {
        bed.fake("a").answer = message -> {
            Template.of("${missing}").fill(message);
            return Outcome.DONE;
        };
        Rule rule = everything("all", to("a", otherwise("rest")), only("rest"));
        bed.book.run(rule);

        bed.append("d1", "{}");

        until(() -> bed.fake("rest").taken.stream()
                .anyMatch(message -> message.reason().contains("\"missing\"")));
        bed.awaitState(rule, "a", state -> state.refused() == 1 && state.failed() == 0);
    }

    @Test
    void a_destination_that_breaks_in_an_unexpected_way_is_in_trouble() {
        AtomicInteger tries = new AtomicInteger();
        bed.fake("a").answer = _ -> {
            if (tries.getAndIncrement() == 0) {
                throw new IllegalStateException("a bug");
            }
            return Outcome.DONE;
        };
        Rule rule = everything("all", to("a"));
        bed.book.run(rule);

        bed.append("d1", "x");

        bed.awaitState(rule, "a", state -> state.sent() == 1 && state.failed() == 1);
    }

    @Test
    void without_a_stack_a_message_is_tried_so_often_and_given_up() {
        bed.fake("a").answer = _ -> DOWN;
        Rule rule = everything("all", to("a", new Policy(0, Duration.ZERO, 0, 2, 1, "")));
        bed.book.run(rule);

        bed.append("d1", "1");
        bed.awaitState(rule, "a", state -> state.refused() == 1 && state.failed() == 2);
        bed.append("d1", "2");
        bed.append("d1", "3");

        bed.awaitState(rule, "a", state -> state.refused() == 3 && state.waiting() == 0);
        until(() -> bed.alarms.getOrDefault("rule:all:a", "").contains("lost"));
    }

    @Test
    void a_message_older_than_the_stack_keeps_is_given_up() {
        bed.fake("a").answer = _ -> DOWN;
        Rule rule = everything("all", to("a", new Policy(0, Duration.ofHours(1), 1_000, 0, 1, "")));
        bed.book.run(rule);
        bed.append("d1", "old");
        bed.awaitState(rule, "a", state -> state.failed() >= 3);

        bed.clock.advance(Duration.ofHours(2));
        bed.awaitState(rule, "a", state -> state.refused() == 1);
        bed.fake("a").answer = _ -> Outcome.DONE;
        bed.append("d1", "new");

        until(() -> bed.fake("a").bodies().equals(List.of("new")));
    }

    @Test
    void what_the_bounds_give_up_unread_is_counted_and_left_to_nobody() {
        bed.fake("a").answer = _ -> DOWN;
        Rule rule = everything("all", to("a", new Policy(0, Duration.ofHours(1), 1_000, 0, 1, "rest")), only("rest"));
        bed.book.run(rule);
        IntStream.range(0, 12).forEach(i -> bed.append("d1", Integer.toString(i)));
        bed.awaitState(rule, "a", state -> state.failed() >= 1 && state.waiting() == 12);
        bed.awaitState(rule, "rest", state -> state.sent() == 12);

        bed.clock.advance(Duration.ofHours(2));

        bed.awaitState(rule, "a", state -> state.waiting() == 0);
        assertThat(bed.state(rule, "a").dropped()).isPositive();
        assertThat(bed.state(rule, "a").dropped() + bed.state(rule, "a").refused())
                .isEqualTo(12);
        assertThat(bed.fake("rest").taken)
                .filteredOn(message -> !message.reason().isEmpty())
                .hasSize((int) bed.state(rule, "a").refused());
    }

    @Test
    void the_state_tells_why_a_message_was_given_up_last_and_does_not_quote_it() {
        bed.fake("a").answer = message -> new Outcome.Refused(
                message.body().text().equals("full")
                        ? "no place\r\nin the " + "very ".repeat(100) + "full house"
                        : "it answered 400: " + message.body().text().substring(0, 40) + "…");
        Rule rule = everything("all", to("a"));
        bed.book.run(rule);
        assertThat(bed.state(rule, "a").lastRefusal()).isNull();

        bed.append("d1", "{\"device\":\"lock\",\"pin\":\"4711\",\"note\":\"a longer message\"}");
        bed.awaitState(rule, "a", state -> state.refused() == 1 && state.waiting() == 0);
        assertThat(bed.state(rule, "a").lastRefusal())
                .isEqualTo(new Refusal(bed.clock.instant(), "it answered 400: …"));

        bed.append("d1", "full");
        bed.awaitState(rule, "a", state -> state.refused() == 2 && state.waiting() == 0);
        assertThat(bed.state(rule, "a").lastRefusal())
                .extracting(Refusal::reason)
                .asString()
                .startsWith("no place in the very very")
                .hasSizeLessThan(250);
    }

    @Test
    void what_was_read_and_not_sent_is_sent_after_a_restart() {
        Rule rule = everything("all", to("a"));
        bed.fake("a").hang();
        bed.book.run(rule);
        IntStream.range(0, 20).forEach(i -> bed.append("d" + i % 3, Integer.toString(i)));
        until(() -> !bed.fake("a").tried.isEmpty());

        bed.crash();
        bed.fake("a").turns.release(1_000_000);
        bed.book.run(rule);

        until(() -> Set.copyOf(bed.fake("a").bodies()).size() == 20);
    }

    @Test
    void a_changed_rule_goes_on_where_it_stood_and_a_disabled_one_forgets() {
        Rule rule = everything("all", to("a"));
        bed.fake("a").hang();
        bed.book.run(rule);
        bed.append("d1", "{\"t\":1}");
        until(() -> !bed.fake("a").tried.isEmpty());

        bed.book.run(rule("all", ALL, new Statement.SelectWhere("t AS x", ""), to("a")));
        bed.fake("a").turns.release(1_000_000);
        until(() -> bed.fake("a").bodies().contains("{\"x\":1}"));

        bed.book.run(rule.enabled(false, TestClock.START));
        bed.append("d1", "{\"t\":2}");
        bed.clock.advance(Duration.ofSeconds(1));
        bed.book.run(rule.enabled(true, bed.clock.instant()));
        bed.append("d1", "{\"t\":3}");

        until(() -> bed.fake("a").bodies().contains("{\"t\":3}"));
        assertThat(bed.fake("a").bodies()).doesNotContain("{\"t\":2}");
    }

    @Test
    void a_forgotten_rule_leaves_nothing_behind() {
        Rule rule = everything("all", to("a"));
        bed.book.run(rule);

        bed.book.forget(rule);

        assertThat(bed.book.states(rule)).isEmpty();
        assertThat(bed.fake("a").closed).isTrue();
        assertThatThrownBy(() -> bed.groups.progress("rule:id-all:a")).isInstanceOf(ProblemException.class);
    }

    @Test
    void sends_no_more_a_second_than_the_flow_allows() {
        bed.book.run(everything("all", to("a", new Policy(50, Duration.ofDays(1), 1_000, 0, 8, ""))));
        long begun = System.nanoTime();

        IntStream.range(0, 21).forEach(i -> bed.append("d" + i, "x"));

        until(() -> bed.fake("a").taken.size() == 21);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(350));
    }

    @Test
    void a_rule_that_cannot_work_is_refused() {
        assertThatThrownBy(() -> bed.book.checked(rule("r", ALL, new Statement.Sql("SELEKT 1"), to("a"))))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> bed.book.checked(rule(
                        "r",
                        ALL,
                        whole(),
                        new Rule.Action("x", "pigeon", io.berth.core.Value.Fields.NONE, Policy.DEFAULT))))
                .hasMessageContaining("pigeon");
        assertThatThrownBy(() -> everything("r", to("a", otherwise("nobody")))).hasMessageContaining("nobody");
        assertThatThrownBy(() -> everything("r", to("a"), to("a"))).hasMessageContaining("two actions");
    }

    @Test
    void a_stored_rule_that_this_build_does_not_understand_raises_an_alarm_and_stops_no_other() {
        Rule foreign = rule(
                "foreign",
                ALL,
                whole(),
                new Rule.Action("x", "pigeon", io.berth.core.Value.Fields.NONE, Policy.DEFAULT));

        bed.book.run(foreign);
        bed.book.run(everything("all", to("a")));
        bed.append("d1", "x");

        until(() -> bed.fake("a").taken.size() == 1);
        assertThat(bed.alarms.get("rule:foreign")).contains("pigeon");
    }

    private static Statement whole() {
        return new Statement.Whole();
    }

    private static Policy otherwise(String action) {
        return new Policy(0, Duration.ofDays(1), 1_000, 0, 8, action);
    }

    /// An action of its own that gets everything too: what it is left is told by its reason.
    private static Rule.Action only(String name) {
        return to(name);
    }
}
