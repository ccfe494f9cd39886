package io.berth.core.rule;

import io.berth.core.Payload;
import io.berth.core.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What makes rules work. Blocking; any thread.
public interface RuleEngine {
    /// The rule with its actions' settings complete; INVALID_ARGUMENT says what of it cannot work.
    Rule checked(Rule rule);

    /// The rule in which each secret given as `***` is the one the rule had before.
    Rule unmasked(Rule rule, Rule before);

    /// The settings of an action without secrets.
    Value.Fields shown(Rule.Action action);

    /// Lets the rule work as it is now; replaces what worked under its id. One that is not enabled gives up
    /// what waited for its actions, and what it would have sent meanwhile is not sent later.
    void run(Rule rule);

    /// Stops the rule and forgets how far it had come.
    void forget(Rule rule);

    /// How fast messages leave from now on.
    void flows(List<FlowPolicy> policies);

    /// What may wait from now on.
    void backlogs(List<BacklogPolicy> policies);

    /// What the rule makes of a message. Sends nothing.
    Trial tryOut(Rule rule, Sample sample);

    /// Sends one message through an action: the sample as the statement makes it, or, without one, a document
    /// that says that it is a test. An action whose destination took it is not suspended any more.
    Test test(Rule rule, Rule.Action action, Optional<Sample> sample);

    /// How the actions of a rule are doing: in the order of the rule, nothing while it does not run.
    List<ActionState> states(Rule rule);

    /// A message made up to see what a rule does.
    ///
    /// @param topic in the words of the rule's format, empty for none
    record Sample(String topic, Payload body) {}

    /// What became of a sample.
    sealed interface Trial {
        /// @param body what would be sent
        record Made(Payload body) implements Trial {}

        /// @param reason what kept it out
        record Skipped(String reason) implements Trial {}

        record Faulted(String detail) implements Trial {}
    }

    /// What became of a message that was sent as a test.
    ///
    /// @param detail what the destination said, or why it got nothing
    record Test(boolean delivered, String detail, Duration took) {}

    /// How an action is doing. The counts begin at the start of the server.
    ///
    /// @param matched events that passed source and statement
    /// @param sent messages the destination took
    /// @param failed tries that failed because the destination was in trouble
    /// @param refused messages that were given up: refused by the destination, or kept too long
    /// @param lastRefusal the last of them, null when there was none
    /// @param faulted events the statement could not work out
    /// @param dropped events given up unread, because the bounds of age or number were reached or the log let
    /// them go: no other action gets them
    /// @param waiting events read and not done with, and those still in the log
    /// @param oldest the time of the oldest of them, null when none waits
    /// @param trouble why the last try failed, empty while all is well
    /// @param suspendedUntil while the destination is left alone
    record ActionState(
            String action,
            long matched,
            long sent,
            long failed,
            long refused,
            @Nullable Refusal lastRefusal,
            long faulted,
            long dropped,
            long waiting,
            @Nullable Instant oldest,
            String trouble,
            @Nullable Instant suspendedUntil) {}

    /// Why a message was given up.
    ///
    /// @param reason a short text without the message and without secrets
    record Refusal(Instant time, String reason) {}
}
