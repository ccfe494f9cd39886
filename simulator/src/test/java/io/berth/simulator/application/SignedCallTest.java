package io.berth.simulator.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.simulator.device.Identity;
import io.berth.simulator.wire.HttpCall;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class SignedCallTest {
    private static final Identity DEVICE = new Identity("a1BerthTest", "dev1", "secret", "a1BerthTest_dev1");

    /// The digest was made with the vendor's rules by another program.
    @Test
    void an_alibaba_call_signs_headers_and_query_in_order() {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T08:00:00.5Z"));
        HttpCall call = new AliyunApplication(new KeyPair("testid", "testsecret"), "127.0.0.1:8088", clock, () -> "n1")
                .message(DEVICE, "hello");

        assertThat(call.target())
                .isEqualTo("/?MessageContent=aGVsbG8%3D&ProductKey=a1BerthTest&Qos=1"
                        + "&TopicFullName=%2Fa1BerthTest%2Fdev1%2Fuser%2Fget");
        assertThat(call.headers())
                .contains("x-acs-date:2026-11-21T08:00:00Z\r\n")
                .endsWith(
                        "Authorization: ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-action;"
                                + "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=a502b648ab8d74c7419be5397d7b011f3304896d5cb2da44fe82e22f7a47c079\r\n");
    }

    /// Likewise.
    @Test
    void a_huawei_call_signs_with_a_key_of_the_day() {
        InstantSource clock = InstantSource.fixed(Instant.parse("2024-01-02T03:04:05Z"));
        HttpCall call = new HuaweiApplication(new KeyPair("ak1", "sk1"), "127.0.0.1:8080", clock).register("p1", "n1");

        assertThat(call.body()).isEqualTo("{\"product_id\":\"p1\",\"node_id\":\"n1\"}");
        assertThat(call.headers())
                .contains("x-sdk-date:20240102T030405Z\r\n")
                .endsWith(
                        "Authorization: V11-HMAC-SHA256 Credential=ak1/20240102/cn-north-4/iotdm, "
                                + "SignedHeaders=content-type;host;x-sdk-date, Signature=049bcbd6cf7c215184554d271d6cb8d756c36f40930a713a3b927382cc908db3\r\n");
    }
}
