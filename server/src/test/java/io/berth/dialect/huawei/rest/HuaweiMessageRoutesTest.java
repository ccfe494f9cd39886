package io.berth.dialect.huawei.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.dialect.AppAnswer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Messages to devices with what travels beside their bytes (spec huawei-iotda 2.4, 7.4).
@SuppressWarnings("NullAway.Init") // made before each test
final class HuaweiMessageRoutesTest {
    private static final String MESSAGES = "devices/lamp_n1/messages";

    @TempDir
    Path directory;

    private TestRest server;

    @BeforeEach
    void start() throws Exception {
        server = new TestRest(directory);
        done(201, "POST", "products", """
                {"product_id":"lamp","name":"Lamp","device_type":"Lamp","protocol_type":"MQTT","data_format":"json"}""");
        done(201, "POST", "devices", "{\"product_id\":\"lamp\",\"node_id\":\"n1\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void properties_are_kept_with_their_message() throws Exception {
        String properties = """
                {"correlation_data":"c1","response_topic":"answers/n1",\
                "user_properties":[{"prop_key":"k","prop_value":"v"}]}""";
        String id = done(201, "POST", MESSAGES, "{\"message\":\"hello\",\"properties\":" + properties + "}")
                .path("message_id")
                .asString();

        assertThat(done(200, "GET", MESSAGES + "/" + id, "").path("properties"))
                .isEqualTo(JsonMapper.shared().readTree(properties));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"response_topic\":\"a/#\"}",
                "{\"response_topic\":7}",
                "{\"user_properties\":[{\"prop_key\":\"k\"}]}",
                "{\"user_properties\":[null]}",
                "{\"correlation_data\":\"%s\"}"
            })
    void properties_that_mqtt_cannot_carry_are_refused(String properties) throws Exception {
        String body = "{\"message\":\"hello\",\"properties\":" + properties.formatted("x".repeat(129)) + "}";
        assertThat(server.call("POST", MESSAGES, body).status()).isEqualTo(400);
    }

    private JsonNode done(int status, String method, String path, String body) throws Exception {
        AppAnswer answer = server.call(method, path, body);
        assertThat(answer.status()).as(answer.body().text()).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body().toBytes());
    }
}
