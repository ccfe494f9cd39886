package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.api.ApiServer.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // made before each test
final class SceneApiTest {
    private static final String HOT = "{\"name\":\"hot\",\"triggers\":[{\"cron\":\"0 9 * * *\"}],"
            + "\"actions\":[{\"clear\":\"hot\"}],\"coolDown\":\"5m\"}";

    private ApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_scene_is_created_shown_and_listed_with_what_it_did() {
        Answer created = server.post("/scenes", HOT);
        assertThat(created.status()).isEqualTo(201);
        assertThat(server.post("/scenes", HOT).problem()).isEqualTo("SCENE_EXISTS");

        Answer shown = server.get("/scenes/hot");
        assertThat(shown.at("enabled").asBoolean()).isTrue();
        assertThat(shown.at("triggers")).hasToString("[{\"cron\":\"0 9 * * *\"}]");
        assertThat(shown.at("conditions").size()).isZero();
        assertThat(shown.at("coolDown").asString()).isEqualTo("5m");
        assertThat(shown.at("suppressed").asInt()).isEqualTo(2);
        assertThat(shown.at("firings").get(0).get("device").asString()).isEqualTo("pump");
        assertThat(shown.at("firings")
                        .get(0)
                        .get("actions")
                        .get(0)
                        .get("detail")
                        .asString())
                .isEqualTo("why not");
        assertThat(server.get("/scenes").at("items").get(0).get("fired").asInt())
                .isEqualTo(1);
        assertThat(server.get("/scenes/none").status()).isEqualTo(404);
    }

    @Test
    void a_scene_rests_is_replaced_and_deleted() {
        server.post("/scenes", HOT);
        assertThat(server.post("/scenes/hot/disable", "{}").at("enabled").asBoolean())
                .isFalse();
        assertThat(server.post("/scenes/hot/enable", "{}").at("enabled").asBoolean())
                .isTrue();
        assertThat(server.post("/scenes/hot", HOT.replace("5m", "6m"))
                        .at("coolDown")
                        .asString())
                .isEqualTo("6m");
        assertThat(server.post("/scenes/hot", HOT.replace("\"hot\",\"t", "\"cold\",\"t"))
                        .status())
                .isEqualTo(400);
        assertThat(server.delete("/scenes/hot").status()).isEqualTo(204);
        assertThat(server.get("/scenes/hot").status()).isEqualTo(404);
    }

    @Test
    void what_is_missing_or_misspelt_is_named() {
        assertThat(server.post("/scenes", "{\"name\":\"x\",\"actions\":[]}")
                        .at("detail")
                        .asString())
                .contains("triggers");
        assertThat(server.post("/scenes", HOT.replace("coolDown", "cooldown"))
                        .at("detail")
                        .asString())
                .contains("did you mean \"coolDown\"");
        assertThat(server.post("/scenes", HOT.replace("[{\"cron\":\"0 9 * * *\"}]", "[null]"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_scene_is_tried_by_its_name_or_before_it_is_stored() {
        server.post("/scenes", HOT);
        Answer stored = server.post("/scene-trials", "{\"name\":\"hot\",\"sample\":{}}");
        assertThat(stored.at("fires").asBoolean()).isTrue();
        assertThat(stored.at("triggers").get(0).get("what").asString()).isEqualTo("hot");
        assertThat(server.post("/scene-trials", "{\"scene\":" + HOT + ",\"sample\":{}}")
                        .status())
                .isEqualTo(200);
        assertThat(server.post("/scene-trials", "{\"sample\":{}}").status()).isEqualTo(400);
        assertThat(server.post("/scene-trials", "{\"scene\":{},\"name\":null,\"sample\":{}}")
                        .status())
                .isEqualTo(400);
    }
}
