package io.berth.rule;

import static io.berth.rule.RuleBed.ALL;
import static io.berth.rule.RuleBed.everything;
import static io.berth.rule.RuleBed.rule;
import static io.berth.rule.RuleBed.to;
import static io.berth.rule.RuleBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.rule.Rule;
import io.berth.core.rule.Rule.Statement;
import io.berth.core.rule.RuleEngine.Sample;
import io.berth.core.rule.RuleEngine.Trial;
import io.berth.rule.Destination.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What an operator sees who tries a rule or tests a destination.
@Timeout(180)
final class RuleTrialTest {
    private static final Outcome DOWN = Outcome.retry("it is down");

    private final RuleBed bed = new RuleBed();

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void a_trial_shows_what_becomes_of_a_message_and_sends_nothing() {
        Rule rule = rule("try", ALL, new Statement.Sql("SELECT t FROM \"/pk/+/user/update\" WHERE t > 1"), to("a"));

        assertThat(bed.book.tryOut(rule, sample("/pk/d1/user/update", "{\"t\":2}")))
                .isEqualTo(new Trial.Made(Payload.of("{\"t\":2}")));
        assertThat(bed.book.tryOut(rule, sample("/pk/d1/user/update", "{\"t\":1}")))
                .isEqualTo(new Trial.Skipped("the condition does not hold"));
        assertThat(bed.book.tryOut(rule, sample("/other", "{\"t\":2}"))).isInstanceOf(Trial.Skipped.class);
        assertThat(bed.fake("a").tried).isEmpty();
    }

    @Test
    void a_sample_without_a_topic_or_without_json_is_told_as_such() {
        Rule byTopic = rule("topic", ALL, new Statement.Sql("SELECT t FROM \"/pk/+/user/update\""), to("a"));
        Rule byField = rule("field", ALL, new Statement.SelectWhere("t", "t > 1"), to("a"));
        Rule.Action action = byField.actions().getFirst();

        assertThat(bed.book.tryOut(byTopic, sample("", "{\"t\":2}")).toString()).contains("the topic is missing");
        assertThat(bed.book.tryOut(byField, sample("", "{\"t\":2")).toString())
                .contains("the condition does not hold (the sample is no JSON");
        assertThat(bed.book.test(byField, action, Optional.of(sample("", ""))).detail())
                .contains("nothing was sent", "the sample is no JSON");
        assertThat(bed.book.tryOut(byField, sample("", "{\"t\":0}")).toString()).doesNotContain("JSON");
    }

    @Test
    void a_statement_of_before_the_notifications_lost_their_sys_still_hears_them() {
        String statement =
                "SELECT topic(2) AS product, deviceName() AS who FROM \"/sys/pk/+/thing/event/property/post\"";
        Rule rule = rule("old", ALL, new Statement.Sql(statement), to("a"));
        Trial.Made made = new Trial.Made(Payload.of("{\"product\":\"pk\",\"who\":\"d1\"}"));

        assertThat(bed.book.tryOut(rule, sample("/pk/d1/thing/event/property/post", "{}")))
                .isEqualTo(made);
        assertThat(bed.book.tryOut(rule, sample("/sys/pk/d1/thing/event/property/post", "{}")))
                .isEqualTo(made);
    }

    @Test
    void a_test_sends_one_message_and_tells_what_happened() {
        Rule rule = rule("test", ALL, new Statement.SelectWhere("t AS x", "t > 1"), to("a"));
        Rule.Action action = rule.actions().getFirst();

        assertThat(bed.book.test(rule, action, Optional.empty()).delivered()).isTrue();
        assertThat(bed.book
                        .test(rule, action, Optional.of(sample("", "{\"t\":2}")))
                        .delivered())
                .isTrue();
        assertThat(bed.book
                        .test(rule, action, Optional.of(sample("", "{\"t\":0}")))
                        .detail())
                .contains("nothing was sent", "condition");
        assertThat(bed.fake("a").bodies())
                .hasSize(2)
                .contains("{\"x\":2}")
                .anyMatch(body -> body.contains("\"test\":true"));

        bed.fake("a").answer = _ -> DOWN;
        assertThat(bed.book.test(rule, action, Optional.empty()).detail()).isEqualTo("it is down");
    }

    @Test
    void a_test_that_arrives_ends_the_suspension_and_what_waited_is_sent() {
        try (RuleBed patient = new RuleBed(RuleBed.config(1, Duration.ofDays(1)))) {
            Rule rule = everything("all", to("a"));
            patient.fake("a").answer = _ -> DOWN;
            patient.book.run(rule);
            patient.append("d1", "waits");
            until(() -> patient.alarms.containsKey("rule:all:a"));

            patient.book.test(rule, rule.actions().getFirst(), Optional.empty());
            assertThat(patient.state(rule, "a").suspendedUntil()).isNotNull();

            patient.fake("a").answer = _ -> Outcome.DONE;
            patient.book.test(rule, rule.actions().getFirst(), Optional.empty());

            until(() -> patient.fake("a").bodies().contains("waits"));
            assertThat(patient.alarms).isEmpty();
        }
    }

    private static Sample sample(String topic, String json) {
        return new Sample(topic, Payload.of(json));
    }
}
