package io.berth.dialect.huawei.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.certificate.Pem;
import io.berth.core.product.Space;
import io.berth.dialect.AppAnswer;
import io.berth.testing.TestClock;
import io.berth.tls.DeviceMint;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Authorities and templates (spec huawei-iotda 2.5, 2.6, 7.11); what a device finds is tested over the wire.
@SuppressWarnings("NullAway.Init") // made before each test
final class HuaweiCertificateRoutesTest {
    private static final String PEM =
            Pem.of(new DeviceMint().authority(TestClock.START).certificate());

    @TempDir
    Path directory;

    private TestRest rest;

    @BeforeEach
    void open() {
        rest = new TestRest(directory);
    }

    @AfterEach
    void close() {
        rest.close();
    }

    @Test
    void authorities_are_listed_by_space_and_hidden_from_callers_of_others() throws InterruptedException {
        Space harbour = rest.spaces.create("harbour");
        JsonNode added = json(rest.call("POST", "certificates", upload(harbour.id())));
        assertThat(json(rest.call("POST", "certificates", upload(Space.DEFAULT_ID)))
                        .path("status")
                        .asBoolean(true))
                .isFalse();
        assertThat(added.path("cn_name").asString()).startsWith("Berth devices");
        assertThat(json(rest.call("GET", "certificates", "")).at("/page/count").asInt())
                .isEqualTo(2);
        assertThat(json(rest.call("GET", "certificates?app_id=" + harbour.id(), ""))
                        .path("certificates"))
                .hasSize(1);

        Rights elsewhere = new Rights(Role.OPERATOR, Set.of(Space.DEFAULT_ID), Set.of());
        String path = "certificates/" + added.path("certificate_id").asString();
        assertThat(rest.call(elsewhere, "DELETE", path, "").status()).isEqualTo(404);
    }

    @Test
    void what_cannot_be_an_authority_is_refused() throws InterruptedException {
        assertThat(code(rest.call("POST", "certificates", "{\"content\":\"none\"}")))
                .isEqualTo("400 IOTDA.000006");
        assertThat(code(rest.call("POST", "certificates", upload("00")))).isEqualTo("403 IOTDA.001000");
        assertThat(code(rest.call("PUT", "certificates/none", "{}"))).startsWith("404");
        String id = json(rest.call("POST", "certificates", upload(Space.DEFAULT_ID)))
                .path("certificate_id")
                .asString();
        assertThat(code(rest.call("PUT", "certificates/" + id, "{\"provision_enable\":true}")))
                .isEqualTo("400 IOTDA.000006");
        assertThat(code(rest.call(
                        "POST", "certificates/" + id + "/action?action_id=forget", "{\"verify_content\":\"x\"}")))
                .isEqualTo("400 IOTDA.000006");
    }

    @Test
    void a_template_promises_nothing_it_cannot_keep() throws InterruptedException {
        String policies = template("a", ",\"policy\":{\"policy_ids\":[\"p1\"]}");
        assertThat(rest.call("POST", "provisioning-templates", policies).status())
                .isEqualTo(501);
        AppAnswer made = rest.call("POST", "provisioning-templates", template("a", ""));
        assertThat(made.status()).isEqualTo(201);
        assertThat(json(made).at("/template_body/resources/device/node_id/ref").asString())
                .isEqualTo("iotda::certificate::common_name");
        assertThat(json(made)
                        .at("/template_body/parameters/iotda::certificate::common_name/type")
                        .asString())
                .isEqualTo("String");
        assertThat(rest.call("POST", "provisioning-templates", template("a", ""))
                        .status())
                .isEqualTo(409);
    }

    private static String template(String name, String policy) {
        return """
                {"template_name":"%s","template_body":{
                 "parameters":{"iotda::certificate::common_name":{"type":"String"}},
                 "resources":{"device":{"node_id":{"ref":"iotda::certificate::common_name"},"product_id":"p"}%s}}}""".formatted(name, policy);
    }

    private static String upload(String space) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("content", PEM)
                .put("app_id", space)
                .toString();
    }

    private static JsonNode json(AppAnswer answer) {
        return JsonMapper.shared().readTree(answer.body().toBytes());
    }

    private static String code(AppAnswer answer) {
        return answer.status() + " " + json(answer).path("error_code").asString();
    }
}
