package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.device.DeviceId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Groups whose members an expression finds (spec aliyun-openapi 3.2).
final class DynamicGroupActionsTest extends ActionBed {
    private static final String LAMPS = "product_key = \"a1pk\" and name LIKE \"lamp%\"";

    @BeforeEach
    void make_devices() {
        for (String name : List.of("lamp1", "lamp2", "lamp3", "fan1")) {
            api.makeDevice("a1pk", name);
        }
    }

    @Test
    void members_are_what_the_expression_finds_now() {
        String group = create("lamps_动", LAMPS);
        assertThat(members("GroupId", group)).containsExactly("lamp3", "lamp2", "lamp1");

        api.makeDevice("a1pk", "lamp4");
        api.devices.delete(new DeviceId("a1pk", "lamp2"));
        assertThat(members("GroupId", group)).containsExactly("lamp4", "lamp3", "lamp1");
        assertThat(names(done("QueryDeviceListByDeviceGroup", "GroupId", group)))
                .containsExactly("lamp4", "lamp3", "lamp1");
    }

    @Test
    void a_dynamic_group_tells_its_expression() {
        JsonNode made = done(
                        "CreateDeviceDynamicGroup",
                        "GroupName",
                        "lamps",
                        "GroupDesc",
                        "灯",
                        "DynamicGroupExpression",
                        LAMPS)
                .path("Data");
        assertThat(made.path("DynamicGroupExpression").asString()).isEqualTo(LAMPS);
        assertThat(made.path("GroupDesc").asString()).isEqualTo("灯");
        assertThat(made.path("UtcCreate").asString()).endsWith("Z");

        String id = made.path("GroupId").asString();
        JsonNode info = done("QueryDeviceGroupInfo", "GroupId", id, "GroupType", "LINK_PLATFORM_DYNAMIC")
                .path("Data");
        assertThat(info.path("DynamicGroupExpression").asString()).isEqualTo(LAMPS);
        assertThat(info.path("DeviceCount").asInt()).isEqualTo(3);
        done("UpdateDeviceGroup", "GroupId", id, "GroupType", "LINK_PLATFORM_DYNAMIC", "GroupDesc", "warm");
        assertThat(done("QueryDeviceGroupInfo", "GroupId", id)
                        .at("/Data/GroupDesc")
                        .asString())
                .isEqualTo("warm");
    }

    @Test
    void groups_are_listed_by_their_type() {
        String dynamic = create("dynamic", LAMPS);
        String fixed = done("CreateDeviceGroup", "GroupName", "static")
                .at("/Data/GroupId")
                .asString();

        assertThat(listed()).containsExactlyInAnyOrder(dynamic, fixed);
        assertThat(listed("GroupTypes.1", "LINK_PLATFORM_DYNAMIC")).containsExactly(dynamic);
        assertThat(listed("GroupTypes.1", "LINK_PLATFORM")).containsExactly(fixed);
        assertThat(listed("GroupTypes.1", "LINK_PLATFORM", "GroupTypes.2", "LINK_PLATFORM_DYNAMIC"))
                .hasSize(2);
        assertThat(api.call("QueryDeviceGroupList", "GroupTypes.1", "ISV")
                        .path("Code")
                        .asString())
                .isEqualTo("InvalidGroupType");
    }

