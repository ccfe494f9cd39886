package io.berth.core.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.ProblemException;
import io.berth.core.credential.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordHashingTest {
    private static final PasswordHashing QUICK = new PasswordHashing(1_000);
    private static final Secret PASSWORD = new Secret("horse-battery");

    /// Made by Python's `hashlib.pbkdf2_hmac`.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pbkdf2-sha512$1000$AAECAwQFBgcICQoLDA0ODw==$coiD8wpQMZAISUB4kAaqmZkS6b0110uh93Kz3/XgMP0=",
                "pbkdf2$1000$AAECAwQFBgcICQoLDA0ODw==$rAyeOHgI1ZZvzyeYnf+FlAIeKnVlM6eXysIlmTqcjTI="
            })
    void a_hash_of_either_kind_is_verified(String hash) {
        assertThat(PasswordHashing.verify(PASSWORD, hash)).isTrue();
        assertThat(PasswordHashing.verify(new Secret("horse-batterz"), hash)).isFalse();
    }

    @Test
    void the_same_password_has_another_hash_each_time() {
        String hash = QUICK.of(PASSWORD);

        assertThat(hash).startsWith("pbkdf2-sha512$1000$").isNotEqualTo(QUICK.of(PASSWORD));
        assertThat(PasswordHashing.verify(PASSWORD, hash)).isTrue();
    }

    @Test
    void a_hash_keeps_its_rounds_when_others_are_configured() {
        String hash = new PasswordHashing(2_000).of(PASSWORD);

        assertThat(hash).contains("$2000$");
        assertThat(PasswordHashing.verify(PASSWORD, hash)).isTrue();
    }

    @Test
    void what_nobody_has_costs_as_much_as_what_somebody_has() {
        assertThat(QUICK.never()).startsWith("pbkdf2-sha512$1000$");
        assertThat(PasswordHashing.verify(PASSWORD, QUICK.never())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 10_000_001})
    void rounds_have_bounds(int rounds) {
        assertThatThrownBy(() -> new PasswordHashing(rounds))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("passwords.rounds");
    }
}
