package io.berth.api;

import io.berth.core.ProblemException;
import io.berth.core.caller.AccessKey;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Callers;
import io.berth.core.credential.Secret;
import io.berth.core.login.LoginFault;
import io.berth.dialect.LoginMistake;
import io.berth.dialect.SubscriberDialect;
import io.berth.dialect.SubscriberRights;
import java.util.Map;
import java.util.Optional;

/// Berth's own login of an AMQP client: the id of an access key with its secret as password, or the user
/// `token` with a bearer token. Each link names its group. Takes whatever no vendor does, so it is to be
/// asked last.
public final class NativeSubscriber implements SubscriberDialect {
    private static final String TOKEN_USER = "token";
    private static final LinkRules RULES = new LinkRules(128, 10, true);
    private static final Secret NOBODYS = Secret.random();

    private final Callers callers;

    public NativeSubscriber(Callers callers) {
        this.callers = callers;
    }

    @Override
    public String name() {
        return "native";
    }

    @Override
    public SubscriberLogin read(String user, Secret password, Keys keys) {
        if (user.equals(TOKEN_USER)) {
            return byToken(password);
        }
        return user.matches(AccessKey.ID_FORM) ? byKey(user, password, keys) : new SubscriberLogin.NotMine();
    }

    private SubscriberLogin byToken(Secret token) {
        try {
            Caller caller = callers.authenticate(token);
            return SubscriberRights.refusal(caller.rights(), Map.of("user", TOKEN_USER))
                    .<SubscriberLogin>map(refused -> refused)
                    .orElseGet(() -> new SubscriberLogin.Accepted(caller, null, null, RULES));
        } catch (ProblemException e) {
            return switch (e.problem()) {
                case UNAUTHENTICATED ->
                    refused(
                            LoginFault.UNKNOWN_CALLER,
                            TOKEN_USER,
                            new LoginMistake("the token is unknown or has expired", "make a new one: berth token"));
                default -> throw e;
            };
        }
    }

    private static SubscriberLogin byKey(String id, Secret password, Keys keys) {
        Optional<AccessKey> key = keys.find(id);
        boolean isRight = key.map(AccessKey::secret).orElse(NOBODYS).equals(password);
        if (key.isEmpty()) {
            return refused(
                    LoginFault.UNKNOWN_CALLER,
                    id,
                    new LoginMistake("there is no access key \"" + id + "\"", "create it, or correct the user name"));
        }
        if (!isRight) {
            return refused(
                    LoginFault.WRONG_SIGNATURE,
                    id,
                    new LoginMistake(
                            "the password is not the secret of access key \"" + id + "\"",
                            "send the key's secret, as it is"));
        }
        return SubscriberRights.refusal(key.get(), Map.of("user", id))
                .<SubscriberLogin>map(refused -> refused)
                .orElseGet(() -> new SubscriberLogin.Accepted(new Caller.KeyHolder(key.get()), null, null, RULES));
    }

    private static SubscriberLogin.Refused refused(LoginFault fault, String user, LoginMistake why) {
        return new SubscriberLogin.Refused(fault, why, Map.of("user", user), null);
    }
}
