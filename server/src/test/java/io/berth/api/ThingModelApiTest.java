package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.api.ApiServer.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Thing models through the API. The formats themselves have tests of their own.
@SuppressWarnings("NullAway.Init") // made before each test
final class ThingModelApiTest {
    private static final String TSL = """
            {"properties":[{"identifier":"Temp","accessMode":"rw","dataType":{"type":"float","specs":{"unitName":"celsius"}}}],
            "services":[{"identifier":"reboot"}]}""";
    private static final String HUAWEI = """
            {"service_capabilities":[{"service_id":"lamp","properties":[{"property_name":"on","data_type":"int"}]}]}""";

    private ApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer();
        server.device("a1", "d1");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_model_is_a_draft_until_it_is_published() {
        Answer imported = server.post("/products/a1/model", TSL);
        assertThat(imported.text()).isEqualTo("""
                        {"format":"tsl","modules":1,"properties":1,"events":0,"services":1,"notes":[]}""");
        assertThat(server.get("/products/a1/model").at("text").asString()).isEqualTo("{}");
        assertThat(server.get("/products/a1/model?draft=true").at("text").asString())
                .contains("Temp");

        Answer published = server.post("/products/a1/model/publish", "");
        assertThat(published.at("version").asInt()).isEqualTo(1);
        assertThat(server.get("/products/a1/model").at("text").asString()).contains("Temp");
    }

    @Test
    void the_format_is_guessed_from_the_file_and_the_notes_come_along() {
        Answer imported = server.post("/products/a1/model?publish=true", HUAWEI);
        assertThat(imported.at("format").asString()).isEqualTo("huawei");
        assertThat(imported.at("version").asInt()).isEqualTo(1);
        assertThat(imported.at("notes").get(0).asString()).contains("no method");
        String exported =
                server.get("/products/a1/model?format=native").at("text").asString();
        assertThat(server.post("/products/a1/model", exported).at("format").asString())
                .isEqualTo("native");
    }

    @Test
    void each_format_comes_with_what_it_has_no_word_for() {
        server.post("/products/a1/model?publish=true", TSL);
        Answer huawei = server.get("/products/a1/model?format=huawei");
        assertThat(huawei.at("text").asString()).contains("\"service_id\":\"default\"");
        assertThat(huawei.at("notes").get(0).asString()).contains("celsius");
        Answer zip = server.get("/products/a1/model?format=huawei-zip");
        assertThat(zip.at("mediaType").asString()).isEqualTo("application/zip");
        assertThat(zip.at("base64").asString()).startsWith("UEsD");
        assertThat(zip.json().has("text")).isFalse();
    }

    @Test
    void a_file_that_is_validated_changes_nothing() {
        Answer valid = server.post("/products/a1/model/validate?format=tsl", TSL);
        assertThat(valid.status()).isEqualTo(200);
        assertThat(server.get("/products/a1/model?draft=true").at("text").asString())
                .isEqualTo("{}");
        assertThat(server.post("/products/nobody/model/validate", TSL).problem())
                .isEqualTo("PRODUCT_NOT_FOUND");
    }

    @Test
    void a_file_with_faults_is_refused_with_all_of_them() {
        Answer refused = server.post("/products/a1/model", """
                {"properties":[{"identifier":"a","accessMode":"x","dataType":{"type":"int","specs":{"min":"x"}}}]}""");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("MODEL_INVALID");
        assertThat(refused.at("detail").asString())
                .contains("properties[0].accessMode", "properties[0].dataType.specs.min: \"x\" is no number");
        assertThat(server.post("/products/a1/model", "hello").problem()).isEqualTo("MODEL_INVALID");
        assertThat(server.post("/products/a1/model?format=xml", TSL).problem()).isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void earlier_versions_stay_and_are_told_apart() {
        server.post("/products/a1/model?publish=true", TSL);
        server.post("/products/a1/model?publish=true", HUAWEI);
        assertThat(server.get("/products/a1/model/versions").at("items")).hasSize(2);
        assertThat(server.get("/products/a1/model?version=1").at("text").asString())
                .contains("Temp");
        assertThat(server.get("/products/a1/model?version=3").problem()).isEqualTo("MODEL_NOT_FOUND");
        assertThat(server.get("/products/a1/model?version=1&draft=true").problem())
                .isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void nothing_is_published_without_a_draft() {
        assertThat(server.post("/products/a1/model/publish", "").problem()).isEqualTo("MODEL_NOT_FOUND");
    }
}
