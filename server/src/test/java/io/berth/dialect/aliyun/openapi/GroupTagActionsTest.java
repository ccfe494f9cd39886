package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Tags of groups (spec aliyun-openapi 3.2).
@SuppressWarnings("NullAway.Init") // made before each test
final class GroupTagActionsTest extends ActionBed {
    private String house;

    @BeforeEach
    void make_group() {
        house = group("house");
    }

    @Test
    void tags_replace_all_that_were_there() {
        set("[{\"tagKey\":\"room1\",\"tagValue\":\"灯-1\"},{\"tagKey\":\"h.2\",\"tagValue\":\"rr\"}]");
        assertThat(tags()).containsExactly("h.2=rr", "room1=灯-1");

        set("[{\"tagKey\":\"h.2\",\"tagValue\":\"other\"}]");
        assertThat(tags()).containsExactly("h.2=other");
        set("[]");
        assertThat(tags()).isEmpty();
        set("[{\"tagKey\":\"h.2\",\"tagValue\":\"again\"}]");
        done("SetDeviceGroupTags", "GroupId", house);
        assertThat(tags()).isEmpty();
    }

    @Test
    void the_reserved_key_is_never_shown() {
        set("[{\"tagKey\":\"abc\",\"tagValue\":\"x\"},{\"tagKey\":\"abd\",\"tagValue\":\"y\"}]");

        assertThat(tags()).containsExactly("abd=y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "{}",
                "[1]",
                "[{}]",
                "[{\"tagKey\":\"ab\"}]",
                "[{\"tagKey\":\"ab\",\"tagValue\":1}]",
                "[{\"tagKey\":\"a\",\"tagValue\":\"x\"}]",
                "[{\"tagKey\":\"键值\",\"tagValue\":\"x\"}]",
                "[{\"tagKey\":\"a_b\",\"tagValue\":\"x\"}]",
                "[{\"tagKey\":\"ab\",\"tagValue\":\"\"}]",
                "[{\"tagKey\":\"abcdefghijklmnopqrstuvwxyz01234\",\"tagValue\":\"x\"}]"
            })
    void what_is_no_list_of_tags_is_refused(String tags) {
        set("[{\"tagKey\":\"kept\",\"tagValue\":\"x\"}]");

        assertRefused("iot.group.InvalidFormattedTagString", "SetDeviceGroupTags", "GroupId", house, "TagString", tags);
        assertThat(tags()).containsExactly("kept=x");
    }

    @Test
    void a_value_is_128_wide_and_a_group_has_100_tags() {
        set("[{\"tagKey\":\"abcdefghijklmnopqrstuvwxyz0123\",\"tagValue\":\"" + "x".repeat(128) + "\"}]");
        set("[{\"tagKey\":\"ab\",\"tagValue\":\"" + "灯".repeat(64) + "\"}]");
        assertRefused(
                "iot.group.InvalidFormattedTagString",
                "SetDeviceGroupTags",
                "GroupId",
                house,
                "TagString",
                "[{\"tagKey\":\"ab\",\"tagValue\":\"" + "灯".repeat(64) + "x\"}]");
        set(many(100));
        assertThat(tags()).hasSize(100);
        assertRefused("iot.group.GroupCountExceeded", "SetDeviceGroupTags", "GroupId", house, "TagString", many(101));
    }

    private static String many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"tagKey\":\"key" + i + "\",\"tagValue\":\"x\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void groups_are_found_by_all_of_some_tags() {
        String hut = group("hut_");
        set("[{\"tagKey\":\"use\",\"tagValue\":\"家\"},{\"tagKey\":\"size\",\"tagValue\":\"big\"}]");
        done("SetDeviceGroupTags", "GroupId", hut, "TagString", "[{\"tagKey\":\"use\",\"tagValue\":\"家\"}]");

        JsonNode both = done("QueryDeviceGroupByTags", "Tag.1.TagKey", "use", "Tag.1.TagValue", "家", "PageSize", "1");
        assertThat(both.path("Total").asInt()).isEqualTo(2);
        assertThat(both.path("PageCount").asInt()).isEqualTo(2);
        assertThat(both.at("/Data/DeviceGroup").findValuesAsString("GroupName")).containsExactly("house");
        assertThat(found("Tag.1.TagKey", "use", "Tag.1.TagValue", "家", "Tag.2.TagKey", "size", "Tag.2.TagValue", "big"))
                .containsExactly(house);
        assertThat(found("Tag.1.TagKey", "use", "Tag.1.TagValue", "家", "Tag.2.TagKey", "use", "Tag.2.TagValue", "barn"))
                .isEmpty();
        assertThat(found("Tag.1.TagKey", "big", "Tag.1.TagValue", "size")).isEmpty();
        assertThat(api.call("QueryDeviceGroupByTags").path("Code").asString()).isEqualTo("MissingTag");
        assertRefused(
                "iot.common.InvalidPageParams",
                "QueryDeviceGroupByTags",
                "Tag.1.TagKey",
                "use",
                "Tag.1.TagValue",
                "家",
                "PageSize",
                "51");
    }

    @Test
    void ten_tags_are_asked_for_at_a_time() {
        assertThat(found(wanted(10))).isEmpty();
        assertRefused("iot.group.TooManyGroupTags", "QueryDeviceGroupByTags", wanted(11));
    }

    private static String[] wanted(int count) {
        String[] tags = {};
        for (int i = 1; i <= count; i++) {
            tags = with(tags, "Tag." + i + ".TagKey", "key" + i, "Tag." + i + ".TagValue", "x");
        }
        return tags;
    }

    @Test
    void a_dynamic_group_has_tags_too() {
        String group = done("CreateDeviceDynamicGroup", "GroupName", "moved", "DynamicGroupExpression", "name = \"x\"")
                .at("/Data/GroupId")
                .asString();
        String[] dynamic = {"GroupId", group, "GroupType", "LINK_PLATFORM_DYNAMIC"};
        done("SetDeviceGroupTags", with(dynamic, "TagString", "[{\"tagKey\":\"ab\",\"tagValue\":\"x\"}]"));

        assertThat(done("QueryDeviceGroupTagList", dynamic)
                        .at("/Data/GroupTagInfo/0/TagKey")
                        .asString())
                .isEqualTo("ab");
        dynamic[3] = "LINK_PLATFORM";
        assertRefused("iot.group.OperateDeviceGroupFailed", "QueryDeviceGroupTagList", dynamic);
        assertRefused("iot.group.OperateDeviceGroupFailed", "SetDeviceGroupTags", "GroupId", "none");
        assertRefused("iot.group.OperateDeviceGroupFailed", "QueryDeviceGroupTagList", "GroupId", "none");
    }

    private String group(String name) {
        return done("CreateDeviceGroup", "GroupName", name).at("/Data/GroupId").asString();
    }

    private void set(String tags) {
        done("SetDeviceGroupTags", "GroupId", house, "TagString", tags);
    }

    private List<String> tags() {
        return done("QueryDeviceGroupTagList", "GroupId", house)
                .at("/Data/GroupTagInfo")
                .valueStream()
                .map(tag -> tag.path("TagKey").asString() + "="
                        + tag.path("TagValue").asString())
                .toList();
    }

    private List<String> found(String... tags) {
        return done("QueryDeviceGroupByTags", tags).at("/Data/DeviceGroup").findValuesAsString("GroupId");
    }
}
