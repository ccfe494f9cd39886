package io.berth.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretTest {
    @Test
    void never_prints_itself() {
        assertThat(new Secret("hunter2")).hasToString("***");
        assertThat(Secret.random().reveal()).matches("[0-9a-f]{32}");
        assertThat(Secret.random()).isNotEqualTo(Secret.random()).isNotEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "tab\t", "emoji \uD83D\uDE00"})
    void has_only_printable_ascii(String text) {
        assertThatThrownBy(() -> new Secret(text)).isInstanceOf(ProblemException.class);
    }

    @Test
    void signs_the_vectors_of_the_vendor_in_every_method() {
        // spec aliyun-device section 10, V1
        Secret key = new Secret("secret");
        String content = "clientId12345deviceNamedeviceproductKeypktimestamp789";

        assertThat(Hmac.matches(Hmac.MD5.sign(key, content), "14B198324FE55E1D3C88F2E705E201EE"))
                .isTrue();
        assertThat(Hmac.matches(Hmac.SHA1.sign(key, content), "FAFD82A3D602B37FB0FA8B7892F24A477F851A14"))
                .isTrue();
        assertThat(Hmac.SHA256.hex(key.bytes(), content.getBytes(StandardCharsets.UTF_8)))
                .isEqualToIgnoringCase("6074A46A91B1EBB2CC4EA42790AD0E80202C9843859FC292E57C4EB19FAD9E57");
        assertThat(Hmac.matches(Hmac.SHA1.sign(key, content), "FAFD")).isFalse();
    }
}
