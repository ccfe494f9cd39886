package io.berth.dialect;

import io.berth.core.caller.AccessKey;
import io.berth.core.caller.Caller;
import io.berth.core.credential.Secret;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal.SignatureCheck;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a vendor's applications log in to subscribe to events over AMQP, and what is pushed to them. Blocking;
/// any thread.
public interface SubscriberDialect {
    /// The stable lower-case word, the same as of its event format.
    String name();

    /// Reads and checks a SASL PLAIN login. An unknown key costs the same work as a wrong signature.
    SubscriberLogin read(String user, Secret password, Keys keys);

    /// Finds access keys by id.
    @FunctionalInterface
    interface Keys {
        Optional<AccessKey> find(String id);
    }

    /// What a login turned out to be.
    sealed interface SubscriberLogin {
        /// @param client what the client calls itself, null when it does not before its connection opens
        /// @param group the name or id of the group the login is for, null when the link's source address
        /// says it
        /// @param rules how the vendor's connections behave
        record Accepted(
                Caller caller,
                @Nullable String client,
                @Nullable String group,
                LinkRules rules) implements SubscriberLogin {}

        /// For the operator; the peer hears nothing but "no". No secrets.
        ///
        /// @param why what is wrong, and what to do about it
        /// @param fields what was read, in reading order
        /// @param check how the credential was checked, null when it did not come to that
        record Refused(
                LoginFault fault,
                LoginMistake why,
                Map<String, String> fields,
                @Nullable SignatureCheck check) implements SubscriberLogin {
            public Refused {
                fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
            }
        }

        /// Another dialect's form.
        record NotMine() implements SubscriberLogin {}
    }

    /// @param maxConnections of one client with one credential at a time
    /// @param maxLinks receiver links of one connection
    /// @param readsText whether bodies are one text value; one data section of bytes otherwise
    record LinkRules(int maxConnections, int maxLinks, boolean readsText) {}
}
