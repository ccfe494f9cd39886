package io.berth.storage;

import static io.berth.storage.Samples.id;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.credential.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SecretCipherTest {
    private static final Secret SECRET = new Secret("the-device-secret");
    private static final String ROW = SecretCipher.rowOf(id("d"));

    private final SecretCipher cipher = cipher(Samples.KEY);

    @Test
    void opens_what_it_sealed() {
        assertThat(cipher.open(cipher.seal(SECRET, ROW), ROW)).isEqualTo(SECRET);
    }

    @Test
    void seals_the_same_secret_differently_each_time_and_never_in_clear() {
        byte[] sealed = cipher.seal(SECRET, ROW);

        assertThat(sealed).isNotEqualTo(cipher.seal(SECRET, ROW));
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    }

    @Test
    void a_sealed_secret_does_not_open_in_another_row() {
        byte[] sealed = cipher.seal(SECRET, ROW);

        assertRefused(Problem.STORAGE_UNAVAILABLE, () -> cipher.open(sealed, SecretCipher.rowOf(id("e"))));
    }

    @Test
    void opens_nothing_sealed_under_another_key_or_changed() {
        byte[] foreign = cipher("ff".repeat(32)).seal(SECRET, ROW);
        byte[] changed = cipher.seal(SECRET, ROW);
        changed[changed.length - 1] ^= 1;

        assertThat(cipher.opens(foreign, ROW)).isFalse();
        assertThat(cipher.opens(changed, ROW)).isFalse();
        assertThat(cipher.opens(new byte[0], ROW)).isFalse();
    }

    private static SecretCipher cipher(String key) {
        return new SecretCipher(MasterKey.load(Path.of("/nowhere"), key));
    }
}