    @Test
    void a_group_of_the_other_type_does_not_exist() {
        String dynamic = create("dynamic", LAMPS);
        String fixed = done("CreateDeviceGroup", "GroupName", "static")
                .at("/Data/GroupId")
                .asString();
        String failed = "iot.group.OperateDeviceGroupFailed";

        assertRefused(failed, "QueryDeviceGroupInfo", "GroupId", dynamic, "GroupType", "LINK_PLATFORM");
        assertRefused(failed, "UpdateDeviceGroup", "GroupId", fixed, "GroupType", "LINK_PLATFORM_DYNAMIC");
        assertRefused(failed, "DeleteDeviceGroup", "GroupId", dynamic);
        assertRefused(failed, "DeleteDeviceDynamicGroup", "GroupId", fixed);
        assertRefused(failed, "QueryDynamicGroupDevices", "GroupId", fixed);
        String[] member = {
            "GroupId", dynamic,
            "Device.1.ProductKey", "a1pk",
            "Device.1.DeviceName", "fan1"
        };
        assertRefused(failed, "BatchAddDeviceGroupRelations", member);
        assertRefused(failed, "BatchDeleteDeviceGroupRelations", member);
        done("DeleteDeviceDynamicGroup", "GroupId", dynamic);
        assertRefused(failed, "DeleteDeviceDynamicGroup", "GroupId", dynamic);
        done("DeleteDeviceGroup", "GroupId", fixed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "name =",
                "name = \"a",
                "name ~ \"a\"",
                "colour = \"red\"",
                "name LIKE \"%a\"",
                "name LIKE \"%\"",
                "tag.tag_value = \"3\"",
                "status = \"BROKEN\"",
                "active_time > \"yesterday\"",
                "active_time > \"2026-02-30 00:00:00\"",
                "name = \"a\" order by active_time",
                "where name = \"a\"",
                "(name = \"a\")",
                "name = \"a\"; drop table device"
            })
    void an_expression_that_cannot_be_read_is_refused(String expression) {
        assertRefused(
                "iot.check.InvalidFormattedParameter",
                "CreateDeviceDynamicGroup",
                "GroupName",
                "lamps",
                "DynamicGroupExpression",
                expression);
        assertThat(listed()).isEmpty();
    }

