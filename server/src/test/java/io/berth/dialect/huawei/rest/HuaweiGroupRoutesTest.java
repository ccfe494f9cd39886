package io.berth.dialect.huawei.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.product.Space;
import io.berth.dialect.AppAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Dynamic groups (spec huawei-iotda 7.9), whose members what stands behind `where` in a search finds.
@SuppressWarnings("NullAway.Init") // made before each test
final class HuaweiGroupRoutesTest {
    private static final String CARS = "product_id = 'cars' and node_id like 'car%'";

    @TempDir
    Path directory;

    private TestRest server;

    @BeforeEach
    void make_a_fleet() throws Exception {
        server = new TestRest(directory);
        product("cars", Space.DEFAULT_ID);
        for (String node : List.of("car1", "car2", "bus1")) {
            device("cars", node);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void members_are_what_the_rule_finds_now() throws Exception {
        JsonNode group = create("车队", CARS);
        assertThat(group.path("group_type").asString()).isEqualTo("DYNAMIC");
        assertThat(group.path("dynamic_group_rule").asString()).isEqualTo(CARS);
        String id = group.path("group_id").asString();
        assertThat(members(id)).containsExactly("car2", "car1");

        device("cars", "car3");
        done(204, "DELETE", "devices/cars_car1", "");
        assertThat(members(id)).containsExactly("car3", "car2");
        assertThat(done(200, "GET", "device-group/" + id, "")
                        .path("dynamic_group_rule")
                        .asString())
                .isEqualTo(CARS);
    }

    @Test
    void members_come_in_pages() throws Exception {
        String path = "device-group/" + create("g", CARS).path("group_id").asString() + "/devices?limit=1";
        JsonNode first = done(200, "GET", path, "");
        assertThat(first.at("/page/count").asInt()).isEqualTo(2);
        assertThat(first.at("/devices/0/node_id").asString()).isEqualTo("car2");

        JsonNode second =
                done(200, "GET", path + "&marker=" + first.at("/page/marker").asString(), "");
        assertThat(second.path("devices").findValuesAsString("node_id")).containsExactly("car1");
    }

    @Test
    void a_rule_may_name_what_is_not_there_yet() throws Exception {
        String id = create("later", "product_id = 'bikes'").path("group_id").asString();
        assertThat(members(id)).isEmpty();

        product("bikes", Space.DEFAULT_ID);
        device("bikes", "bike1");
        assertThat(members(id)).containsExactly("bike1");
    }

    @Test
    void members_are_neither_added_nor_removed_by_hand() throws Exception {
        String id = create("g", CARS).path("group_id").asString();
        for (String action : List.of("addDevice", "removeDevice")) {
            assertRefused(
                    "400 IOTDA.000006",
                    "POST",
                    "device-group/" + id + "/action?action_id=" + action + "&device_id=cars_bus1",
                    "");
        }
        assertThat(members(id)).containsExactly("car2", "car1");
    }

    @Test
    void a_dynamic_group_is_renamed_stays_dynamic_and_is_deleted_with_members() throws Exception {
        String id = create("g", CARS).path("group_id").asString();
        JsonNode renamed = done(200, "PUT", "device-group/" + id, "{\"name\":\"h\",\"description\":\"说\"}");
        assertThat(renamed.path("name").asString()).isEqualTo("h");
        assertThat(renamed.path("dynamic_group_rule").asString()).isEqualTo(CARS);

        done(204, "DELETE", "device-group/" + id, "");
        assertRefused("404 IOTDA.000003", "GET", "device-group/" + id, "");
    }

    @Test
    void type_and_rule_belong_together() throws Exception {
        assertRefused("400 IOTDA.000006", "POST", "device-group", "{\"name\":\"g\",\"group_type\":\"DYNAMIC\"}");
        assertRefused(
                "400 IOTDA.000006",
                "POST",
                "device-group",
                "{\"name\":\"g\",\"group_type\":\"STATIC\",\"dynamic_group_rule\":\"status = 'ONLINE'\"}");
        assertRefused(
                "400 IOTDA.000006",
                "POST",
                "device-group",
                "{\"name\":\"g\",\"dynamic_group_rule\":\"status = 'ONLINE'\"}");
        assertRefused("400 IOTDA.000006", "POST", "device-group", "{\"name\":\"g\",\"group_type\":\"OTHER\"}");
        assertThat(listed("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "node_id",
                "node_id = 'a' and",
                "where node_id = 'a'",
                "node_id = 'a' order by marker",
                "node_id = 'a' limit 1",
                "colour = 'red'",
                "node_id = 'a' or node_id = 'b' or node_id = 'c' or node_id = 'd' or node_id = 'e' or node_id = 'f'",
                "node_id = 'a'; drop table device"
            })
    void a_rule_that_cannot_be_read_is_refused(String rule) throws Exception {
        assertRefused("400 IOTDA.000006", "POST", "device-group", body("g", rule));
    }

    @Test
    void a_rule_has_400_characters() throws Exception {
        String start = "node_id = '";
        create("long", start + "x".repeat(399 - start.length()) + "'");
        assertRefused(
                "400 IOTDA.000006",
                "POST",
                "device-group",
                body("longer", start + "x".repeat(400 - start.length()) + "'"));
    }

    @Test
    void groups_are_listed_by_name_type_and_time() throws Exception {
        create("dynamic", CARS);
        server.clock.advance(Duration.ofMinutes(1));
        done(201, "POST", "device-group", "{\"name\":\"静态\"}");

        assertThat(listed("")).containsExactly("静态", "dynamic");
        assertThat(listed("?group_type=DYNAMIC")).containsExactly("dynamic");
        assertThat(listed("?group_type=STATIC")).containsExactly("静态");
        assertThat(listed("?name=dynamic")).containsExactly("dynamic");
        assertThat(listed("?name=dyn")).isEmpty();
        assertThat(listed("?last_modified_time=20261121T080001Z")).containsExactly("静态");
        assertThat(listed("?last_modified_time=20261121T080100Z")).containsExactly("静态");
        assertThat(listed("?last_modified_time=20261121T080101Z")).isEmpty();
        assertRefused("400 IOTDA.000006", "GET", "device-group?group_type=OTHER", "");
        assertRefused("400 IOTDA.000009", "GET", "device-group?last_modified_time=today", "");
    }

    @Test
    void what_was_changed_since_is_listed() throws Exception {
        String id = create("g", CARS).path("group_id").asString();
        server.clock.advance(Duration.ofHours(1));
        assertThat(listed("?last_modified_time=20261121T083000Z")).isEmpty();

        done(200, "PUT", "device-group/" + id, "{\"description\":\"changed\"}");
        assertThat(listed("?last_modified_time=20261121T083000Z")).containsExactly("g");
    }

    @Test
    void a_batch_task_works_on_what_a_dynamic_group_has_when_it_is_made() throws Exception {
        String group = create("g", CARS).path("group_id").asString();
        JsonNode task = done(
                201,
                "POST",
                "batchtasks",
                "{\"task_name\":\"t\",\"task_type\":\"freezeDevices\",\"targets_filter\":{\"group_ids\":[\"" + group
                        + "\"]}}");
        device("cars", "car3");

        String id = task.path("task_id").asString();
        await().until(() -> done(200, "GET", "batchtasks/" + id, "")
                .at("/batchtask/status")
                .asString()
                .equals("Success"));
        assertThat(done(200, "GET", "batchtasks/" + id, "").path("task_details").findValuesAsString("target"))
                .containsExactlyInAnyOrder("cars_car1", "cars_car2");
    }

    @Test
    void what_is_in_another_space_is_neither_shown_nor_worked_on() throws Exception {
        Space theirs = server.spaces.create("theirs");
        product("vans", theirs.id());
        device("vans", "car9");
        String group = create("g", "node_id like 'car%'").path("group_id").asString();
        assertThat(members(group)).containsExactly("car9", "car2", "car1");

        Rights narrow = new Rights(Role.OPERATOR, Set.of(theirs.id()), Set.of());
        assertThat(json(server.call(narrow, "GET", "device-group/" + group + "/devices", ""))
                        .path("devices")
                        .findValuesAsString("node_id"))
                .containsExactly("car9");
        JsonNode task = json(server.call(
                narrow,
                "POST",
                "batchtasks",
                "{\"task_name\":\"t\",\"task_type\":\"freezeDevices\",\"targets_filter\":{\"group_ids\":[\"" + group
                        + "\"]}}"));
        assertThat(task.at("/task_progress/total").asInt()).isEqualTo(1);
    }

    private void product(String id, String space) throws InterruptedException {
        done(
                201,
                "POST",
                "products",
                "{\"product_id\":\"" + id + "\",\"name\":\"" + id + "\",\"device_type\":\"vehicle\",\"app_id\":\""
                        + space
                        + "\",\"protocol_type\":\"MQTT\",\"data_format\":\"json\",\"service_capabilities\":[]}");
    }

    private void device(String product, String node) throws InterruptedException {
        done(201, "POST", "devices", "{\"product_id\":\"" + product + "\",\"node_id\":\"" + node + "\"}");
    }

    private JsonNode create(String name, String rule) throws InterruptedException {
        return done(201, "POST", "device-group", body(name, rule));
    }

    private static String body(String name, String rule) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("name", name)
                .put("group_type", "DYNAMIC")
                .put("dynamic_group_rule", rule)
                .toString();
    }

    private List<String> members(String group) throws InterruptedException {
        return done(200, "GET", "device-group/" + group + "/devices", "")
                .path("devices")
                .findValuesAsString("node_id");
    }

    private List<String> listed(String query) throws InterruptedException {
        return done(200, "GET", "device-group" + query, "")
                .path("device_groups")
                .findValuesAsString("name");
    }

    private JsonNode done(int status, String method, String path, String body) throws InterruptedException {
        AppAnswer answer = server.call(method, path, body);
        assertThat(answer.status()).as(answer.body().text()).isEqualTo(status);
        return json(answer);
    }

    private void assertRefused(String code, String method, String path, String body) throws InterruptedException {
        AppAnswer answer = server.call(method, path, body);
        assertThat(answer.status() + " " + json(answer).path("error_code").asString())
                .as(answer.body().text())
                .isEqualTo(code);
    }

    private static JsonNode json(AppAnswer answer) {
        return JsonMapper.shared().readTree(answer.body().text());
    }
}
