package io.berth.core.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HardwareIdTest {
    @ParameterizedTest
    @CsvSource({
        "aa:bb:cc:00:11:22, AABBCC001122",
        "AA-BB-CC-00-11-22, AABBCC001122",
        "aabb.cc00.1122, AABBCC001122",
        "aabbcc001122, AABBCC001122",
        "00:11:22:ff:fe:33:44:55, 001122FFFE334455",
        "35-209900-176148-1, 352099001761481",
        "sn-2026.47:7, SN-2026.47:7",
        "aa:bb-cc:00:11:22, AA:BB-CC:00:11:22",
        "'  sn-1  ', SN-1",
    })
    void one_device_has_one_spelling(String written, String spelled) {
        assertThat(HardwareId.of(written)).hasToString(spelled);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "..", "....", "-sn-1", "a b c d", "sn/1234", "序列号-0001", "sn\u0000001"})
    void other_texts_are_no_id(String written) {
        assertThatThrownBy(() -> HardwareId.of(written)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> HardwareId.of("x".repeat(65))).isInstanceOf(ProblemException.class);
    }
}
