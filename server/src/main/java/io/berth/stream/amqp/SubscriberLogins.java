package io.berth.stream.amqp;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.AccessKey;
import io.berth.core.caller.Caller;
import io.berth.core.credential.Secret;
import io.berth.core.login.LoginFault;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.Refusal;
import io.berth.core.subscription.ConsumerGroup;
import io.berth.dialect.LoginMistake;
import io.berth.dialect.SubscriberDialect;
import io.berth.dialect.SubscriberDialect.SubscriberLogin;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides logins, and tells the operator why one was refused: in the log, in the metrics, and in the records
/// that `berth explain` shows. Blocking; any thread.
final class SubscriberLogins {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriberLogins.class);
    private static final String API = "amqp";
    private static final int MAX_CLAIM = 128;
    private static final int GROUP_KEYS = 100_000;
    private static final LoginMistake OTHERS = new LoginMistake(
            "no dialect recognises the form of the user name",
            "send a vendor's user name, or an access key's id with its secret as password, or \"token\" with a token");

    private final AmqpPlatform platform;
    private final AmqpConfig config;
    private final Guests guests;
    private final LoginGuard connects;

    SubscriberLogins(AmqpPlatform platform, AmqpConfig config, Guests guests) {
        this.platform = platform;
        this.config = config;
        this.guests = guests;
        this.connects = new LoginGuard(
                Math.max(1, config.connectsPerMinute()), Duration.ofMinutes(1), GROUP_KEYS, platform.clock());
    }

    /// @param host the address the login came from, what the guard goes by
    /// @param nanos when it began
    record Attempt(SaslPlain plain, String host, Refusal.Channel channel, long nanos) {}

    /// Who the login says it is.
    ///
    /// @param name the access key it names, by which the operator looks for it; else the whole user name
    private record Claim(String dialect, String name) {
        static Claim unread(Attempt attempt) {
            return new Claim("none", attempt.plain().user());
        }
    }

    /// Remembers which key a dialect asked for: only it knows where a user name holds one.
    private final class KeysAskedFor implements SubscriberDialect.Keys {
        private String claimed;

        KeysAskedFor(String user) {
            claimed = user;
        }

        @Override
        public Optional<AccessKey> find(String id) {
            claimed = id;
            return platform.callers().findAccessKey(id);
        }
    }

    /// How it ended: not at all when the peer is told no.
    sealed interface Answer {
        record Welcome(Subscriber subscriber) implements Answer {}

        /// @param isFinal false when the same login may succeed later
        record No(boolean isFinal) implements Answer {}
    }

    Answer login(Attempt attempt) {
        String host = attempt.host();
        Claim nobody = Claim.unread(attempt);
        if (platform.addressGuard().blocks(host)) {
            return refuse(
                    attempt,
                    nobody,
                    fault(
                            LoginFault.TOO_MANY_FAILURES,
                            "too many failed logins from this address",
                            "correct the credentials and wait; see the earlier refusals for what was wrong"));
        }
        try {
            return decide(attempt);
        } catch (ProblemException e) {
            LoginFault fault = e.problem() == Problem.STORAGE_UNAVAILABLE || e.problem() == Problem.OVERLOADED
                    ? LoginFault.UNAVAILABLE
                    : LoginFault.NOT_RECOGNISED;
            return refuse(
                    attempt,
                    nobody,
                    fault(fault, "the login could not be checked: " + e.getMessage(), "the client may try again"));
        }
    }

    private Answer decide(Attempt attempt) {
        Optional<Secret> password = attempt.plain().secret();
        if (password.isEmpty()) {
            return refuse(
                    attempt,
                    Claim.unread(attempt),
                    fault(
                            LoginFault.MISSING_PARAMETER,
                            "the password is empty, longer than 256 characters or not printable ASCII",
                            "send the vendor's signature, an access key's secret or a token as password"));
        }
        for (SubscriberDialect dialect : platform.dialects()) {
            KeysAskedFor keys = new KeysAskedFor(attempt.plain().user());
            switch (dialect.read(attempt.plain().user(), password.get(), keys)) {
                case SubscriberLogin.NotMine() -> {}
                case SubscriberLogin.Refused refused -> {
                    return refuse(attempt, new Claim(dialect.name(), keys.claimed), refused);
                }
                case SubscriberLogin.Accepted accepted -> {
                    return admit(attempt, dialect.name(), accepted);
                }
            }
        }
        return refuse(
                attempt,
                Claim.unread(attempt),
                new SubscriberLogin.Refused(LoginFault.NOT_RECOGNISED, OTHERS, Map.of(), null));
    }

    private Answer admit(Attempt attempt, String dialect, SubscriberLogin.Accepted accepted) {
        String named = accepted.group();
        Claim claim = new Claim(dialect, accepted.caller().name());
        Optional<ConsumerGroup> group = Optional.ofNullable(named)
                .flatMap(name -> platform.groups().find(name, accepted.caller().rights()));
        if (named != null && group.isEmpty()) {
            // spec aliyun-openapi 4.1: the login itself names the group, so the login fails
            return refuse(
                    attempt,
                    claim,
                    fault(
                            LoginFault.UNKNOWN_GROUP,
                            "there is no consumer group \"" + named + "\" that the caller reaches",
                            "create it, correct the group in the user name, or give the caller rights in all its spaces"));
        }
        if (guests.isFull(accepted.caller(), accepted.client(), accepted.rules())) {
            // spec aliyun-openapi 4.1, huawei-iotda 8.1
            return refuse(
                    attempt,
                    claim,
                    fault(
                            LoginFault.UNAVAILABLE,
                            "the client has " + accepted.rules().maxConnections()
                                    + " connections already, and that is the most",
                            "close those that are not needed, or give each application a credential of its own"));
        }
        if (exceedsQuota(group.map(ConsumerGroup::id).orElse(accepted.caller().name()))) {
            return refuse(
                    attempt,
                    claim,
                    fault(
                            LoginFault.UNAVAILABLE,
                            "more than " + config.connectsPerMinute() + " logins of one group within a minute",
                            "let clients wait before they connect again, or raise amqp.connects-per-minute"));
        }
        if (accepted.caller() instanceof Caller.KeyHolder(AccessKey key)) {
            platform.callers().signedIn(key, attempt.host(), API);
        }
        platform.traffic().login(dialect, "accepted", System.nanoTime() - attempt.nanos());
        return new Answer.Welcome(
                new Subscriber(accepted.caller(), accepted.client(), group.orElse(null), accepted.rules()));
    }

    private boolean exceedsQuota(String key) {
        if (config.connectsPerMinute() == 0) {
            return false;
        }
        boolean exceeded = connects.blocks(key);
        connects.failed(key);
        return exceeded;
    }

    private static SubscriberLogin.Refused fault(LoginFault fault, String cause, String fix) {
        return new SubscriberLogin.Refused(fault, new LoginMistake(cause, fix), Map.of(), null);
    }

    private Answer refuse(Attempt attempt, Claim claim, SubscriberLogin.Refused refused) {
        LoginFault fault = refused.fault();
        if (fault != LoginFault.UNAVAILABLE && fault != LoginFault.TOO_MANY_FAILURES) {
            platform.addressGuard().failed(attempt.host());
        }
        String dialect = claim.dialect();
        String claimed =
                claim.name().substring(0, Math.min(MAX_CLAIM, claim.name().length()));
        platform.refusals()
                .add(new Refusal(
                        platform.clock().instant(),
                        dialect,
                        null,
                        claimed,
                        fault,
                        refused.why().cause(),
                        refused.why().fix(),
                        refused.fields(),
                        refused.check(),
                        attempt.channel()));
        String word = fault.name().toLowerCase(Locale.ROOT);
        platform.traffic().login(dialect, word, System.nanoTime() - attempt.nanos());
        LOG.info(
                "{}: refused {} from {} ({}, {}): {}",
                attempt.channel().listener(),
                claimed,
                attempt.channel().address(),
                dialect,
                word,
                refused.why().cause());
        return new Answer.No(fault != LoginFault.UNAVAILABLE);
    }
}
