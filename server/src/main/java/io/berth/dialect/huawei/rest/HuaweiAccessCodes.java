package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.AccessKey;
import io.berth.core.caller.AccessKeyStore.Used;
import io.berth.core.caller.AccessKeys;
import io.berth.core.caller.Area;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Credentials of those who read queues (spec huawei-iotda 7.6): an access key that may do nothing else.
/// Making it again replaces it, and ends the connections of the one before within a second, asked or not.
final class HuaweiAccessCodes {
    private static final String OWNER = "huawei access code AMQP";
    private static final Rights RIGHTS = new Rights(Role.READER, Set.of(), Set.of(Area.SUBSCRIPTIONS));

    private final AccessKeys keys;

    HuaweiAccessCodes(RestServices services) {
        this.keys = services.callers().accessKeys();
    }

    /// @param forceDisconnect makes no difference
    record Wanted(@Nullable String type, @Nullable Boolean forceDisconnect) {}

    record AccessCode(String accessKey, String accessCode) {}

    AccessCode create(RestCall<Wanted> call) {
        call.sight().demandAllSpaces();
        Wanted wanted = call.input();
        String type = Objects.requireNonNullElse(wanted.type(), "AMQP");
        require(type.equals("AMQP") || type.equals("MQTT"), "\"type\" must be AMQP or MQTT");
        if (type.equals("MQTT")) {
            throw new ProblemException(Problem.UNSUPPORTED, "applications subscribe over AMQP here, not over MQTT");
        }
        keys.list().stream()
                .map(Used::key)
                .filter(key -> key.owner().equals(OWNER))
                .forEach(key -> keys.delete(key.id()));
        AccessKey made = keys.create(AccessKeys.Wanted.by(OWNER, RIGHTS));
        return new AccessCode(made.id(), made.secret().reveal());
    }
}
