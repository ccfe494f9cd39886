package io.berth.dialect.huawei.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.berth.core.caller.AccessKey;
import io.berth.core.caller.Area;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.credential.Secret;
import io.berth.core.login.LoginFault;
import io.berth.dialect.SubscriberDialect.LinkRules;
import io.berth.dialect.SubscriberDialect.SubscriberLogin;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Spec huawei-iotda 8.1.
final class HuaweiSubscriberTest {
    private static final String CODE = "Ac3essC0de-9f2b";
    private static final AccessKey KEY =
            new AccessKey("testak", new Secret(CODE), "testak", Rights.ALL, true, TestClock.START);

    private final TestClock clock = new TestClock();
    private final HuaweiSubscriber dialect = new HuaweiSubscriber(Duration.ofMinutes(5), clock);

    private SubscriberLogin read(String user, String password) {
        return dialect.read(
                user,
                new Secret(password),
                id -> Optional.of(KEY).filter(key -> key.id().equals(id)));
    }

    private String now() {
        return Long.toString(clock.instant().toEpochMilli());
    }

    private static SubscriberLogin.Refused refused(SubscriberLogin login) {
        return assertThat(login)
                .asInstanceOf(type(SubscriberLogin.Refused.class))
                .actual();
    }

    @Test
    void accepts_the_parts_in_any_order_with_and_without_the_instance() {
        String[] users = {
            "accessKey=testak|timestamp=" + now() + "|instanceId=8a2f",
            "instanceId=8a2f|timestamp=" + now() + "|accessKey=testak",
            "accessKey=testak|timestamp=" + now()
        };
        for (String user : users) {
            assertThat(read(user, CODE))
                    .isEqualTo(new SubscriberLogin.Accepted(
                            new Caller.KeyHolder(KEY), null, null, new LinkRules(32, 10, true)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"testak", "c|authMode=aksign,authId=testak|", "token"})
    void leaves_other_forms_to_others(String user) {
        assertThat(read(user, CODE)).isInstanceOf(SubscriberLogin.NotMine.class);
    }

    @Test
    void a_wrong_access_code_is_refused_and_none_is_shown() {
        SubscriberLogin.Refused refused = refused(read("accessKey=testak|timestamp=" + now(), "wrong"));
        assertThat(refused.fault()).isEqualTo(LoginFault.WRONG_SIGNATURE);
        assertThat(refused.toString()).doesNotContain(CODE).doesNotContain("wrong\"");
    }

    @Test
    void a_key_that_is_disabled_or_lacks_the_right_is_refused_once_it_proved_itself() {
        String user = "accessKey=testak|timestamp=" + now();
        Rights devicesOnly = new Rights(Role.OPERATOR, Set.of(), Set.of(Area.DEVICES));
        assertThat(refused(dialect.read(user, new Secret(CODE), _ -> Optional.of(KEY.enabled(false))))
                        .fault())
                .isEqualTo(LoginFault.CALLER_DISABLED);
        assertThat(refused(dialect.read(user, new Secret(CODE), _ -> Optional.of(KEY.with(devicesOnly))))
                        .fault())
                .isEqualTo(LoginFault.NOT_ENTITLED);
        assertThat(refused(dialect.read(user, new Secret("x"), _ -> Optional.of(KEY.enabled(false))))
                        .fault())
                .isEqualTo(LoginFault.WRONG_SIGNATURE);
    }

    @Test
    void an_unknown_key_is_refused() {
        assertThat(refused(read("accessKey=other|timestamp=" + now(), CODE)).fault())
                .isEqualTo(LoginFault.UNKNOWN_CALLER);
    }

    @Test
    void a_timestamp_more_than_five_minutes_off_is_refused_with_the_skew() {
        String user = "accessKey=testak|timestamp=" + now();
        clock.advance(Duration.ofMinutes(5));
        assertThat(read(user, CODE)).isInstanceOf(SubscriberLogin.Accepted.class);

        clock.advance(Duration.ofSeconds(1));
        SubscriberLogin.Refused refused = refused(read(user, CODE));
        assertThat(refused.fault()).isEqualTo(LoginFault.CLOCK_SKEW);
        assertThat(Objects.requireNonNull(refused.check()).skew()).isEqualTo(Duration.ofSeconds(-301));
    }

    @ParameterizedTest
    @ValueSource(strings = {"accessKey=testak", "accessKey=testak|timestamp=20261121", "accessKey=testak|timestamp="})
    void a_timestamp_of_another_form_is_refused(String user) {
        assertThat(refused(read(user, CODE)).fault()).isEqualTo(LoginFault.CLOCK_SKEW);
    }

    @Test
    void a_setting_leaves_the_timestamp_unchecked() {
        SubscriberLogin login = new HuaweiSubscriber(Duration.ZERO, clock)
                .read("accessKey=testak", new Secret(CODE), _ -> Optional.of(KEY));
        assertThat(login).isInstanceOf(SubscriberLogin.Accepted.class);
    }
}
