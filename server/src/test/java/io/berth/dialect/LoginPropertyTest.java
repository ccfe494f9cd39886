package io.berth.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.berth.core.login.Refusal;
import io.berth.dialect.aliyun.device.AliyunMqtt;
import io.berth.dialect.huawei.device.HuaweiMqtt;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever a client sends, a login ends in an answer: no exception, no acceptance, no secret in the record.
final class LoginPropertyTest {
    private static final String SECRET = "9f8e7d6c5b4a39281706f5e4d3c2b1a0";
    private static final KnownDevices DEVICES = new KnownDevices().with("pk", "dn", "pk_dn", SECRET);
    private static final List<MqttDialect> DIALECTS =
            List.of(new AliyunMqtt(Attempt.SERVICES, true), new HuaweiMqtt(Attempt.SERVICES));

    @Property
    void any_texts_are_refused_in_order(@ForAll String clientId, @ForAll String username, @ForAll String password) {
        judge(clientId, username, password);
    }

    @Property
    void texts_made_of_the_vendors_pieces_are_refused_in_order(
            @ForAll("pieces") String clientId, @ForAll("pieces") String username, @ForAll("pieces") String password) {
        judge(clientId, username, password);
    }

    @Property
    void the_order_of_the_dialects_does_not_matter(
            @ForAll("pieces") String clientId, @ForAll("pieces") String username) {
        Attempt attempt = Attempt.of(clientId, username, "x");

        assertThat(attempt.refusal(DIALECTS.reversed(), DEVICES).dialect())
                .isEqualTo(attempt.refusal(DIALECTS, DEVICES).dialect());
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                        "pk",
                        "dn",
                        "pk_dn",
                        "&",
                        "|",
                        ",",
                        "=",
                        "_",
                        "0",
                        "1",
                        "3",
                        "2024010203",
                        "securemode=3",
                        "securemode=2",
                        "signmethod=hmacsha256",
                        "timestamp=1",
                        "authType=",
                        "register",
                        "_ss=1",
                        "|authorizer-name=",
                        SECRET,
                        "\u0000",
                        "é",
                        " ")
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    private static void judge(String clientId, String username, String password) {
        for (boolean secure : new boolean[] {true, false}) {
            Attempt attempt = new Attempt(clientId, username, password, 60, secure);
            assertThatCode(() -> attempt.at(DIALECTS, DEVICES)).doesNotThrowAnyException();
            Refusal refusal = attempt.refusal(DIALECTS, DEVICES);
            assertThat(refusal.cause()).isNotBlank();
            assertThat(refusal.fix()).isNotBlank();
            if (!clientId.contains(SECRET) && !username.contains(SECRET)) {
                assertThat(refusal.toString()).doesNotContain(SECRET.substring(0, 8));
            }
        }
    }
}
