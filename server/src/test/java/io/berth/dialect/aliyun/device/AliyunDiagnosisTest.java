package io.berth.dialect.aliyun.device;

import static io.berth.dialect.aliyun.device.AliyunFleet.DEVICES;
import static io.berth.dialect.aliyun.device.AliyunFleet.DIALECTS;
import static io.berth.dialect.aliyun.device.AliyunFleet.SECRET;
import static io.berth.dialect.aliyun.device.AliyunFleet.sign;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.credential.Hmac;
import io.berth.dialect.Attempt;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class AliyunDiagnosisTest {
    private static final String CLIENT_ID = "cid|securemode=3,signmethod=hmacsha256,timestamp=789|";
    private static final String CONTENT = "clientIdciddeviceNamedev1productKeya1pktimestamp789";

    @Test
    void names_the_method_that_was_used_instead() {
        assertThat(cause(sign(Hmac.SHA1, SECRET, CONTENT)))
                .isEqualTo("the password is right for hmacsha1, but signmethod says hmacsha256");
    }

    @Test
    void says_that_no_method_means_md5() {
        assertThat(cause("cid|timestamp=789|", sign(Hmac.SHA256, SECRET, CONTENT)))
                .isEqualTo("the password is right for hmacsha256, but no signmethod is given, which means hmacmd5");
    }

    @Test
    void sees_the_product_secret() {
        assertThat(cause(sign(Hmac.SHA256, "PRODSECRET000001", CONTENT))).contains("product secret");
    }

    @Test
    void sees_slips_of_the_secret() {
        assertThat(cause(sign(Hmac.SHA256, SECRET.toUpperCase(java.util.Locale.ROOT), CONTENT)))
                .contains("upper case");
        assertThat(cause(sign(Hmac.SHA256, SECRET + "\n", CONTENT))).contains("line break");
        assertThat(cause(sign(Hmac.SHA256, SECRET + " ", CONTENT))).contains("blank behind");
        String fromHex = Hmac.SHA256.hex(HexFormat.of().parseHex(SECRET), CONTENT.getBytes(StandardCharsets.UTF_8));
        assertThat(cause(fromHex)).contains("decoded from hexadecimal");
    }

    @Test
    void sees_what_was_done_to_the_client_id() {
        assertThat(cause(sign(Hmac.SHA256, SECRET, CONTENT.replace("cid", CLIENT_ID))))
                .contains("|…| tail");
        assertThat(cause(sign(Hmac.SHA256, SECRET, CONTENT.replace("cid", "a1pk.dev1"))))
                .isEqualTo("client id \"a1pk.dev1\" was signed, but \"cid\" was sent");
    }

    @Test
    void sees_a_timestamp_sent_or_signed_alone() {
        String without = CONTENT.replace("timestamp789", "");
        assertThat(cause(sign(Hmac.SHA256, SECRET, without))).isEqualTo("the timestamp was sent but not signed");
        assertThat(cause("cid|signmethod=hmacsha256|", sign(Hmac.SHA256, SECRET, without + "timestamp2524608000000")))
                .contains("signed but not sent");
    }

    @Test
    void sees_swapped_and_unsorted_and_nameless_text() {
        assertThat(cause(sign(Hmac.SHA256, SECRET, "clientIdciddeviceNamea1pkproductKeydev1timestamp789")))
                .contains("swapped");
        assertThat(cause(sign(Hmac.SHA256, SECRET, "clientIdcidproductKeya1pkdeviceNamedev1timestamp789")))
                .contains("not sorted");
        assertThat(cause(sign(Hmac.SHA256, SECRET, "ciddev1a1pk789"))).contains("only the values");
    }

    @Test
    void names_two_mistakes_at_once_when_the_method_differs_too() {
        assertThat(cause(sign(Hmac.MD5, SECRET, CONTENT.replace("timestamp789", ""))))
                .isEqualTo("the timestamp was sent but not signed, by hmacmd5 instead of hmacsha256");
    }

    @Test
    void sees_a_secret_sent_in_clear() {
        assertThat(cause(SECRET)).isEqualTo("the password is the device secret itself");
        assertThat(cause("PRODSECRET000001")).isEqualTo("the password is the product secret itself");
    }

    @Test
    void sees_a_signature_written_otherwise() {
        String right = sign(Hmac.SHA256, SECRET, CONTENT);
        assertThat(cause(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(right))))
                .contains("Base64");
        assertThat(cause(right + "\n")).contains("line break");
        assertThat(cause(right.substring(0, 40))).contains("cut after 40 of 64");
    }

    @Test
    void sees_the_password_of_another_vendor() {
        assertThat(cause(sign(Hmac.SHA256, "2024010203", SECRET))).contains("another vendor");
    }

    @Test
    void admits_a_riddle() {
        assertThat(cause(sign(Hmac.SHA256, "something else", CONTENT)))
                .isEqualTo("what came is not the signature of what had to be signed");
    }

    private static String cause(String password) {
        return cause(CLIENT_ID, password);
    }

    private static String cause(String clientId, String password) {
        return Attempt.of(clientId, "dev1&a1pk", password)
                .refusal(DIALECTS, DEVICES)
                .cause();
    }
}
