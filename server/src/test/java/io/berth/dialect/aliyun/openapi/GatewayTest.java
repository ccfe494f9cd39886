package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.berth.core.audit.AuditRecord;
import io.berth.core.caller.Area;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.credential.Sha256;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.core.product.Product.NodeType;
import io.berth.dialect.AppAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Spec aliyun-openapi 1 and 2.1.7: what is refused before an action runs, and how answers look.
@Tag("slow")
@SuppressWarnings("NullAway.Init") // made before each test
final class GatewayTest {
    @TempDir
    Path directory;

    private TestOpenApi api;

    @BeforeEach
    void start() {
        api = new TestOpenApi(directory);
        api.makeProduct("a1pk", NodeType.DIRECT);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private void assertRefused(FakeRequest request, int status, String code) {
        AppAnswer answer = api.answer(request);
        assertThat(answer.body().text()).contains("\"Code\":\"" + code + "\"");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("application/json;charset=utf-8");
        JsonNode body = TestOpenApi.json(answer);
        assertThat(body.get("Message").asString()).isNotBlank();
        assertThat(body.get("RequestId").asString()).matches("[0-9A-F-]{36}");
    }

    private FakeRequest with(Map<String, String> changes) {
        Map<String, String> values = api.common("QueryDeviceDetail");
        values.put("IotId", "x");
        values.putAll(changes);
        return FakeRequest.get(api.signed("GET", values, TestOpenApi.KEY));
    }

    private FakeRequest without(String name) {
        Map<String, String> values = api.common("QueryDeviceDetail");
        values.remove(name);
        return FakeRequest.get(api.signed("GET", values, TestOpenApi.KEY));
    }

    @ParameterizedTest
    @CsvSource({
        "Action, MissingAction",
        "Version, MissingVersion",
        "AccessKeyId, MissingAccessKeyId",
        "Timestamp, MissingTimestamp",
        "SignatureNonce, MissingSignatureNonce",
        "SignatureMethod, InvalidSignatureMethod",
        "SignatureVersion, IncompleteSignature"
    })
    void what_every_call_has_is_mandatory(String name, String code) {
        assertRefused(without(name), 400, code);
    }

    @ParameterizedTest
    @CsvSource({
        "AccessKeyId, nobody, 404, InvalidAccessKeyId.NotFound",
        "SignatureMethod, HMAC-MD5, 400, InvalidSignatureMethod",
        "SignatureType, BEARERTOKEN, 400, IncompleteSignature",
        "SecurityToken, sts, 400, InvalidSecurityToken",
        "Timestamp, yesterday, 400, InvalidTimeStamp.Format",
        "Timestamp, 2026-11-31T08:00:00Z, 400, InvalidTimeStamp.Format",
        "Timestamp, 2026-11-21T07:44:59Z, 400, InvalidTimeStamp.Expired",
        "Timestamp, 2026-11-21T08:15:01Z, 400, InvalidTimeStamp.Expired",
        "Version, 2017-04-20, 400, InvalidVersion",
        "Action, MakeTea, 404, InvalidAction.NotFound",
        "Action, RegisterDevice, 400, MissingProductKey"
    })
    void a_call_with_another_value_is_refused(String name, String value, int status, String code) {
        assertRefused(with(Map.of(name, value)), status, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-21T07:45:00Z", "2026-11-21T08:15:00Z"})
    void a_date_may_be_a_quarter_of_an_hour_off(String date) {
        assertThat(api.answer(with(Map.of("Timestamp", date))).status()).isEqualTo(200);
    }

    @Test
    void a_wrong_signature_is_answered_with_what_had_to_be_signed() {
        FakeRequest request = with(Map.of("IotId", "x \"y\"\\*园"));
        FakeRequest tampered = request.withQuery(request.query().replace("IotId=x", "IotId=z"));

        String message = TestOpenApi.json(api.answer(tampered)).get("Message").asString();

        assertRefused(tampered, 400, "SignatureDoesNotMatch");
        assertThat(message)
                .endsWith("server string to sign is:"
                        + Signature.read(Received.read(tampered, 1024)).stringToSign());
    }

    @Test
    void a_key_that_is_switched_off_is_refused() {
        api.makeKey("off", "testsk", Rights.ALL);
        api.keys.enable("off", false);

        assertRefused(with(Map.of("AccessKeyId", "off")), 400, "InvalidAccessKeyId.Inactive");
    }

    @Test
    void a_call_that_is_sent_again_is_refused() {
        FakeRequest request = with(Map.of());
        api.answer(request);

        assertRefused(request, 400, "SignatureNonceUsed");
        api.clock.advance(Duration.ofMinutes(14));
        assertRefused(request, 400, "SignatureNonceUsed");
    }

    @Test
    void a_call_that_is_sent_again_after_a_start_is_refused() {
        FakeRequest request = with(Map.of());
        api.answer(request);
        api.close();
        api = new TestOpenApi(directory);

        assertRefused(request, 400, "SignatureNonceUsed");
        assertThat(api.answer(with(Map.of())).status()).isEqualTo(200);
    }

    @Test
    void a_wrong_signature_uses_no_nonce_up() {
        FakeRequest request = with(Map.of());
        api.answer(request.withQuery(request.query().replace("IotId=x", "IotId=z")));

        assertThat(api.answer(request).status()).isEqualTo(200);
    }

    @Test
    void what_is_given_twice_is_refused_since_one_of_them_would_not_be_signed() {
        FakeRequest request = with(Map.of());

        assertRefused(request.withQuery(request.query() + "&IotId=z"), 400, "InvalidIotId");
        assertRefused(request.withText("IotId=z").withHeader("Accept", "application/json"), 400, "InvalidIotId");
    }

    @Test
    void other_methods_bodies_that_are_too_large_and_broken_encodings_are_refused() {
        FakeRequest json = with(Map.of());

        assertRefused(json.withMethod("PUT"), 400, "UnsupportedHTTPMethod");
        assertThat(api.answer(json.withText("A=" + "x".repeat(1 << 20))).status())
                .isEqualTo(413);
        assertThat(api.answer(json.withQuery(json.query() + "&A=%zz")).status()).isEqualTo(400);
    }

    @Test
    void a_caller_without_the_right_is_refused_after_its_parameters_were_read() {
        api.makeKey("reader", "another", new Rights(Role.READER, Set.of(), Set.of(Area.DEVICES)));

        assertRefused(
                api.signed("RegisterDevice", "AccessKeyId", "reader", "ProductKey", "a1pk"), 403, "Forbidden.RAM");
        assertRefused(api.signed("RegisterDevice", "AccessKeyId", "reader"), 400, "MissingProductKey");
        assertThat(api.call("QueryDeviceDetail", "AccessKeyId", "reader", "IotId", "x")
                        .get("Code")
                        .asString())
                .isEqualTo("iot.device.NotExistedDevice");
        assertThat(api.audit).singleElement().satisfies(record -> {
            assertThat(record.caller()).isEqualTo("reader");
            assertThat(record.action()).isEqualTo("RegisterDevice");
            assertThat(record.target()).isEqualTo("a1pk");
            assertThat(record.outcome()).isEqualTo("FORBIDDEN");
        });
    }

    @Test
    void the_audit_names_what_the_platform_named() {
        String product = api.call("CreateProduct", "ProductName", "lamps", "NodeType", "0")
                .path("ProductKey")
                .asString();
        String device = api.call("RegisterDevice", "ProductKey", product)
                .at("/Data/DeviceName")
                .asString();
        String topic = api.call(
                        "CreateProductTopic", "ProductKey", product, "TopicShortName", "news", "Operation", "SUB")
                .path("TopicId")
                .asString();
        String group = api.call("CreateDeviceGroup", "GroupName", "yard")
                .at("/Data/GroupId")
                .asString();
        api.call("CreateDeviceGroup", "GroupName", "yard");

        assertThat(List.of(product, device, topic, group)).doesNotContain("");
        assertThat(api.audit)
                .extracting(AuditRecord::target)
                .containsExactly(product, product + "/" + device, product + "/" + topic, group, "");
    }

    @Test
    void what_is_known_and_not_built_says_so() {
        JsonNode answer = api.call("CreateRule");

        assertThat(answer.get("Success").asBoolean()).isFalse();
        assertThat(answer.get("Code").asString()).isEqualTo("iot.common.APINotSupportedInInstance");
    }

    @Test
    void xml_is_what_comes_unless_json_is_asked_for() {
        Map<String, String> values = api.common("QueryDeviceDetail");
        values.remove("Format");
        values.put("ProductKey", "a1pk");
        values.put("DeviceName", "<none> & \u0007\r");
        AppAnswer answer = api.answer(FakeRequest.get(api.signed("GET", values, TestOpenApi.KEY)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("text/xml;charset=utf-8");
        assertThat(answer.body().text())
                .matches("(?s)<\\?xml version=\"1.0\" encoding=\"UTF-8\"\\?><QueryDeviceDetailResponse>"
                        + "<RequestId>[0-9A-F-]{36}</RequestId><Success>false</Success>"
                        + "<Code>iot.device.NotExistedDevice</Code><ErrorMessage>no device "
                        + "\"&lt;none&gt; &amp; \uFFFD&#13;\" in product a1pk</ErrorMessage>"
                        + "</QueryDeviceDetailResponse>");
    }

    @Test
    void a_browser_that_looks_in_gets_an_error_in_xml() {
        AppAnswer answer = api.answer(FakeRequest.get(""));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().text()).contains("<Error><RequestId>").contains("<Code>MissingAction</Code>");
    }

    @Test
    void another_instance_does_not_exist_once_ours_has_a_name() {
        api.close();
        TestOpenApi named =
                new TestOpenApi(directory, new AliyunOpenApi.Rules("iot-ours", "cn-shanghai", 1024, List.of()));

        assertThat(named.call("QueryDeviceDetail", "IotId", "x", "IotInstanceId", "iot-theirs")
                        .get("Code")
                        .asString())
                .isEqualTo("iot.system.InstanceNotFound");
        assertThat(named.call("QueryDeviceDetail", "IotId", "x", "IotInstanceId", "iot-ours")
                        .get("Code")
                        .asString())
                .isEqualTo("iot.device.NotExistedDevice");
        named.close();
    }

    @Test
    void any_instance_is_ours_while_it_has_no_name() {
        assertThat(api.call("QueryDeviceDetail", "IotId", "x", "IotInstanceId", "iot-any")
                        .get("Code")
                        .asString())
                .isEqualTo("iot.device.NotExistedDevice");
    }

    @Test
    void no_nonce_is_forgotten_early_when_there_is_no_room_for_more() {
        api.close();
        TestOpenApi small = new TestOpenApi(directory, AliyunOpenApi.Rules.DEFAULT, 2);
        FakeRequest first = small.signed("QueryDeviceDetail", "IotId", "x");
        small.answer(first);
        small.call("QueryDeviceDetail", "IotId", "x");

        assertThat(small.call("QueryDeviceDetail", "IotId", "x").get("Code").asString())
                .isEqualTo("Throttling.User");
        assertThat(TestOpenApi.json(small.answer(first)).get("Code").asString()).isEqualTo("SignatureNonceUsed");
        small.clock.advance(Duration.ofMinutes(36));
        assertThat(small.call("QueryDeviceDetail", "IotId", "x").get("Code").asString())
                .isEqualTo("iot.device.NotExistedDevice");
        small.close();
    }

    @Test
    void operators_read_why_a_call_was_refused() {
        FakeRequest request = with(Map.of());
        api.answer(request);
        api.answer(request);
        api.answer(with(Map.of("AccessKeyId", "nobody")));

        assertThat(api.refusals.newest(10))
                .extracting(Refusal::claimed, Refusal::fault)
                .containsExactlyInAnyOrder(
                        tuple("nobody", LoginFault.UNKNOWN_CALLER), tuple(TestOpenApi.KEY, LoginFault.REPLAYED));
    }

    @Test
    void operators_read_what_had_to_be_signed_with_signature_1() {
        api.answer(wronglySigned(with(Map.of())));

        Refusal refusal = api.refusals.newest(1).getFirst();
        SignatureCheck check = Objects.requireNonNull(refusal.check());
        FakeRequest right = with(Map.of("SignatureNonce", refusal.fields().get("nonce")));
        Received received = Received.read(right, 1024);
        assertThat(refusal.fault()).isEqualTo(LoginFault.WRONG_SIGNATURE);
        assertThat(check.algorithm()).isEqualTo("hmacsha1");
        assertThat(check.content())
                .startsWith("GET&%2F&AccessKeyId%3Dtestak%26Action%3DQueryDeviceDetail%26")
                .isEqualTo(Signature.read(received).stringToSign());
        assertThat(received.all().get("Signature"))
                .startsWith(check.expectedPrefix())
                .hasSizeGreaterThan(8);
        assertThat(check.givenPrefix()).isEqualTo("AAAAAAAA");
        assertThat(check.skew()).isZero();
    }

    @Test
    void operators_read_what_had_to_be_signed_with_signature_3() {
        FakeRequest request = new FakeRequest(
                "POST",
                "IotId=x",
                Map.of(
                        "x-acs-action", "QueryDeviceDetail",
                        "x-acs-version", "2018-01-20",
                        "x-acs-date", "2026-11-21T07:59:00Z",
                        "x-acs-signature-nonce", "n1",
                        "x-acs-content-sha256", Sha256.hex(""),
                        "Authorization",
                                "ACS3-HMAC-SHA256 Credential=testak,SignedHeaders=x-acs-action;x-acs-content-sha256;"
                                        + "x-acs-date;x-acs-signature-nonce;x-acs-version,Signature="
                                        + "0a".repeat(32)),
                "");
        api.answer(request);

        SignatureCheck check =
                Objects.requireNonNull(api.refusals.newest(1).getFirst().check());
        String canonical = """
                POST
                /
                IotId=x
                x-acs-action:QueryDeviceDetail
                x-acs-content-sha256:%1$s
                x-acs-date:2026-11-21T07:59:00Z
                x-acs-signature-nonce:n1
                x-acs-version:2018-01-20

                x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version
                %1$s""".formatted(Sha256.hex(""));
        String toSign = "ACS3-HMAC-SHA256\n" + Sha256.hex(canonical);
        assertThat(check.algorithm()).isEqualTo("hmacsha256");
        assertThat(check.content()).isEqualTo(toSign + "\n\n" + canonical);
        assertThat(HexFormat.of().formatHex(Hmac.SHA256.sign(new Secret("testsk"), toSign)))
                .startsWith(check.expectedPrefix())
                .hasSizeGreaterThan(8);
        assertThat(check.givenPrefix()).isEqualTo("0a0a0a0a");
        assertThat(check.skew()).isEqualTo(Duration.ofMinutes(-1));
    }

    @Test
    void operators_read_how_far_the_clock_of_a_late_call_is_off() {
        api.answer(with(Map.of("Timestamp", "2026-11-21T07:00:00Z")));
        api.answer(with(Map.of("Timestamp", "yesterday")));

        assertThat(api.refusals.newest(2))
                .extracting(refusal -> Objects.requireNonNull(refusal.check()).skew())
                .containsExactlyInAnyOrder(Duration.ofHours(-1), null);
    }

    @Test
    void operators_read_no_secret_that_was_sent_along_and_no_text_without_end() {
        Map<String, String> secret = Map.of("DeviceSecret", "hush-hush", "Signature", "dGVzdHNr");
        api.answer(FakeRequest.get(
                TestOpenApi.query(api.common("ImportDevice")) + "&" + TestOpenApi.query(new TreeMap<>(secret))));
        api.answer(wronglySigned(with(Map.of("IotId", "x".repeat(10_000)))));

        assertThat(api.refusals.newest(2))
                .extracting(refusal -> Objects.requireNonNull(refusal.check()))
                .anySatisfy(check -> {
                    assertThat(check.content()).contains("DeviceSecret%3D%252A%252A%252A%26");
                    assertThat(check.givenPrefix()).isEqualTo("hidden");
                })
                .anySatisfy(check -> assertThat(check.content()).hasSize(4_000))
                .noneSatisfy(check -> assertThat(check.content()).contains("hush"));
    }

    @Test
    void nobodys_key_is_refused_without_a_digest_to_compare() {
        api.answer(with(Map.of("AccessKeyId", "nobody")));

        SignatureCheck check =
                Objects.requireNonNull(api.refusals.newest(1).getFirst().check());
        assertThat(check.content()).contains("AccessKeyId%3Dnobody");
        assertThat(check.expectedPrefix()).isEqualTo("-");
    }

    private static FakeRequest wronglySigned(FakeRequest request) {
        String query = request.query();
        return request.withQuery(query.substring(0, query.indexOf("&Signature=")) + "&Signature="
                + TestOpenApi.encode("A".repeat(27) + "="));
    }

    @Test
    void an_address_that_guesses_too_often_is_left_waiting() {
        FakeRequest right = with(Map.of());
        for (int i = 0; i < TestOpenApi.MAX_GUESSES; i++) {
            assertRefused(right.withQuery(right.query().replace("IotId=x", "IotId=z")), 400, "SignatureDoesNotMatch");
        }

        assertRefused(right, 400, "Throttling.User");
        api.clock.advance(Duration.ofMinutes(1));
        assertThat(api.answer(right).status()).isEqualTo(200);
    }

    @Test
    void an_action_may_have_a_pace() {
        api.close();
        try (TestOpenApi paced = new TestOpenApi(
                directory, new AliyunOpenApi.Rules("", "cn-shanghai", 1024, List.of("QueryDeviceInfo=2")))) {
            paced.call("QueryDeviceInfo", "IotId", "x");
            paced.call("QueryDeviceInfo", "IotId", "x");

            assertThat(paced.call("QueryDeviceInfo", "IotId", "x").get("Code").asString())
                    .isEqualTo("Throttling.Api");
            assertThat(paced.call("QueryDeviceDetail", "IotId", "x").get("Code").asString())
                    .isEqualTo("iot.device.NotExistedDevice");
            paced.clock.advance(Duration.ofSeconds(1));
            assertThat(paced.call("QueryDeviceInfo", "IotId", "x").get("Code").asString())
                    .isEqualTo("iot.device.NotExistedDevice");
        }
        assertThatThrownBy(() -> new AliyunOpenApi.Rules("", "cn-shanghai", 1024, List.of("Pub: 3")))
                .hasMessageContaining("Pub: 3");
    }
}
