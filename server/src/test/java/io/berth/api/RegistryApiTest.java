package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.api.ApiServer.Answer;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore.Presence;
import io.berth.testing.HeldDevice;
import io.berth.testing.TestClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@SuppressWarnings("NullAway.Init") // made before each test
final class RegistryApiTest {
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
    void a_product_keeps_the_identity_it_comes_with() {
        Answer created = server.post("/products", """
                {"name":"Meter","key":"a1meter","secret":"s","huaweiId":"5f01","auth":"x509","node":"gateway",
                 "format":"raw","dynamicRegistration":true}""");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json())
                .isEqualTo(server.get("/products/a1meter").json())
                .hasToString("""
                        {"key":"a1meter","secret":"s","huaweiId":"5f01","name":"Meter","auth":"x509","node":"gateway",\
                        "format":"raw","dynamicRegistration":true,"withoutPreregistration":false,\
                        "space":"00000000000000000000000000000000","released":false,"topics":[{"path":"user/update","allow":"pub"},\
                        {"path":"user/update/error","allow":"pub"},{"path":"user/get","allow":"sub"}],\
                        "created":"2026-11-21T08:00:00Z"}""");
    }

    @Test
    void a_product_made_of_a_name_alone_gets_the_rest() {
        JsonNode product = server.post("/products", "{\"name\":\"温度计\"}").json();

        assertThat(product.get("name").asString()).isEqualTo("温度计");
        assertThat(product.get("auth").asString()).isEqualTo("secret");
        assertThat(product.get("key").asString()).startsWith("a1");
        assertThat(product.get("secret").asString()).hasSize(32);
    }

    @Test
    void listings_come_in_pages_and_without_secrets() {
        for (String key : List.of("a", "b", "c")) {
            server.post("/products", "{\"name\":\"p " + key + "\",\"key\":\"" + key + "\"}");
        }
        List<String> keys = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = server.get("/products?limit=2" + after).json();
            page.get("items").forEach(item -> {
                keys.add(item.get("key").asString());
                assertThat(item.has("secret")).isFalse();
            });
            after = page.has("next") ? "&after=" + page.get("next").asString() : "";
        } while (!after.isEmpty());

        assertThat(keys).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=-1", "limit=ten", "limit=1&limit=2", "limits=3"})
    void a_wrong_page_is_refused(String query) {
        assertThat(server.get("/products?" + query).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                             | "name" is missing
                    {"name":"n","huweiId":"x"}     | unknown member "huweiId": did you mean "huaweiId"?
                    {"name":"n","colour":"x"}      | unknown member "colour" (known: name, key, secret, huaweiId, auth, node, format, dynamicRegistration, space, description)
                    {"name":7}                     | "name" must be a string
                    {"name":null}                  | "name" is missing
                    {"name":"n","auth":"token"}    | "auth" must be one of secret, x509
                    {"name":"n","auth":1}          | "auth" must be one of secret, x509
                    {"name":"n","dynamicRegistration":"yes"} | "dynamicRegistration" must be true or false
                    []                             | the body must be one JSON object
                    null                           | the body must be one JSON object
                    {"name":"n"} {}                | the body must be one JSON object
                    {"name":                       | the body is not well-formed JSON
                    {"name":"n","key":"no blanks"} | a product key has 1 to 64 of A-Z a-z 0-9 _ -, not "no blanks"
                    """)
    void a_body_that_is_not_a_product_is_refused_with_the_reason(String body, String detail) {
        Answer answer = server.post("/products", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("INVALID_ARGUMENT");
        assertThat(answer.at("detail").asString()).isEqualTo(detail);
    }

    @Test
    void a_taken_key_conflicts_and_an_unknown_one_is_not_found() {
        server.device("pk", "d1");

        Answer taken = server.post("/products", "{\"name\":\"again\",\"key\":\"pk\"}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.response().headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(taken.json()).hasToString("""
                        {"type":"urn:berth:problem:product-exists","title":"Product exists","status":409,\
                        "detail":"there is a product \\"pk\\"","problem":"PRODUCT_EXISTS"}""");
        assertThat(server.get("/products/other").problem()).isEqualTo("PRODUCT_NOT_FOUND");
        assertThat(server.delete("/products/other").status()).isEqualTo(404);
        assertThat(server.delete("/products/pk").problem()).isEqualTo("PRODUCT_NOT_EMPTY");
    }

    @Test
    void resource_spaces_are_made_renamed_and_deleted_when_they_are_empty() {
        String id = server.post("/spaces", "{\"name\":\"harbour\"}").at("id").asString();
        server.post("/products", "{\"name\":\"p\",\"key\":\"pk\",\"space\":\"" + id + "\"}");

        assertThat(server.post("/spaces/" + id, "{\"name\":\"port\"}")
                        .at("name")
                        .asString())
                .isEqualTo("port");
        assertThat(server.get("/spaces").json().get("items")).hasSize(2);
        assertThat(server.get("/spaces/" + id).at("isDefault").asBoolean()).isFalse();
        assertThat(server.get("/products/pk").at("space").asString()).isEqualTo(id);
        assertThat(server.delete("/spaces/" + id).problem()).isEqualTo("SPACE_NOT_EMPTY");
        server.post("/products/pk", "{\"space\":\"00000000000000000000000000000000\"}");
        assertThat(server.delete("/spaces/" + id).status()).isEqualTo(204);
        assertThat(server.get("/spaces/" + id).status()).isEqualTo(404);
    }

    @Test
    void a_product_is_changed_until_it_is_released() {
        server.post("/products", "{\"name\":\"p\",\"key\":\"pk\",\"description\":\"a pump\"}");

        Answer changed = server.post("/products/pk", "{\"name\":\"pump\"}");
        assertThat(changed.at("name").asString()).isEqualTo("pump");
        assertThat(changed.at("description").asString()).isEqualTo("a pump");
        assertThat(server.post("/products/pk/release", "{\"released\":true}")
                        .at("released")
                        .asBoolean())
                .isTrue();
        assertThat(server.post("/products/pk", "{\"name\":\"x\"}").problem()).isEqualTo("PRODUCT_RELEASED");
        server.post("/products/pk/release", "{\"released\":false}");
        assertThat(server.post("/products/pk", "{\"description\":\"\"}").status())
                .isEqualTo(200);
    }

    @Test
    void what_is_said_of_a_device_is_changed_and_the_rest_stays() {
        server.device("pk", "d1");

        server.post("/products/pk/devices/d1", "{\"nickname\":\"泵\",\"secureOnly\":true}");
        Answer changed = server.post("/products/pk/devices/d1", "{\"description\":\"by the door\"}");

        assertThat(changed.at("nickname").asString()).isEqualTo("泵");
        assertThat(changed.at("secureOnly").asBoolean()).isTrue();
        assertThat(changed.at("description").asString()).isEqualTo("by the door");
        assertThat(server.post("/products/pk/devices/d1", "{\"nickname\":\"" + "n".repeat(257) + "\"}")
                        .problem())
                .isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void an_empty_product_is_deleted() {
        server.post("/products", "{\"name\":\"p\",\"key\":\"pk\"}");

        Answer deleted = server.delete("/products/pk");

        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.text()).isEmpty();
        assertThat(server.get("/products/pk").status()).isEqualTo(404);
    }

    @Test
    void topics_are_allowed_and_forbidden_in_either_vendors_spelling() {
        server.post("/products", "{\"name\":\"p\",\"key\":\"pk\"}");

        assertThat(server.post("/products/pk/topics", "{\"topic\":\"/pk/${deviceName}/user/+\",\"allow\":\"sub\"}")
                        .status())
                .isEqualTo(201);
        assertThat(server.get("/products/pk/topics").text()).contains("{\"path\":\"user/+\",\"allow\":\"sub\"}");
        assertThat(server.delete("/products/pk/topics?topic=user/%2B").status()).isEqualTo(204);
        assertThat(server.get("/products/pk/topics").text()).doesNotContain("user/+");
        assertThat(server.delete("/products/pk/topics").at("detail").asString()).isEqualTo("\"topic\" is missing");
        assertThat(server.post("/products/pk/topics", "{\"topic\":\"a/+\",\"allow\":\"pub\"}")
                        .status())
                .isEqualTo(400);
        assertThat(server.post("/products/no/topics", "{\"topic\":\"a\",\"allow\":\"pub\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_device_keeps_the_identity_it_comes_with() {
        server.post("/products", "{\"name\":\"p\",\"key\":\"pk\"}");

        Answer created = server.post(
                "/products/pk/devices",
                "{\"name\":\"d1\",\"secret\":\"abc\",\"huaweiId\":\"pk_d1\",\"nodeId\":\"n1\"}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json())
                .isEqualTo(server.get("/products/pk/devices/d1").json())
                .isEqualTo(server.get("/devices?huaweiId=pk_d1").json())
                .hasToString("""
                        {"product":"pk","name":"d1","secret":"abc","huaweiId":"pk_d1","nodeId":"n1","secureOnly":false,\
                        "status":"never-seen","enabled":true,"created":"2026-11-21T08:00:00Z"}""");
        assertThat(server.get("/products/pk/devices").at("items").get(0).has("secret"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "a.b", "a:b", "-", "..", "a%40b", "..."})
    void names_with_reserved_characters_are_found_by_path(String name) {
        server.post("/products", "{\"name\":\"p\",\"key\":\"pk\"}");
        String plain = name.replace("%40", "@");
        server.post("/products/pk/devices", "{\"name\":\"" + plain + "\",\"huaweiId\":\"x\"}");

        Answer shown = server.get("/products/pk/devices/" + name.replace("..", "%2E%2E"));

        assertThat(shown.at("name").asString()).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%E6%B8%A9", "a%20b", "a%2Fb", "a%00b", "%0d%0aX"})
    void a_path_that_can_name_no_device_is_refused(String name) {
        assertThat(server.get("/products/pk/devices/" + name).status()).isIn(400, 404);
    }

    @Test
    void refuses_a_second_device_of_a_name_or_alias() {
        DeviceId id = server.device("pk", "d1");

        assertThat(server.post("/products/pk/devices", "{\"name\":\"d1\"}").problem())
                .isEqualTo("DEVICE_EXISTS");
        assertThat(server.post("/products/pk/devices", "{\"name\":\"d2\",\"huaweiId\":\"alias-pk_" + id.name() + "\"}")
                        .problem())
                .isEqualTo("ALIAS_TAKEN");
        assertThat(server.post("/products/no/devices", "{\"name\":\"d2\"}").problem())
                .isEqualTo("PRODUCT_NOT_FOUND");
        assertThat(server.get("/products/no/devices").problem()).isEqualTo("PRODUCT_NOT_FOUND");
        assertThat(server.get("/devices?huaweiId=none").problem()).isEqualTo("DEVICE_NOT_FOUND");
        assertThat(server.delete("/products/pk/devices/d9").problem()).isEqualTo("DEVICE_NOT_FOUND");
    }

    @Test
    void status_follows_the_life_of_a_device() {
        DeviceId id = server.device("pk", "d1");
        String path = "/products/pk/devices/d1";
        HeldDevice held = new HeldDevice((_, _) -> {});
        var session = held.session(id);

        server.sessions.attach(session);
        JsonNode online = server.get(path).json();
        assertThat(online.get("status").asString()).isEqualTo("online");
        assertThat(online.get("node").asString()).isEqualTo("node-1");
        assertThat(online.get("dialect").asString()).isEqualTo("test");
        assertThat(online.get("address").asString()).isEqualTo("192.0.2.7:1234");
        held.heard(TestClock.START.plusSeconds(300));
        assertThat(server.get(path).at("lastSeen").asString()).isEqualTo("2026-11-21T08:05:00Z");

        server.sessions.detach(session, io.berth.core.session.CloseCause.DISCONNECTED);
        server.registry.devices().recordPresence(List.of(new Presence(id, TestClock.START, "192.0.2.7:1234", true)));
        JsonNode offline = server.get(path).json();
        assertThat(offline.get("status").asString()).isEqualTo("offline");
        assertThat(offline.get("lastSeen").asString()).isEqualTo("2026-11-21T08:00:00Z");
        assertThat(offline.has("node")).isFalse();

        assertThat(server.post(path + "/disable", "").at("status").asString()).isEqualTo("disabled");
        assertThat(server.post(path + "/enable", "").at("status").asString()).isEqualTo("offline");
        JsonNode reset = server.post(path + "/reset", "{\"secret\":\"new\"}").json();
        assertThat(reset.get("status").asString()).isEqualTo("never-seen");
        assertThat(reset.get("secret").asString()).isEqualTo("new");
        assertThat(server.post(path + "/reset", "").at("secret").asString()).isEqualTo("new");
        assertThat(server.delete(path).status()).isEqualTo(204);
        assertThat(server.post(path + "/enable", "").status()).isEqualTo(404);
    }

    @Test
    void a_store_that_is_gone_is_said_to_be() {
        server.registry.gone = true;

        Answer answer = server.get("/products");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("STORAGE_UNAVAILABLE");
    }

    @Test
    void the_node_shows_itself() {
        server.clock.advance(java.time.Duration.ofSeconds(5));

        assertThat(server.get("/node").text()).isEqualTo("""
                        {"version":"0.1.0","pid":42,"started":"2026-11-21T08:00:00Z","uptimeMillis":5000,"sessions":0,\
                        "listeners":{"mqtt":{"bind":"127.0.0.1","port":1883}}}""");
    }
}
