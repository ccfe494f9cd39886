package io.berth.dialect.aliyun.device;

import static io.berth.dialect.aliyun.device.AliyunFleet.DEVICES;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.login.LoginFault;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AliyunPskTest {
    @ParameterizedTest
    @CsvSource({
        "devicename|hmacsha256|a1pk&dev1|2524608000000,8D2D22424E41231D31AB57F67634B966FB08C4599D952B4CABB26F366CED147A",
        "devicename|hmacmd5|a1pk&dev1|1524448722000, C7387AEDAC29DD392EB967219CC2A758",
        "devicename|hmacsha1|a1pk&dev1|1524448722000, 5BB14E1496002BD3CFFF5E6EA128F949FF9AD9C4"
    })
    void the_pre_shared_key_is_the_one_the_c_sdk_makes(String identity, String key) {
        AliyunPsk claim = AliyunPsk.read(identity);

        assertThat(claim.key(Optional.ofNullable(DEVICES.ifPresent(requireNonNull(claim.device()))))
                        .reveal())
                .isEqualTo(key);
    }

    @Test
    void an_identity_as_in_the_manual_has_the_key_of_the_manual() {
        AliyunPsk claim = AliyunPsk.read("devicename|hmacsha256|a1pk&dev12524608000000");

        assertThat(claim.device()).hasToString("a1pk/dev1");
        assertThat(claim.key(Optional.ofNullable(DEVICES.ifPresent(requireNonNull(claim.device()))))
                        .reveal())
                .startsWith("3789C271")
                .endsWith("A66");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dev1", "devicename|hmacsha256|a1pk&nobody|1", "devicename|crc|a1pk&dev1|1", "a|b|c|d"})
    void whoever_names_no_device_is_met_with_a_key_all_the_same(String identity) {
        AliyunPsk claim = AliyunPsk.read(identity);

        assertThat(claim.key(Optional.empty()).reveal()).hasSize(64);
        assertThat(claim.failure(Optional.empty()).fault()).isIn(LoginFault.NOT_RECOGNISED, LoginFault.UNKNOWN_DEVICE);
    }
}
