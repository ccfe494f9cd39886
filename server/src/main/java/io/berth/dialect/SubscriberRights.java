package io.berth.dialect;

import io.berth.core.caller.AccessKey;
import io.berth.core.caller.Area;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.login.LoginFault;
import io.berth.dialect.SubscriberDialect.SubscriberLogin;
import java.util.Map;
import java.util.Optional;

/// Whether a caller that proved itself may subscribe to events. To be asked after the proof, so that nobody
/// else learns of a key that it is there.
public final class SubscriberRights {
    private SubscriberRights() {}

    /// Why the key may not, empty when it may.
    public static Optional<SubscriberLogin.Refused> refusal(AccessKey key, Map<String, String> fields) {
        if (!key.enabled()) {
            return Optional.of(new SubscriberLogin.Refused(
                    LoginFault.CALLER_DISABLED,
                    new LoginMistake(
                            "access key \"" + key.id() + "\" is disabled",
                            "use the owner's other key, or enable it: berth accesskey enable"),
                    fields,
                    null));
        }
        return refusal(key.rights(), fields);
    }

    /// Likewise.
    public static Optional<SubscriberLogin.Refused> refusal(Rights rights, Map<String, String> fields) {
        return suffice(rights)
                ? Optional.empty()
                : Optional.of(new SubscriberLogin.Refused(
                        LoginFault.NOT_ENTITLED,
                        new LoginMistake(
                                "the login is right, but its rights do not include the area subscriptions",
                                "give it those rights, or use another credential"),
                        fields,
                        null));
    }

    /// Whether they let someone subscribe at all; which groups is another question.
    public static boolean suffice(Rights rights) {
        return rights.allow(Role.READER, Area.SUBSCRIPTIONS);
    }
}
