package io.berth.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {
    private static final Identity DEVICE =
            new Identity("a1pk", "dev1", "0123456789abcdef0123456789abcdef", "a1pk_dev1");

    @Test
    void an_alibaba_login_is_what_the_unmodified_c_sdk_puts_on_the_wire() {
        Login login = Dialect.ALIYUN.login(DEVICE, false);

        assertThat(login.clientId()).isEqualTo("a1pk.dev1|securemode=3,signmethod=hmacsha256,timestamp=2524608000000|");
        assertThat(login.username()).isEqualTo("dev1&a1pk");
        assertThat(login.password())
                .isEqualToIgnoringCase("B34EA726B97DDF814B77097A696AB88F661B00ACEA532858413122E771CADC1F");
    }

    @Test
    void an_alibaba_login_over_tls_says_so_and_signs_the_same() {
        Login login = Dialect.ALIYUN.login(DEVICE, true);

        assertThat(login.clientId()).contains("securemode=2");
        assertThat(login.password())
                .isEqualTo(Dialect.ALIYUN.login(DEVICE, false).password());
    }

    @Test
    void a_pre_shared_key_is_what_the_unmodified_c_sdk_makes() {
        PresharedKey key = PresharedKey.of(DEVICE);

        assertThat(key.identity()).isEqualTo("devicename|hmacsha256|a1pk&dev1|2524608000000");
        assertThat(key.key()).isEqualTo("8D2D22424E41231D31AB57F67634B966FB08C4599D952B4CABB26F366CED147A");
    }

    @Test
    void signs_the_example_of_alibabas_manual() {
        Identity manual = new Identity("pk", "device", "secret", "");

        assertThat(AliyunDialect.password(manual, "12345", "789"))
                .isEqualToIgnoringCase("6074A46A91B1EBB2CC4EA42790AD0E80202C9843859FC292E57C4EB19FAD9E57");
    }

    @ParameterizedTest
    @CsvSource({
        "2024010203, 12345678, 2b7be4e17e09a059116b2dcefc9c0857559ed473d684d902e43afd92dbdf8b64",
        "2018072417, Secret_0123456789ABCDEF, c43406289d16bd3fba8703606f9fbd37f14a1827b3da3afb0ee5662df2866ea0"
    })
    void signs_huaweis_vectors(String hour, String secret, String password) {
        assertThat(HuaweiDialect.password(secret, hour)).isEqualTo(password);
    }

    @Test
    void a_huawei_login_names_the_device_twice_and_the_hour_it_signed_with() {
        Login login = Dialect.HUAWEI.login(DEVICE, false);

        assertThat(login.clientId()).matches("a1pk_dev1_0_0_\\d{10}");
        assertThat(login.username()).isEqualTo("a1pk_dev1");
        String hour = login.clientId().substring(login.clientId().length() - 10);
        assertThat(login.password()).isEqualTo(HuaweiDialect.password(DEVICE.secret(), hour));
    }

    @Test
    void answers_a_question_on_the_topic_that_belongs_to_it() {
        assertThat(Dialect.ALIYUN.answer(DEVICE, "/sys/a1pk/dev1/rrpc/request/77"))
                .map(Answer::topic)
                .contains("/sys/a1pk/dev1/rrpc/response/77");
        assertThat(Dialect.HUAWEI.answer(DEVICE, "$oc/devices/a1pk_dev1/sys/commands/request_id=ab"))
                .map(Answer::topic)
                .contains("$oc/devices/a1pk_dev1/sys/commands/response/request_id=ab");
        assertThat(Dialect.ALIYUN.answer(DEVICE, "/a1pk/dev1/user/get")).isEmpty();
    }
}
