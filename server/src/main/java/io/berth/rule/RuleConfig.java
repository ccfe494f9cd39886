package io.berth.rule;

import static io.berth.core.ProblemException.require;

import java.time.Duration;
import java.util.List;

/// What rules may do and take.
///
/// @param allow addresses inside the own network that rules may reach: `10.1.0.0/16`, `127.0.0.1:8080`,
/// `*.example.org`; the public ones they always may
/// @param maxRules how many rules there may be
/// @param maxActions how many actions one rule may have
/// @param maxPolicies how many policies over all rules there may be of each sort
/// @param inHand messages an action takes from its reader at once, at most
/// @param sendTimeout how long a destination may take for one message (spec huawei-iotda 8)
/// @param firstRetry how long until a message is tried again; twice as long each further time
/// @param maxRetry but no longer than this
/// @param suspendAfter failures in a row after which the destination is left alone
/// @param suspendFor how long, before it is tried again
/// @param maxAnswerBytes what is read of a destination's answer
public record RuleConfig(
        List<String> allow,
        int maxRules,
        int maxActions,
        int maxPolicies,
        int inHand,
        Duration sendTimeout,
        Duration firstRetry,
        Duration maxRetry,
        int suspendAfter,
        Duration suspendFor,
        int maxAnswerBytes) {
    public static final RuleConfig DEFAULT = new RuleConfig(
            List.of(),
            1_000,
            10,
            100,
            1_000,
            Duration.ofSeconds(15),
            Duration.ofMillis(500),
            Duration.ofMinutes(1),
            10,
            Duration.ofMinutes(3),
            64 * 1024);

    public RuleConfig {
        allow = List.copyOf(allow);
        allow.forEach(Allowance::parse);
        require(maxRules >= 1 && maxActions >= 1, "rule.max-rules and rule.max-actions are at least 1");
        require(maxPolicies >= 1, "rule.max-policies is at least 1");
        require(inHand >= 1 && inHand <= 100_000, "rule.in-hand is 1 to 100000");
        require(sendTimeout.isPositive() && firstRetry.isPositive(), "times of rules are more than nothing");
        require(maxRetry.compareTo(firstRetry) >= 0, "rule.max-retry is no shorter than rule.first-retry");
        require(suspendAfter >= 1 && suspendFor.isPositive(), "rule.suspend-after is at least 1, for some time");
        require(maxAnswerBytes >= 1024, "rule.max-answer-bytes is at least 1 KiB");
    }
}
