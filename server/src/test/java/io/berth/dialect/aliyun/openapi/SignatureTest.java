package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.credential.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The vectors of spec aliyun-openapi 2.1 and 2.2.
final class SignatureTest {
    private static final Secret SECRET = new Secret("testsk");
    private static final Secret ANOTHER = new Secret("testsl");
    private static final String QUERY = "AccessKeyId=testak&Action=RegisterDevice&DeviceName=dev+1%2A~%3A%40"
            + "&Format=JSON&Nickname=%E5%9B%AD%E5%8C%BA%E7%81%AF&ProductKey=a1BerthTest&RegionId=cn-shanghai"
            + "&SignatureMethod=HMAC-SHA1&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&SignatureVersion=1.0"
            + "&Timestamp=2026-11-21T08%3A00%3A00Z&Version=2018-01-20";

    private static final FakeRequest PUB = new FakeRequest(
            "POST",
            "ProductKey=a1BerthTest&TopicFullName=%2Fa1BerthTest%2Fdev1%2Fuser%2Fget&Qos=0",
            Map.of(
                    "Content-Type", "application/x-www-form-urlencoded",
                    "Host", "127.0.0.1:8088",
                    "x-acs-action", "Pub",
                    "x-acs-version", "2018-01-20",
                    "x-acs-date", "2026-11-21T08:00:00Z",
                    "x-acs-signature-nonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
                    "x-acs-content-sha256", "8f76583a3b23bb624971236a19039208ce3a29752ff48a4cd4b10c8da12f3765"),
            "MessageContent=aGVsbG8%3D");

    private static final String SIGNED =
            "content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;" + "x-acs-signature-nonce;x-acs-version";
    private static final String DIGEST = "1386f19de2e6a5c1c1f78a9877432bd2a1cc680a9d7095a8f0d91ba5d8a590c2";

    private static Signature read(FakeRequest request) {
        return Signature.read(Received.read(request, 1 << 20));
    }

    private static FakeRequest authorized(FakeRequest request, String form) {
        return request.withHeader("Authorization", "ACS3-HMAC-SHA256 " + form.formatted("testak", SIGNED, DIGEST));
    }

    @ParameterizedTest
    @CsvSource({"GET, RbZHH+Qm51/PM4xOl6DBOom2O00=", "POST, rmOeSzBkvkG5ShpCOLjmLQtDftw="})
    void signature_1_covers_every_parameter_wherever_it_stood(String method, String digest) {
        String query = QUERY + "&Signature=" + TestOpenApi.encode(digest);
        Signature inQuery = read(FakeRequest.get(query).withMethod(method));
        Signature inForm = read(FakeRequest.get("").withMethod(method).withText(query));

        assertThat(inQuery.stringToSign())
                .isEqualTo(method + "&%2F&AccessKeyId%3Dtestak%26Action%3DRegisterDevice%26DeviceName%3Ddev%25201%252A"
                        + "~%253A%2540%26Format%3DJSON%26Nickname%3D%25E5%259B%25AD%25E5%258C%25BA%25E7%2581%25AF"
                        + "%26ProductKey%3Da1BerthTest%26RegionId%3Dcn-shanghai%26SignatureMethod%3DHMAC-SHA1"
                        + "%26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf%26SignatureVersion%3D1.0"
                        + "%26Timestamp%3D2026-11-21T08%253A00%253A00Z%26Version%3D2018-01-20");
        assertThat(inQuery.isMadeWith(SECRET)).isTrue();
        assertThat(inForm.isMadeWith(SECRET)).isTrue();
        assertThat(inQuery.isMadeWith(ANOTHER)).isFalse();
        assertThat(inQuery.action()).isEqualTo("RegisterDevice");
    }

    @Test
    void signature_1_holds_with_empty_values_signed_or_left_out() {
        String query = QUERY + "&Tag=&Signature=" + TestOpenApi.encode("RbZHH+Qm51/PM4xOl6DBOom2O00=");

        assertThat(read(FakeRequest.get(query)).isMadeWith(SECRET)).isTrue();
        assertThat(read(FakeRequest.get(query.replace("Tag=&", "Tag=1&"))).isMadeWith(SECRET))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Credential=%1$s,SignedHeaders=%2$s,Signature=%3$s",
                "Credential=%1$s, Signature=%3$s, SignedHeaders=%2$s"
            })
    void signature_3_covers_query_body_and_headers(String form) {
        Signature signature = read(authorized(PUB, form));

        assertThat(signature.stringToSign())
                .isEqualTo("ACS3-HMAC-SHA256\n9a8ce981bf313ae35d4252db85918574ec3c8d96c3025d244770355fe89e27eb");
        assertThat(signature.isMadeWith(SECRET)).isTrue();
        assertThat(signature.isMadeWith(ANOTHER)).isFalse();
        assertThat(signature.action()).isEqualTo("Pub");
        assertThat(signature.keyId()).isEqualTo("testak");
    }

    @Test
    void signature_3_does_not_hold_for_anything_changed() {
        FakeRequest request = authorized(PUB, "Credential=%s,SignedHeaders=%s,Signature=%s");

        assertThat(read(request.withQuery(request.query().replace("Qos=0", "Qos=1")))
                        .isMadeWith(SECRET))
                .isFalse();
        assertThat(read(request.withHeader("Host", "127.0.0.1:8089")).isMadeWith(SECRET))
                .isFalse();
        assertThat(read(request.withMethod("PUT")).isMadeWith(SECRET)).isFalse();
        assertThatThrownBy(() -> read(request.withText("MessageContent=aGVsbG9%3D")))
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.code()).isEqualTo("IncompleteSignature"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce"})
    void signature_3_must_cover_what_matters(String header) {
        String signed = SIGNED.replace(header + ";", "").replace(";" + header, "");
        FakeRequest request = PUB.withHeader(
                "Authorization", "ACS3-HMAC-SHA256 Credential=testak,SignedHeaders=" + signed + ",Signature=" + DIGEST);

        assertThatThrownBy(() -> read(request))
                .isInstanceOfSatisfying(
                        GatewayException.class, e -> assertThat(e.code()).isEqualTo("IncompleteSignature"));
    }
}