    @Test
    void an_expression_has_five_conditions_and_400_characters() {
        String five =
                String.join(" or ", List.of("name=\"a\"", "name=\"b\"", "name=\"c\"", "name=\"d\"", "name=\"e\""));
        create("five", five);
        assertThat(api.call(
                                "CreateDeviceDynamicGroup",
                                "GroupName",
                                "six_",
                                "DynamicGroupExpression",
                                five + " or name = \"f\"")
                        .path("Success")
                        .asBoolean())
                .isFalse();
        create("long", "name = \"" + "x".repeat(391) + "\"");
        assertThat(api.call(
                                "CreateDeviceDynamicGroup",
                                "GroupName",
                                "longer",
                                "DynamicGroupExpression",
                                "name = \"" + "x".repeat(392) + "\"")
                        .path("Success")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void names_and_descriptions_are_those_of_groups() {
        create("灯灯", LAMPS);
        String name = "iot.group.InvalidFormattedGroupName";
        String action = "CreateDeviceDynamicGroup";
        assertRefused(name, action, "GroupName", "灯a", "DynamicGroupExpression", LAMPS);
        assertRefused(name, action, "GroupName", "x".repeat(31), "DynamicGroupExpression", LAMPS);
        assertRefused("iot.group.OperateDeviceGroupFailed", action, "GroupName", "灯灯", "DynamicGroupExpression", LAMPS);
        create("x".repeat(30), LAMPS, "GroupDesc", "y".repeat(100));
        assertRefused(
                "iot.group.LongGroupDesc",
                action,
                "GroupName",
                "long",
                "DynamicGroupExpression",
                LAMPS,
                "GroupDesc",
                "y".repeat(101));
        assertThat(api.call(action, "GroupName", "none").path("Code").asString())
                .isEqualTo("MissingDynamicGroupExpression");
    }

    @Test
    void members_are_narrowed_by_name_product_and_status() {
        api.recordPresence("a1pk", "lamp2", true);
        String group = create("all_", "name LIKE \"lamp%\" or name = \"fan1\"");

        assertThat(members("GroupId", group, "DeviceName", "lamp1")).containsExactly("lamp1");
        assertThat(members("GroupId", group, "DeviceName", "lam")).isEmpty();
        assertThat(members("GroupId", group, "DeviceName", "fa", "FuzzyName", "true"))
                .containsExactly("fan1");
        assertThat(members("GroupId", group, "Status", "ONLINE")).containsExactly("lamp2");
        assertThat(members("GroupId", group, "ProductKey", "a1pk")).hasSize(4);
        assertRefused(
                "iot.prod.NotExistedProduct", "QueryDynamicGroupDevices", "GroupId", group, "ProductKey", "a1none");
        assertRefused(
                "iot.check.InvalidFormattedParameter", "QueryDynamicGroupDevices", "GroupId", group, "Status", "on");
    }

    @Test
    void members_come_by_page_or_by_token() {
        String group = create("lamps", LAMPS);
        JsonNode first = done("QueryDynamicGroupDevices", "GroupId", group, "PageSize", "2");
        assertThat(names(first)).containsExactly("lamp3", "lamp2");
        assertThat(first.path("Total").asInt()).isEqualTo(3);
        assertThat(first.path("PageCount").asInt()).isEqualTo(2);
        assertThat(members("GroupId", group, "PageSize", "2", "CurrentPage", "2"))
                .containsExactly("lamp1");
        assertThat(members(
                        "GroupId",
                        group,
                        "PageSize",
                        "2",
                        "NextToken",
                        first.path("NextToken").asString()))
                .containsExactly("lamp1");
        done("QueryDynamicGroupDevices", "GroupId", group, "PageSize", "50", "CurrentPage", "200");
        String paging = "iot.common.InvalidPageParams";
        assertRefused(paging, "QueryDynamicGroupDevices", "GroupId", group, "PageSize", "50", "CurrentPage", "201");
        assertRefused(paging, "QueryDynamicGroupDevices", "GroupId", group, "PageSize", "51");
        assertRefused(paging, "QueryDynamicGroupDevices", "GroupId", group, "CurrentPage", "0");
        assertRefused(paging, "QueryDynamicGroupDevices", "GroupId", group, "NextToken", "zzz");
    }

    @Test
    void a_member_is_shown_with_its_product_and_its_times() {
        api.recordPresence("a1pk", "lamp1", false);
        JsonNode member = done("QueryDynamicGroupDevices", "GroupId", create("lamps", LAMPS), "DeviceName", "lamp1")
                .at("/Data/SimpleDeviceInfo/0");

        assertThat(member.path("ProductName").asString()).isEqualTo("Lamps of a1pk");
        assertThat(member.path("NodeType").isInt()).isTrue();
        assertThat(member.path("Status").asString()).isEqualTo("OFFLINE");
        assertThat(member.path("ActiveTime").asString()).isEqualTo("2026-11-21 16:00:00");
        assertThat(member.path("UtcActiveTime").asString()).isEqualTo("2026-11-21T08:00:00.000Z");
        assertThat(member.path("UtcLastOnlineTime").asString()).isEqualTo("2026-11-21T08:00:00.000Z");
    }

    @Test
    void a_caller_sees_the_members_of_its_own_spaces() {
        String group = create("lamps", LAMPS);
        api.makeKey("narrow", "s", new Rights(Role.OPERATOR, Set.of("elsewhere"), Set.of()));

        assertThat(names(done("QueryDynamicGroupDevices", "GroupId", group, "AccessKeyId", "narrow")))
                .isEmpty();
        assertThat(done("QueryDeviceGroupInfo", "GroupId", group, "AccessKeyId", "narrow")
                        .at("/Data/DeviceCount")
                        .asInt())
                .isZero();
    }

    private String create(String name, String expression, String... more) {
        return done(
                        "CreateDeviceDynamicGroup",
                        with(new String[] {"GroupName", name, "DynamicGroupExpression", expression}, more))
                .at("/Data/GroupId")
                .asString();
    }

    private List<String> members(String... parameters) {
        return names(done("QueryDynamicGroupDevices", parameters));
    }

    private static List<String> names(JsonNode answer) {
        return answer.at("/Data/SimpleDeviceInfo").findValuesAsString("DeviceName");
    }

    private List<String> listed(String... parameters) {
        return done("QueryDeviceGroupList", parameters).at("/Data/GroupInfo").findValuesAsString("GroupId");
    }
}
