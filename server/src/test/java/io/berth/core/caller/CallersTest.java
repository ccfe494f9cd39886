package io.berth.core.caller;

import static io.berth.testing.MemoryCallers.QUICK_HASHING;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.credential.Secret;
import io.berth.testing.MemoryAccessKeys;
import io.berth.testing.MemoryCallers;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class CallersTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestClock clock = new TestClock();
    private final MemoryCallers store = new MemoryCallers();
    private final AccessKeys keys = new AccessKeys(new MemoryAccessKeys(), clock);
    private final Callers callers = new Callers(store, QUICK_HASHING, keys, clock);

    @Test
    void the_first_start_makes_an_administrator_and_a_key_and_later_ones_nothing() {
        Callers.FirstCredentials first = callers.bootstrap().orElseThrow();

        assertThat(callers.bootstrap()).isEmpty();
        assertThat(callers.findAccessKey(first.accessKey().id())).contains(first.accessKey());
        assertThat(first.accessKey().rights()).isEqualTo(Rights.ALL);
        assertThat(store.findPasswordHash("admin").orElseThrow())
                .doesNotContain(first.password().reveal());
    }

    @Test
    void an_administrator_of_another_name_is_enough_for_a_later_start() {
        callers.bootstrap();
        callers.users().create("root", new Secret("12345678"), Rights.ALL);
        callers.users().delete("admin");

        assertThat(callers.bootstrap()).isEmpty();
    }

    @Test
    void the_right_password_gets_a_token_that_ends() {
        Secret password = callers.bootstrap().orElseThrow().password();

        Secret token = callers.login("admin", password, HOUR);
        assertThat(callers.authenticate(token)).isEqualTo(new Caller.User("admin", Rights.ALL));

        clock.advance(HOUR);
        assertUnauthenticated(() -> callers.authenticate(token));
    }

    @Test
    void a_wrong_password_an_unknown_user_and_an_unknown_token_are_refused_alike() {
        callers.bootstrap();

        for (ThrowingCallable attempt : List.<ThrowingCallable>of(
                () -> callers.login("admin", new Secret("guess"), HOUR),
                () -> callers.login("nobody", new Secret("guess"), HOUR),
                () -> callers.authenticate(new Secret("guess")))) {
            assertUnauthenticated(attempt);
        }
    }

    @Test
    void a_token_of_a_user_has_the_rights_the_user_has_now() {
        callers.bootstrap();
        Users users = callers.users();
        Secret password = new Secret("correct-horse");
        users.create("ann", password, Rights.of(Role.OPERATOR));
        Secret token = callers.login("ann", password, HOUR);

        Rights less = new Rights(Role.READER, Set.of("s1"), Set.of(Area.DEVICES));
        users.changeRights("ann", less);
        assertThat(callers.authenticate(token)).isEqualTo(new Caller.User("ann", less));

        users.enable("ann", false);
        assertUnauthenticated(() -> callers.authenticate(token));
        assertUnauthenticated(() -> callers.login("ann", password, HOUR));

        users.enable("ann", true);
        assertThat(callers.authenticate(token).name()).isEqualTo("ann");
    }

    @Test
    void a_new_password_and_a_deletion_end_the_tokens_of_a_user() {
        callers.bootstrap();
        Users users = callers.users();
        users.create("ann", new Secret("correct-horse"), Rights.of(Role.OPERATOR));
        Secret first = callers.login("ann", new Secret("correct-horse"), HOUR);

        users.changePassword("ann", new Secret("battery-staple"));
        assertUnauthenticated(() -> callers.authenticate(first));
        assertUnauthenticated(() -> callers.login("ann", new Secret("correct-horse"), HOUR));

        Secret second = callers.login("ann", new Secret("battery-staple"), HOUR);
        users.delete("ann");
        users.create("ann", new Secret("battery-staple"), Rights.ALL);
        assertUnauthenticated(() -> callers.authenticate(second));
    }

    @Test
    void the_last_administrator_stays_one() {
        callers.bootstrap();
        Users users = callers.users();
        users.create("op", new Secret("12345678"), Rights.of(Role.OPERATOR));

        assertRefused(Problem.LIMIT_REACHED, () -> users.delete("admin"));
        assertRefused(Problem.LIMIT_REACHED, () -> users.enable("admin", false));
        assertRefused(Problem.LIMIT_REACHED, () -> users.changeRights("admin", Rights.of(Role.OPERATOR)));
        Rights notEverywhere = new Rights(Role.ADMINISTRATOR, Set.of("s1"), Set.of());
        assertRefused(Problem.LIMIT_REACHED, () -> users.changeRights("admin", notEverywhere));

        users.changeRights("op", Rights.ALL);
        users.delete("admin");
        assertThat(users.list()).extracting(User::name).containsExactly("op");
    }

    @Test
    void passwords_names_and_owners_have_bounds() {
        Users users = callers.users();
        Rights rights = Rights.of(Role.READER);

        users.create("a".repeat(64), new Secret("12345678"), rights);
        assertInvalid(() -> users.create("a".repeat(65), new Secret("12345678"), rights));
        assertInvalid(() -> users.create("a b", new Secret("12345678"), rights));
        assertInvalid(() -> users.create("b", new Secret("1234567"), rights));
        assertInvalid(() -> users.changePassword("a".repeat(64), new Secret("1234567")));
        assertRefused(Problem.USER_EXISTS, () -> users.create("a".repeat(64), new Secret("12345678"), rights));
        assertRefused(Problem.NOT_FOUND, () -> users.changePassword("nobody", new Secret("12345678")));
        keys.create(AccessKeys.Wanted.by("统".repeat(128), rights));
        assertInvalid(() -> AccessKeys.Wanted.by("x".repeat(129), rights));
        assertInvalid(() -> AccessKeys.Wanted.by("line\nbreak", rights));
    }

    @Test
    void a_named_token_has_rights_of_its_own_until_it_is_deleted() {
        callers.bootstrap();
        Secret token = callers.createToken("ci", Rights.of(Role.READER), HOUR);

        assertThat(callers.authenticate(token)).isEqualTo(new Caller.TokenHolder("ci", Rights.of(Role.READER)));
        assertThat(callers.namedTokens()).extracting(BearerToken::name).containsExactly("ci");
        assertInvalid(() -> callers.createToken("admin", Rights.ALL, HOUR));

        callers.deleteNamedTokens("ci");
        assertUnauthenticated(() -> callers.authenticate(token));
        assertRefused(Problem.NOT_FOUND, () -> callers.deleteNamedTokens("ci"));
    }

    @Test
    void a_key_is_changed_for_a_second_one_without_a_gap() {
        Rights rights = new Rights(Role.OPERATOR, Set.of("s1"), Set.of(Area.DEVICES));
        AccessKey first = keys.create(AccessKeys.Wanted.by("billing", rights));

        AccessKey second = keys.rotate("billing");
        assertThat(second.rights()).isEqualTo(rights);
        assertThat(second.secret()).isNotEqualTo(first.secret());
        assertRefused(Problem.LIMIT_REACHED, () -> keys.rotate("billing"));

        keys.enable(first.id(), false);
        assertThat(keys.find(first.id()).orElseThrow().enabled()).isFalse();
        AccessKey third = keys.rotate("billing");
        assertRefused(Problem.LIMIT_REACHED, () -> keys.enable(first.id(), true));

        keys.delete(third.id());
        assertThat(keys.enable(first.id(), true).enabled()).isTrue();
        assertRefused(Problem.NOT_FOUND, () -> keys.rotate("nobody"));
        assertInvalid(() -> keys.rotate(""));
    }

    @Test
    void keys_of_nobody_in_particular_are_as_many_as_wanted() {
        for (int i = 0; i < 5; i++) {
            keys.create(AccessKeys.Wanted.by("", Rights.ALL));
        }
        assertThat(keys.list()).hasSize(5);
    }

    @Test
    void the_last_use_of_a_key_is_told_before_and_after_it_is_written() {
        AccessKey key = keys.create(AccessKeys.Wanted.by("billing", Rights.ALL));
        assertThat(keys.list().getFirst().lastUse()).isNull();

        keys.signedIn(key, "10.0.0.1", "aliyun");
        KeyUse use = new KeyUse(key.id(), clock.instant(), "10.0.0.1", "aliyun");
        assertThat(keys.list().getFirst().lastUse()).isEqualTo(use);

        keys.writeUses();
        assertThat(keys.list().getFirst().lastUse()).isEqualTo(use);
    }

    @Test
    void the_local_token_is_the_operator_on_this_machine() {
        assertThat(callers.authenticate(callers.localToken())).isEqualTo(new Caller.LocalOperator());
        assertThat(new Callers(store, QUICK_HASHING, keys, clock).localToken()).isNotEqualTo(callers.localToken());
    }

    private static void assertUnauthenticated(ThrowingCallable attempt) {
        assertRefused(Problem.UNAUTHENTICATED, attempt);
    }

    private static void assertInvalid(ThrowingCallable attempt) {
        assertRefused(Problem.INVALID_ARGUMENT, attempt);
    }
}
