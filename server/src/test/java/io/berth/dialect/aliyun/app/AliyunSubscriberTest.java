package io.berth.dialect.aliyun.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.berth.core.caller.AccessKey;
import io.berth.core.caller.Area;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.credential.Secret;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.dialect.SubscriberDialect.LinkRules;
import io.berth.dialect.SubscriberDialect.SubscriberLogin;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Vectors and refusals of spec aliyun-openapi 4.1.
final class AliyunSubscriberTest {
    private static final String SHA1 = "+K0O4+JCGgC3CkMDuWOjg8m/ZlQ=";
    private static final AccessKey KEY =
            new AccessKey("testak", new Secret("testsk"), "testak", Rights.ALL, true, TestClock.START);

    private final TestClock clock = new TestClock();
    private final AliyunSubscriber dialect = new AliyunSubscriber(Duration.ZERO, clock);

    private SubscriberLogin read(String user, String password) {
        return read(dialect, user, password);
    }

    private static SubscriberLogin read(AliyunSubscriber dialect, String user, String password) {
        return dialect.read(
                user,
                new Secret(password),
                id -> Optional.of(KEY).filter(key -> key.id().equals(id)));
    }

    private static String user(String method) {
        return "client-1|authMode=aksign,signMethod=" + method
                + ",timestamp=1700000000000,authId=testak,iotInstanceId=,consumerGroupId=DEFAULT_GROUP|";
    }

    private static SubscriberLogin.Refused refused(SubscriberLogin login) {
        return assertThat(login)
                .asInstanceOf(type(SubscriberLogin.Refused.class))
                .actual();
    }

    @ParameterizedTest
    @CsvSource({
        "hmacmd5, ULRRjweO5vkiyTEO9dBbGQ==",
        "hmacsha1, +K0O4+JCGgC3CkMDuWOjg8m/ZlQ=",
        "Hmacsha1, +K0O4+JCGgC3CkMDuWOjg8m/ZlQ=",
        "hmacsha256, AW0WYm/iHCOUx9TGp7HsppnRkVxSCGrKKUjlauh9Cu0="
    })
    void accepts_the_vectors_of_every_method_in_any_case(String method, String password) {
        assertThat(read(user(method), password))
                .isEqualTo(new SubscriberLogin.Accepted(
                        new Caller.KeyHolder(KEY), "client-1", "DEFAULT_GROUP", new LinkRules(128, 1, false)));
    }

    @Test
    void the_order_of_the_parameters_is_free_and_the_instance_may_be_missing() {
        assertThat(read(
                        "c|consumerGroupId=g1,authId=testak,timestamp=1700000000000,signMethod=hmacsha1,authMode=aksign|",
                        SHA1))
                .isInstanceOf(SubscriberLogin.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"testak", "accessKey=testak|timestamp=1700000000000|instanceId=i", "a|b", "token", ""})
    void leaves_other_forms_to_others(String user) {
        assertThat(read(user, SHA1)).isInstanceOf(SubscriberLogin.NotMine.class);
    }

    @Test
    void a_wrong_signature_is_explained_with_what_had_to_be_signed() {
        SubscriberLogin.Refused refused = refused(read(user("hmacsha1"), SHA1.replace('K', 'L')));

        assertThat(refused.fault()).isEqualTo(LoginFault.WRONG_SIGNATURE);
        SignatureCheck check = Objects.requireNonNull(refused.check());
        assertThat(check.content()).isEqualTo("authId=testak&timestamp=1700000000000");
        assertThat(check.expectedPrefix()).isEqualTo("+K0O4+JC");
        assertThat(check.givenPrefix()).isEqualTo("+L0O4+JC");
        assertThat(refused.fields()).containsEntry("consumerGroupId", "DEFAULT_GROUP");
        assertThat(refused.toString()).doesNotContain("testsk");
    }

    @ParameterizedTest
    @CsvSource({
        "testsk, the secret itself",
        "ULRRjweO5vkiyTEO9dBbGQ==, another signMethod",
        "f8ad0ee3e2421a00b70a4303b963a383c9bf6654, hexadecimal"
    })
    void a_common_mistake_is_named(String password, String words) {
        SubscriberLogin.Refused refused = refused(read(user("hmacsha1"), password));
        assertThat(refused.why().cause()).containsIgnoringCase(words.replace("the secret itself", "secret itself"));
        assertThat(refused.toString()).doesNotContain("testsk");
    }

    @Test
    void a_key_that_is_disabled_or_lacks_the_right_is_refused_once_it_proved_itself() {
        Rights devicesOnly = new Rights(Role.OPERATOR, Set.of(), Set.of(Area.DEVICES));
        assertThat(refused(dialect.read(user("hmacsha1"), new Secret(SHA1), _ -> Optional.of(KEY.enabled(false))))
                        .fault())
                .isEqualTo(LoginFault.CALLER_DISABLED);
        assertThat(refused(dialect.read(user("hmacsha1"), new Secret(SHA1), _ -> Optional.of(KEY.with(devicesOnly))))
                        .fault())
                .isEqualTo(LoginFault.NOT_ENTITLED);
        assertThat(refused(dialect.read(user("hmacsha1"), new Secret("x"), _ -> Optional.of(KEY.enabled(false))))
                        .fault())
                .isEqualTo(LoginFault.WRONG_SIGNATURE);
    }

    @Test
    void an_unknown_key_is_refused() {
        assertThat(refused(read(user("hmacsha1").replace("testak", "other"), SHA1))
                        .fault())
                .isEqualTo(LoginFault.UNKNOWN_CALLER);
    }

    @Test
    void a_session_token_is_refused_clearly_and_not_shown() {
        SubscriberLogin.Refused refused = refused(read(
                user("hmacsha1").replace("aksign", "ststoken").replace("authId", "securityToken=CAIS123,authId"),
                SHA1));
        assertThat(refused.fault()).isEqualTo(LoginFault.UNSUPPORTED_PARAMETER);
        assertThat(refused.why().cause()).contains("ststoken");
        assertThat(refused.toString()).doesNotContain("CAIS123");
    }

    @ParameterizedTest
    @CsvSource({
        "hmacsha512, UNSUPPORTED_PARAMETER",
        "'', UNSUPPORTED_PARAMETER",
    })
    void an_unknown_method_is_refused(String method, LoginFault fault) {
        assertThat(refused(read(user(method), SHA1)).fault()).isEqualTo(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"authId=testak,", "timestamp=1700000000000,", ",consumerGroupId=DEFAULT_GROUP"})
    void a_missing_parameter_is_refused(String parameter) {
        assertThat(refused(read(user("hmacsha1").replace(parameter, ""), SHA1)).fault())
                .isEqualTo(LoginFault.MISSING_PARAMETER);
    }

    @Test
    void the_bar_at_the_end_belongs_to_the_form() {
        String user = user("hmacsha1");
        assertThat(refused(read(user.substring(0, user.length() - 1), SHA1)).fault())
                .isEqualTo(LoginFault.MALFORMED_USER_NAME);
    }

    @Test
    void the_timestamp_is_checked_where_a_setting_says_so() {
        AliyunSubscriber strict = new AliyunSubscriber(Duration.ofMinutes(15), clock);

        SubscriberLogin.Refused refused = refused(read(strict, user("hmacsha1"), SHA1));

        assertThat(refused.fault()).isEqualTo(LoginFault.CLOCK_SKEW);
        assertThat(refused.why().cause()).contains("right").contains("900 s");
    }
}
