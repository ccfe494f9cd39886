package io.berth.dialect.huawei.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.dialect.AppAnswer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a new device begins with, and what is left of one that cannot be (spec huawei-iotda 3.2, 4.1, 7.3).
@SuppressWarnings("NullAway.Init") // made before each test
final class HuaweiDeviceRoutesTest {
    @TempDir
    Path directory;

    private TestRest server;

    @BeforeEach
    void start() throws Exception {
        server = new TestRest(directory);
        done(201, "POST", "products", """
                {"product_id":"lamp","name":"Lamp","device_type":"Lamp","protocol_type":"MQTT","data_format":"json",
                "service_capabilities":[{"service_id":"light","properties":[
                {"property_name":"level","data_type":"int","min":"0","max":"100","method":"RW","default_value":50},
                {"property_name":"colour","data_type":"string","method":"RW"},
                {"property_name":"age","data_type":"int","method":"R","default_value":1}]}]}""");
        done(201, "POST", "products", """
                {"product_id":"any","name":"Any","device_type":"Any","protocol_type":"MQTT","data_format":"json"}""");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_new_device_is_wanted_to_be_as_its_model_begins() throws Exception {
        done(201, "POST", "devices", "{\"product_id\":\"lamp\",\"node_id\":\"n1\"}");

        assertThat(desired("lamp_n1")).isEqualTo(json("{\"level\":50}"));
    }

    @Test
    void what_the_application_wants_stands_over_what_the_model_begins_with() throws Exception {
        done(201, "POST", "devices", newDevice("n1", "light", "{\"level\":7,\"colour\":\"red\"}"));

        assertThat(desired("lamp_n1")).isEqualTo(json("{\"level\":7,\"colour\":\"red\"}"));
    }

    @ParameterizedTest
    @CsvSource({"light,level,700", "light,age,2", "other,level,7"})
    void a_device_whose_wishes_cannot_be_is_not_made(String service, String property, int value) throws Exception {
        done(400, "POST", "devices", newDevice("n1", service, "{\"" + property + "\":" + value + "}"));

        done(404, "GET", "devices/lamp_n1", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a$", "$a", "a\\u0000"})
    void names_in_a_shadow_hold_no_sign_the_vendor_keeps_for_itself(String name) throws Exception {
        done(201, "POST", "devices", "{\"product_id\":\"any\",\"node_id\":\"n1\"}");
        String part = "{\"service_id\":\"s\",\"desired\":{\"%s\":1}}".formatted(name);

        done(400, "PUT", "devices/any_n1/shadow", "{\"shadow\":[" + part + "]}");
        done(400, "POST", "devices", "{\"product_id\":\"any\",\"node_id\":\"n2\",\"shadow\":[" + part + "]}");
    }

    /// An application never saw the key that Berth gave to its product.
    @Test
    void what_is_refused_is_named_as_the_application_does() throws Exception {
        String node = "{\"product_id\":\"any\",\"node_id\":\"n1\"%s}";
        done(201, "POST", "devices", node.formatted(""));

        assertThat(message(400, "POST", "devices", node.formatted("")))
                .isEqualTo("The product has a device of this node_id already.");
        assertThat(message(
                        400,
                        "POST",
                        "devices",
                        "{\"product_id\":\"lamp\",\"node_id\":\"n2\",\"device_id\":\"any_n1\"}"))
                .isEqualTo("There is a device of this device_id already.");
        assertThat(message(409, "DELETE", "products/any", "")).isEqualTo("The product has devices.");
        assertThat(message(404, "GET", "devices/any_n1/async-commands/none", ""))
                .isEqualTo("the device has no call none");
        assertThat(message(400, "PUT", "devices/any_n1", "{\"device_name\":\"" + "n".repeat(257) + "\"}"))
                .isEqualTo("\"device_name\" has at most 256 characters");
    }

    @Test
    void secrets_are_shown_to_those_that_operate_and_not_to_those_that_look() throws Exception {
        done(201, "POST", "devices", "{\"product_id\":\"any\",\"node_id\":\"n1\"}");
        done(200, "POST", "devices/any_n1/action", "{\"action_id\":\"resetSecret\",\"secret_type\":\"SECONDARY\"}");

        JsonNode operators = authInfo(Role.OPERATOR);
        assertThat(operators.path("secret").asString()).isNotEmpty();
        assertThat(operators.path("secondary_secret").asString()).isNotEmpty();
        JsonNode readers = authInfo(Role.READER);
        assertThat(readers.has("secret")).isFalse();
        assertThat(readers.has("secondary_secret")).isFalse();
        assertThat(readers.path("auth_type")).isEqualTo(operators.path("auth_type"));
    }

    private JsonNode authInfo(Role role) throws Exception {
        AppAnswer answer = server.call(Rights.of(role), "GET", "devices/any_n1", "");
        assertThat(answer.status()).isEqualTo(200);
        return json(answer.body().text()).path("auth_info");
    }

    @Test
    void two_levels_of_devices_stand_behind_a_gateway() throws Exception {
        done(201, "POST", "devices", "{\"product_id\":\"any\",\"node_id\":\"top\"}");
        done(201, "POST", "devices", behind("child", "top"));
        done(201, "POST", "devices", behind("grandchild", "child"));

        done(400, "POST", "devices", behind("more", "grandchild"));
        done(404, "GET", "devices/any_more", "");
        done(201, "POST", "devices", behind("other", "top"));
        done(400, "POST", "devices/any_other/change-gateway", "{\"gateway_id\":\"any_grandchild\"}");
        done(200, "POST", "devices/any_other/change-gateway", "{\"gateway_id\":\"any_child\"}");
    }

    @Test
    void a_command_without_a_service_is_not_held_against_the_model() throws Exception {
        done(201, "POST", "devices", "{\"product_id\":\"lamp\",\"node_id\":\"n1\"}");
        String free = "{\"command_name\":\"free\",\"paras\":{\"a\":1}}";

        done(201, "POST", "devices/lamp_n1/async-commands", free);
        done(403, "POST", "devices/lamp_n1/commands", free);
        done(404, "POST", "devices/lamp_n1/commands", "{\"service_id\":\"light\",\"command_name\":\"free\"}");
    }

    @Test
    void a_device_that_is_away_is_told_of_in_the_vendors_words() throws Exception {
        done(201, "POST", "devices", "{\"product_id\":\"lamp\",\"node_id\":\"n1\"}");

        JsonNode refusal = done(403, "POST", "devices/lamp_n1/commands", "{\"command_name\":\"free\"}");

        assertThat(refusal.path("error_code").asString()).isEqualTo("IOTDA.014016");
        assertThat(refusal.path("error_msg").asString()).isEqualTo("Operation not allowed. The device is not online.");
    }

    private static String newDevice(String node, String service, String desired) {
        return """
                {"product_id":"lamp","node_id":"%s","shadow":[{"service_id":"%s","desired":%s}]}""".formatted(node, service, desired);
    }

    private static String behind(String node, String gateway) {
        return "{\"product_id\":\"any\",\"node_id\":\"" + node + "\",\"gateway_id\":\"any_" + gateway + "\"}";
    }

    private JsonNode desired(String device) throws Exception {
        return done(200, "GET", "devices/" + device + "/shadow", "")
                .path("shadow")
                .path(0)
                .path("desired")
                .path("properties");
    }

    private String message(int status, String method, String path, String body) throws Exception {
        return done(status, method, path, body).path("error_msg").asString();
    }

    private JsonNode done(int status, String method, String path, String body) throws Exception {
        AppAnswer answer = server.call(method, path, body);
        assertThat(answer.status()).as(answer.body().text()).isEqualTo(status);
        return json(answer.body().text());
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.isEmpty() ? "null" : text);
    }
}
