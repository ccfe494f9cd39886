package io.berth.dialect.huawei.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.dialect.AppAnswer;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Which devices a listing and a search find by where they stand (spec huawei-iotda 7.3).
@SuppressWarnings("NullAway.Init") // made before each test
final class HuaweiListingsTest {
    @TempDir
    Path directory;

    private TestRest server;

    @BeforeEach
    void a_child_behind_a_child() throws Exception {
        server = new TestRest(directory);
        done(201, "POST", "products", """
                {"product_id":"lamp","name":"Lamp","device_type":"Lamp","protocol_type":"MQTT","data_format":"json"}""");
        done(201, "POST", "devices", "{\"product_id\":\"lamp\",\"node_id\":\"top\"}");
        done(201, "POST", "devices", "{\"product_id\":\"lamp\",\"node_id\":\"mid\",\"gateway_id\":\"lamp_top\"}");
        done(201, "POST", "devices", "{\"product_id\":\"lamp\",\"node_id\":\"low\",\"gateway_id\":\"lamp_mid\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_listing_goes_one_step_behind_a_gateway_or_all_the_way() throws Exception {
        assertThat(nodes(done(200, "GET", "devices?gateway_id=lamp_top", ""))).containsExactly("mid");
        assertThat(nodes(done(200, "GET", "devices?gateway_id=lamp_top&is_cascade_query=false", "")))
                .containsExactly("mid");
        assertThat(nodes(done(200, "GET", "devices?gateway_id=lamp_top&is_cascade_query=true", "")))
                .containsExactly("low", "mid");
    }

    @Test
    void a_search_knows_gateways_from_endpoints() throws Exception {
        assertThat(nodes(search("node_type = 'ENDPOINT'"))).containsExactly("low", "mid");
        assertThat(nodes(search("node_type != 'ENDPOINT'"))).containsExactly("top");
        assertThat(nodes(search("node_type in ('GATEWAY')"))).containsExactly("top");
        assertThat(server.call("POST", "search/query-devices", sql("node_type = 'LAMP'"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_search_goes_on_behind_a_marker() throws Exception {
        JsonNode first = done(200, "POST", "search/query-devices", """
                {"sql":"select node_id,marker from device order by marker desc limit 2"}""").path("devices");
        assertThat(first.findValuesAsString("node_id")).containsExactly("low", "mid");
        String marker = first.path(1).path("marker").asString();
        assertThat(marker).matches("[0-9a-f]{24}");

        assertThat(nodes(search("marker < '" + marker + "'"))).containsExactly("top");
        assertThat(nodes(search("marker <= '" + marker.toUpperCase(Locale.ROOT) + "'")))
                .containsExactly("mid", "top");
        assertThat(nodes(search("marker > '" + marker + "'"))).containsExactly("low");
        assertThat(server.call("POST", "search/query-devices", sql("marker < 'x'"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_search_shows_the_groups_of_devices() throws Exception {
        String group = done(201, "POST", "device-group", "{\"name\":\"g\"}")
                .path("group_id")
                .asString();
        done(200, "POST", "device-group/" + group + "/action?action_id=addDevice&device_id=lamp_mid", "");

        JsonNode found = search("node_id = 'mid'").path("devices").path(0);

        assertThat(found.path("groups").path(0).asString()).isEqualTo(group);
        assertThat(found.path("groups")).hasSize(1);
    }

    @Test
    void a_marker_may_be_written_in_capitals() throws Exception {
        String marker = done(200, "GET", "devices?limit=1", "")
                .path("page")
                .path("marker")
                .asString();

        assertThat(nodes(done(200, "GET", "devices?marker=" + marker.toUpperCase(Locale.ROOT), "")))
                .containsExactly("mid", "top");
    }

    private JsonNode search(String where) throws Exception {
        return done(200, "POST", "search/query-devices", sql(where));
    }

    private static String sql(String where) {
        return "{\"sql\":\"select * from device where " + where + "\"}";
    }

    private static Iterable<String> nodes(JsonNode answer) {
        return answer.path("devices").findValuesAsString("node_id");
    }

    private JsonNode done(int status, String method, String path, String body) throws Exception {
        AppAnswer answer = server.call(method, path, body);
        assertThat(answer.status()).as(answer.body().text()).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body().toBytes());
    }
}
