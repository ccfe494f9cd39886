package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.api.ApiServer.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One server for all, since it starts processes for scripts; each test has a product of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // made before each test
final class ScriptApiTest {
    private static final String SOUND = "function rawDataToProtocol(b) { return {method: 'm', n: b.length}; }"
            + " function protocolToRawData(o) { return [o.n, 2]; }";

    private ApiServer server;
    private int products;
    private String script;

    @BeforeAll
    void start() throws IOException {
        server = new ApiServer();
    }

    @BeforeEach
    void createAProduct() {
        String key = "a" + ++products;
        server.post("/products", "{\"name\":\"Meter " + key + "\",\"key\":\"" + key + "\",\"format\":\"raw\"}");
        script = "/products/" + key + "/script";
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void a_script_is_stored_shown_tried_and_deleted() {
        assertThat(server.get(script).status()).isEqualTo(404);

        assertThat(put(SOUND).status()).isEqualTo(200);
        assertThat(server.get(script).at("source").asString()).isEqualTo(SOUND);
        assertThat(server.post(script + "/try", "{\"function\":\"rawDataToProtocol\",\"hex\":\"00 01\"}")
                        .at("message"))
                .hasToString("{\"method\":\"m\",\"n\":2}");
        assertThat(server.post(script + "/try", "{\"function\":\"protocolToRawData\",\"message\":{\"n\":257}}")
                        .at("hex")
                        .asString())
                .isEqualTo("0102");

        assertThat(server.delete(script).status()).isEqualTo(204);
        assertThat(server.get(script).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "function rawDataToProtocol(b) { | line 1",
                "function rawDataToProtocol(b) {} | protocolToRawData",
                "throw new Error('at the start'); | at the start"
            })
    void a_script_that_cannot_work_is_not_stored(String source, String detail) {
        Answer refused = put(source);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("SCRIPT_FAILED");
        assertThat(refused.at("detail").asString()).contains(detail);
        assertThat(server.get(script).status()).isEqualTo(404);
    }

    @Test
    void a_script_of_no_product_is_refused() {
        assertThat(server.post("/products/none/script", "{\"source\":\"1\"}").problem())
                .isEqualTo("PRODUCT_NOT_FOUND");
    }

    @Test
    void a_trial_that_fails_tells_where() {
        Answer tried = server.post(
                "/scripts/try",
                "{\"source\":\"function rawDataToProtocol(b) {\\n return b.x.y; }\",\"function\":\"rawDataToProtocol\","
                        + "\"base64\":\"AAE=\"}");

        assertThat(tried.status()).isEqualTo(200);
        assertThat(tried.at("fault").asString()).isEqualTo("broken");
        assertThat(tried.at("line").asInt()).isEqualTo(2);
        assertThat(tried.at("detail").asString()).startsWith("TypeError");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"function\":\"nonsense\",\"hex\":\"00\"}",
                "{\"function\":\"rawDataToProtocol\"}",
                "{\"function\":\"rawDataToProtocol\",\"hex\":\"0\"}",
                "{\"function\":\"rawDataToProtocol\",\"hex\":\"00\",\"base64\":\"AA==\"}",
                "{\"function\":\"protocolToRawData\",\"message\":[1]}",
                "{\"function\":\"transformPayload\",\"hex\":\"00\"}"
            })
    void a_sample_that_says_too_little_is_refused(String sample) {
        put(SOUND);

        assertThat(server.post(script + "/try", sample).problem()).isEqualTo("INVALID_ARGUMENT");
    }

    private Answer put(String source) {
        return server.post(script, "{\"source\":\"" + source + "\"}");
    }
}
