package io.berth.api;

import static io.berth.testing.MemoryCallers.QUICK_HASHING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.berth.core.caller.AccessKey;
import io.berth.core.caller.AccessKeys;
import io.berth.core.caller.Area;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Callers;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.credential.Secret;
import io.berth.core.login.LoginFault;
import io.berth.dialect.SubscriberDialect.LinkRules;
import io.berth.dialect.SubscriberDialect.SubscriberLogin;
import io.berth.testing.MemoryAccessKeys;
import io.berth.testing.MemoryCallers;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NativeSubscriberTest {
    private final TestClock clock = new TestClock();
    private final Callers callers =
            new Callers(new MemoryCallers(), QUICK_HASHING, new AccessKeys(new MemoryAccessKeys(), clock), clock);
    private final NativeSubscriber dialect = new NativeSubscriber(callers);

    private SubscriberLogin read(String user, Secret password) {
        return dialect.read(user, password, callers::findAccessKey);
    }

    private static LoginFault fault(SubscriberLogin login) {
        return assertThat(login)
                .asInstanceOf(type(SubscriberLogin.Refused.class))
                .actual()
                .fault();
    }

    @Test
    void an_access_key_logs_in_with_its_secret() {
        AccessKey key = callers.accessKeys().create(new AccessKeys.Wanted("app.1", null, "", Rights.ALL));
        assertThat(read("app.1", key.secret()))
                .isEqualTo(new SubscriberLogin.Accepted(
                        new Caller.KeyHolder(key), null, null, new LinkRules(128, 10, true)));
        assertThat(fault(read("app.1", new Secret("wrong")))).isEqualTo(LoginFault.WRONG_SIGNATURE);
        assertThat(fault(read("app.2", key.secret()))).isEqualTo(LoginFault.UNKNOWN_CALLER);
    }

    @Test
    void a_token_logs_in_until_it_expires() {
        Secret token = callers.createToken("dashboard", Rights.of(Role.READER), Duration.ofHours(1));
        assertThat(read("token", token))
                .asInstanceOf(type(SubscriberLogin.Accepted.class))
                .extracting(accepted -> accepted.caller().name())
                .isEqualTo("dashboard");

        clock.advance(Duration.ofHours(1));
        assertThat(fault(read("token", token))).isEqualTo(LoginFault.UNKNOWN_CALLER);
        assertThat(fault(read("token", new Secret("made-up")))).isEqualTo(LoginFault.UNKNOWN_CALLER);
    }

    @Test
    void a_key_that_is_disabled_or_lacks_the_right_is_refused_after_its_proof_only() {
        AccessKeys keys = callers.accessKeys();
        AccessKey key = keys.create(AccessKeys.Wanted.by("app", Rights.ALL));

        keys.changeRights(key.id(), new Rights(Role.OPERATOR, Set.of(), Set.of(Area.DEVICES)));
        assertThat(fault(read(key.id(), key.secret()))).isEqualTo(LoginFault.NOT_ENTITLED);
        keys.changeRights(key.id(), new Rights(Role.READER, Set.of("s1"), Set.of(Area.SUBSCRIPTIONS)));
        assertThat(read(key.id(), key.secret())).isInstanceOf(SubscriberLogin.Accepted.class);

        keys.enable(key.id(), false);
        assertThat(fault(read(key.id(), key.secret()))).isEqualTo(LoginFault.CALLER_DISABLED);
        assertThat(fault(read(key.id(), new Secret("wrong")))).isEqualTo(LoginFault.WRONG_SIGNATURE);
    }

    @Test
    void a_token_without_the_right_is_refused() {
        Rights rights = new Rights(Role.OPERATOR, Set.of(), Set.of(Area.DEVICES));
        Secret token = callers.createToken("dashboard", rights, Duration.ofHours(1));

        assertThat(fault(read("token", token))).isEqualTo(LoginFault.NOT_ENTITLED);
    }

    @Test
    void a_vendors_user_name_is_not_its_own() {
        assertThat(read("c|authMode=aksign|", new Secret("x"))).isInstanceOf(SubscriberLogin.NotMine.class);
    }
}
