package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Templates by which devices register themselves.
@SuppressWarnings("NullAway.Init") // made before each test
final class TemplateApiTest {
    private static final String TEMPLATES = "/certificate-templates";

    private ApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer();
        server.post("/products", "{\"name\":\"p\",\"key\":\"pumps\",\"huaweiId\":\"hp\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_product_is_named_by_its_key_or_its_huawei_id_and_shown_by_its_key() {
        assertThat(add("by-key", "pumps").at("product").asString()).isEqualTo("pumps");
        assertThat(add("by-id", "hp").at("product").asString()).isEqualTo("pumps");
        assertThat(server.get(TEMPLATES).at("items").findValuesAsString("product"))
                .containsExactly("pumps", "pumps");
    }

    @Test
    void a_template_of_a_product_there_is_not_is_refused_at_once() {
        ApiServer.Answer refused = add("of-none", "hpself");

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.problem()).isEqualTo("PRODUCT_NOT_FOUND");
        assertThat(server.get(TEMPLATES).at("items")).isEmpty();
    }

    @Test
    void a_part_of_the_subject_may_say_the_product() {
        assertThat(add("by-subject", "$organization").at("product").asString()).isEqualTo("$organization");
        assertThat(add("by-nothing", "$shoe-size").problem()).isEqualTo("INVALID_ARGUMENT");
    }

    private ApiServer.Answer add(String name, String product) {
        return server.post(
                TEMPLATES, "{\"name\":\"" + name + "\",\"nodeId\":\"$common-name\",\"product\":\"" + product + "\"}");
    }
}
