package io.berth.dialect.huawei.app;

import io.berth.core.caller.AccessKey;
import io.berth.core.caller.Caller;
import io.berth.core.credential.Secret;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.dialect.LoginMistake;
import io.berth.dialect.SubscriberDialect;
import io.berth.dialect.SubscriberRights;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Huawei's login of an AMQP client (spec huawei-iotda 8.1): the user name is
/// `accessKey={key}|timestamp={ms}|instanceId={id}` in any order, the password is the access code: here the
/// secret of the access key. Queues are named by the links.
public final class HuaweiSubscriber implements SubscriberDialect {
    private static final LinkRules RULES = new LinkRules(32, 10, true);

    /// Stands in for the secret of a key that does not exist, so that its refusal takes the same work.
    private static final Secret NOBODYS = Secret.random();

    private final Duration tolerated;
    private final InstantSource clock;

    /// @param tolerated how far the timestamp may be from now; zero: it is not checked
    public HuaweiSubscriber(Duration tolerated, InstantSource clock) {
        this.tolerated = tolerated;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "huawei";
    }

    @Override
    public SubscriberLogin read(String user, Secret password, Keys keys) {
        Map<String, String> fields = fields(user);
        String id = fields.get("accessKey");
        return id == null ? new SubscriberLogin.NotMine() : verify(id, fields, password, keys);
    }

    private static Map<String, String> fields(String user) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String part : user.split("\\|")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                fields.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        return fields;
    }

    private SubscriberLogin verify(String id, Map<String, String> fields, Secret password, Keys keys) {
        Optional<AccessKey> key = keys.find(id);
        boolean isRight = key.map(AccessKey::secret).orElse(NOBODYS).equals(password);
        if (key.isEmpty()) {
            return refused(
                    LoginFault.UNKNOWN_CALLER,
                    new LoginMistake("there is no access key \"" + id + "\"", "create it, or correct accessKey"),
                    fields);
        }
        if (!isRight) {
            return refused(
                    LoginFault.WRONG_SIGNATURE,
                    new LoginMistake(
                            "the password is not the secret of access key \"" + id + "\"",
                            "send the key's secret as access code, as it is"),
                    fields);
        }
        Duration skew = skew(fields.getOrDefault("timestamp", ""));
        if (!tolerated.isZero() && (skew == null || skew.abs().compareTo(tolerated) > 0)) {
            return new SubscriberLogin.Refused(LoginFault.CLOCK_SKEW, late(fields, skew), fields, check(skew));
        }
        return SubscriberRights.refusal(key.get(), fields)
                .<SubscriberLogin>map(refused -> refused)
                .orElseGet(() -> new SubscriberLogin.Accepted(new Caller.KeyHolder(key.get()), null, null, RULES));
    }

    private LoginMistake late(Map<String, String> fields, @Nullable Duration skew) {
        return skew == null
                ? new LoginMistake(
                        "the password is right, but there is no timestamp of 13 digits: \""
                                + fields.getOrDefault("timestamp", "") + "\"",
                        "send the time in milliseconds since 1970")
                : new LoginMistake(
                        "the password is right, but the timestamp is more than " + tolerated.toSeconds()
                                + " s from now",
                        "set the client's clock, and send a new timestamp with each connection");
    }

    /// Nothing is signed: this is for the skew of the clock alone.
    private static SignatureCheck check(@Nullable Duration skew) {
        return new SignatureCheck("none", null, "-", "-", skew);
    }

    private @Nullable Duration skew(String timestamp) {
        return timestamp.matches("[0-9]{13}")
                ? Duration.between(clock.instant(), Instant.ofEpochMilli(Long.parseLong(timestamp)))
                : null;
    }

    private static SubscriberLogin.Refused refused(LoginFault fault, LoginMistake why, Map<String, String> fields) {
        return new SubscriberLogin.Refused(fault, why, fields, null);
    }
}
