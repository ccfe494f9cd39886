package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Versions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Devices found by a statement (spec aliyun-openapi 3.2, QueryDeviceBySQL).
final class DeviceSqlActionsTest extends ActionBed {
    private static final String ALL = "SELECT * FROM device WHERE product_key = \"a1pk\"";

    /// Four devices a minute apart: activated in the order d1, d4, d3, while d2 never was.
    @BeforeEach
    void make_devices() {
        for (String name : List.of("dev1", "dev2", "dev3", "Dev4")) {
            api.makeDevice("a1pk", name);
            api.clock.advance(Duration.ofMinutes(1));
        }
        for (String name : List.of("dev1", "Dev4", "dev3")) {
            api.recordPresence("a1pk", name, name.equals("Dev4"));
            api.clock.advance(Duration.ofMinutes(1));
        }
        done("SaveDeviceProp", "ProductKey", "a1pk", "DeviceName", "dev1", "Props", "{\"room\":\"厅\",\"floor\":\"1\"}");
        done("SaveDeviceProp", "ProductKey", "a1pk", "DeviceName", "dev2", "Props", "{\"room\":\"1\",\"abc\":\"x\"}");
        done(
                "BatchUpdateDeviceNickname",
                "DeviceNicknameInfo.1.ProductKey",
                "a1pk",
                "DeviceNicknameInfo.1.DeviceName",
                "dev3",
                "DeviceNicknameInfo.1.Nickname",
                "客厅灯");
        api.devices.says(new DeviceId("a1pk", "dev1"), new Versions("1.0.2", "", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name = "dev1"                                              | dev1
            name = 'dev1'                                              | dev1
            NAME = "dev1" AND product_key = "a1pk"                     | dev1
            name LIKE "dev%"                                           | dev3,dev2,dev1
            name like "D%"                                             | Dev4
            name = "dev1" or name = "dev2" and status = "ONLINE"       | dev1
            nickname = "客厅灯"                                        | dev3
            status = "ONLINE"                                          | Dev4
            status = "OFFLINE"                                         | dev3,dev1
            status = "UNACTIVE"                                        | dev2
            tag.tag_name = "room"                                      | dev2,dev1
            tag.tag_name = "room" and tag.tag_value = "厅"             | dev1
            tag.tag_name = "floor" and tag.tag_value like "1%"         | dev1
            tag.tag_name = "room" and tag.tag_value = "2"              |
            ota_module.name = "default"                                | dev1
            ota_module.name = "default" and ota_module.version = "1.0.2" | dev1
            ota_module.name = "camera"                                 |
            gmt_create > "2026-11-21 16:00:00.000"                     | Dev4,dev3,dev2
            gmt_create = "2026-11-21 16:00:00"                         | dev1
            gmt_create < "2026-11-21 16:02:00"                         | dev2,dev1
            active_time > "2026-11-21 16:04:30.000"                    | dev3,Dev4
            group.group_id = "none"                                    |
            name = "it''s" or name = "say ""so"                        |
            """)
    void devices_are_found_by_what_they_are(String condition, String expected) {
        assertThat(names("SELECT * FROM device WHERE " + condition))
                .containsExactlyInAnyOrder(expected == null ? new String[0] : expected.split(","));
    }

    @Test
    void the_members_of_a_group_are_found() {
        String group = done("CreateDeviceGroup", "GroupName", "some")
                .at("/Data/GroupId")
                .asString();
        done(
                "BatchAddDeviceGroupRelations",
                "GroupId",
                group,
                "Device.1.ProductKey",
                "a1pk",
                "Device.1.DeviceName",
                "dev2");

        JsonNode found = query("SELECT * FROM device WHERE group.group_id = \"" + group + "\"");
        assertThat(found.at("/Data/0/DeviceName").asString()).isEqualTo("dev2");
        assertThat(found.at("/Data/0/Groups/0/GroupId").asString()).isEqualTo(group);
    }

    @Test
    void devices_are_ordered_by_age_or_by_activation() {
        assertThat(names(ALL)).containsExactly("Dev4", "dev3", "dev2", "dev1");
        assertThat(names(ALL + " order by gmt_create")).containsExactly("dev1", "dev2", "dev3", "Dev4");
        assertThat(names(ALL + " ORDER BY gmt_create DESC")).containsExactly("Dev4", "dev3", "dev2", "dev1");
        assertThat(names(ALL + " order by active_time limit 0,10")).containsExactly("dev1", "Dev4", "dev3", "dev2");
        assertThat(names(ALL + " order by active_time desc")).containsExactly("dev3", "Dev4", "dev1", "dev2");
    }

    @Test
    void the_limit_is_the_vendors() {
        assertThat(names(ALL + " limit 1")).containsExactly("Dev4");
        assertThat(names(ALL + " limit 1,2")).containsExactly("dev3", "dev2");
        assertThat(names(ALL + " order by active_time limit 1,2")).containsExactly("Dev4", "dev3");
        assertThat(query(ALL + " limit 1").path("TotalCount").asInt()).isEqualTo(4);
        query(ALL + " limit 50");
        query(ALL + " limit 9950,50");
        assertUnreadable(ALL + " limit 51");
        assertUnreadable(ALL + " limit 0");
        assertUnreadable(ALL + " limit 9951,50");
        assertUnreadable(ALL + " limit 10001,1");
    }

    @Test
    void twenty_devices_are_found_when_nothing_is_said() {
        for (int i = 10; i < 31; i++) {
            api.makeDevice("a1pk", "more" + i);
        }

        JsonNode found = query("select * from device where name like \"more%\"");
        assertThat(found.path("Data")).hasSize(20);
        assertThat(found.path("TotalCount").asInt()).isEqualTo(21);
    }

    @Test
    void a_device_is_shown_with_everything() {
        JsonNode device = query("select * from device where name = \"dev1\"").at("/Data/0");

        assertThat(device.path("IotId").asString())
                .isEqualTo(api.devices.get(new DeviceId("a1pk", "dev1")).alias());
        assertThat(device.path("ProductKey").asString()).isEqualTo("a1pk");
        assertThat(device.path("Status").asString()).isEqualTo("OFFLINE");
        assertThat(device.path("GmtCreate").asString()).isEqualTo("2026-11-21 16:00:00.000");
        assertThat(device.path("ActiveTime").asString()).isEqualTo("2026-11-21 16:04:00.000");
        assertThat(device.path("Tags").findValuesAsString("TagName")).containsExactly("floor", "room");
        assertThat(device.at("/Tags/1/TagValue").asString()).isEqualTo("厅");
        assertThat(device.at("/OTAModules/0/ModuleName").asString()).isEqualTo("default");
        assertThat(device.at("/OTAModules/0/FirmwareVersion").asString()).isEqualTo("1.0.2");
        assertThat(device.path("Groups")).isEmpty();
    }

    @Test
    void only_what_was_asked_for_is_shown() {
        JsonNode device = query("select name, tag.tag_name from device where name = \"dev2\"")
                .at("/Data/0");

        assertThat(device.propertyNames()).containsExactlyInAnyOrder("IotId", "DeviceName", "Tags");
        assertThat(device.path("Tags").findValuesAsString("TagName"))
                .as("the reserved key is never shown")
                .containsExactly("room");
    }

    /// The SDKs read lists without the names of items in JSON, and with them in XML.
    @Test
    void xml_names_the_items_that_json_does_not() {
        String sql = "select name, tag.tag_name from device where name = \"dev2\"";
        String xml = api.answer(api.signed("QueryDeviceBySQL", "SQL", sql, "Format", "XML"))
                .body()
                .text();

        assertThat(xml)
                .contains("<Data><SimpleDeviceSearchInfo><IotId>")
                .contains("<Tags><TagInfo><TagName>room</TagName><TagValue>1</TagValue></TagInfo></Tags>");
    }

    @Test
    void devices_are_counted() {
        JsonNode counted = query("SELECT count(*) FROM device WHERE status = \"OFFLINE\"");

        assertThat(counted.path("TotalCount").asInt()).isEqualTo(2);
        assertThat(counted.has("Data")).isFalse();
        assertThat(query("select count(*) from device").path("TotalCount").asInt())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select",
                "select * from product",
                "select colour from device",
                "delete from device",
                "select * from device where",
                "select * from device where colour = \"red\"",
                "select * from device where name = \"x",
                "select * from device where name = \"a\" and",
                "select * from device order by name",
                "select * from device asc",
                "select * from device where tag.tag_value = \"1\"",
                "select * from device where gmt_create > \"soon\"",
                "select * from device where gmt_create like \"2026%\"",
                "select * from device where (name = \"a\")",
                "select * from device limit x",
                "select * from device; drop table device"
            })
    void what_cannot_be_read_is_refused(String sql) {
        assertUnreadable(sql);
    }

    @Test
    void a_statement_has_five_conditions_and_400_characters() {
        String five = "select * from device where " + "name = \"a\" or ".repeat(4) + "name = \"dev1\"";
        assertThat(names(five)).containsExactly("dev1");
        assertUnreadable(five + " or name = \"b\"");
        String start = "select * from device where name = \"";
        assertThat(names(start + "x".repeat(399 - start.length()) + "\"")).isEmpty();
        assertUnreadable(start + "x".repeat(400 - start.length()) + "\"");
    }

    @Test
    void when_a_device_was_changed_is_not_known_here() {
        String unsupported = "iot.common.APINotSupportedInInstance";
        for (String sql : List.of(
                "select gmt_modified from device",
                "select * from device where gmt_modified > \"2026-01-01 00:00:00\"",
                "select * from device order by gmt_modified")) {
            assertRefused(unsupported, "QueryDeviceBySQL", "SQL", sql);
        }
        assertThat(api.call("QueryDeviceBySQL").path("Code").asString()).isEqualTo("MissingSQL");
    }

    @Test
    void a_caller_finds_the_devices_of_its_own_spaces() {
        api.makeKey("narrow", "s", new Rights(Role.READER, Set.of("elsewhere"), Set.of()));

        JsonNode found = done("QueryDeviceBySQL", "SQL", ALL, "AccessKeyId", "narrow");
        assertThat(found.path("Data")).isEmpty();
        assertThat(found.path("TotalCount").asInt()).isZero();
    }

    private void assertUnreadable(String sql) {
        assertRefused("iot.check.InvalidFormattedParameter", "QueryDeviceBySQL", "SQL", sql);
    }

    private JsonNode query(String sql) {
        return done("QueryDeviceBySQL", "SQL", sql);
    }

    private List<String> names(String sql) {
        return query(sql).path("Data").findValuesAsString("DeviceName");
    }
}
