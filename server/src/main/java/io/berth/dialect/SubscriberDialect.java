package io.berth.dialect;

import io.berth.core.caller.AccessKey;
import io.berth.core.credential.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a vendor's applications log in to subscribe to events over AMQP, and what is pushed to them. Blocking;
/// any thread.
public interface SubscriberDialect {
    /// The stable lower-case word, the same as of its event format.
    String name();

    /// Reads a SASL PLAIN login.
    SubscriberLogin read(String user, Secret password, Keys keys);

    /// Finds access keys by id.
    @FunctionalInterface
    interface Keys {
        Optional<AccessKey> find(String id);
    }

    /// What a login turned out to be.
    sealed interface SubscriberLogin {
        /// @param caller who it is: the id of an access key
        /// @param group the name or id of the group the login is for, null when the link's source address
        /// says it
        /// @param rules how the vendor's connections behave
        record Accepted(String caller, @Nullable String group, LinkRules rules) implements SubscriberLogin {}

        /// @param reason a few stable words, counted: `wrong signature`
        /// @param detail for the operator: what was read, what would have been right (no secrets)
        record Refused(String reason, String detail) implements SubscriberLogin {}

        /// Another dialect's form.
        record NotMine() implements SubscriberLogin {}
    }

    /// @param maxLinks receiver links of one connection
    /// @param readsText whether bodies are one text value; one data section of bytes otherwise
    record LinkRules(int maxLinks, boolean readsText) {}
}
