package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.device.DeviceId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Devices found and counted, and some at a time (spec aliyun-openapi 3.2).
final class DeviceListActionsTest extends ActionBed {
    @BeforeEach
    void make_devices() {
        for (int i = 1; i <= 5; i++) {
            api.makeDevice("a1pk", "lamp" + i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zzz", "0", "019a9b8c0000000000000000000", "019A9B8C0000000000000000", "lamp1"})
    void a_damaged_token_is_refused(String token) {
        assertRefused("iot.common.InvalidPageParams", "QueryDevice", "ProductKey", "a1pk", "NextToken", token);
    }

    @Test
    void devices_of_a_product_come_by_page_or_by_token() {
        JsonNode first = done("QueryDevice", "ProductKey", "a1pk", "PageSize", "2");
        JsonNode second = done(
                "QueryDevice",
                "ProductKey",
                "a1pk",
                "PageSize",
                "2",
                "NextToken",
                first.path("NextToken").asString());
        JsonNode third = done("QueryDevice", "ProductKey", "a1pk", "PageSize", "2", "CurrentPage", "3");

        assertThat(first.path("Total").asInt()).isEqualTo(5);
        assertThat(first.path("PageCount").asInt()).isEqualTo(3);
        assertThat(names(first)).containsExactly("lamp5", "lamp4");
        assertThat(names(second)).containsExactly("lamp3", "lamp2");
        assertThat(names(third)).containsExactly("lamp1");
        assertThat(third.has("NextToken")).isFalse();
        assertThat(first.at("/Data/DeviceInfo/0/DeviceStatus").asString()).isEqualTo("UNACTIVE");
        assertRefused("iot.common.InvalidPageParams", "QueryDevice", "ProductKey", "a1pk", "PageSize", "51");
        assertRefused(
                "iot.common.InvalidPageParams",
                "QueryDevice",
                "ProductKey",
                "a1pk",
                "PageSize",
                "50",
                "CurrentPage",
                "201");
        assertRefused("iot.prod.NotExistedProduct", "QueryDevice", "ProductKey", "a1none");
    }

    private static List<String> names(JsonNode answer) {
        return answer.path("Data").properties().iterator().next().getValue().findValuesAsString("DeviceName");
    }

    @Test
    void devices_are_found_by_status_and_counted() {
        api.recordPresence("a1pk", "lamp1", true);
        api.recordPresence("a1pk", "lamp2", false);
        done("DisableThing", "ProductKey", "a1pk", "DeviceName", "lamp3");

        assertThat(names(done("QueryDeviceByStatus", "Status", "1"))).containsExactly("lamp1");
        assertThat(names(done("QueryDeviceByStatus", "Status", "3", "ProductKey", "a1pk")))
                .containsExactly("lamp2");
        assertThat(names(done("QueryDeviceByStatus", "Status", "8"))).containsExactly("lamp3");
        assertThat(names(done("QueryDeviceByStatus", "Status", "0"))).containsExactly("lamp5", "lamp4");
        assertThat(api.call("QueryDeviceByStatus", "Status", "2").path("Code").asString())
                .isEqualTo("InvalidStatus");
        JsonNode counts = done("QueryDeviceStatistics", "ProductKey", "a1pk").path("Data");
        assertThat(counts.path("deviceCount").asInt()).isEqualTo(5);
        assertThat(counts.path("activeCount").asInt()).isEqualTo(2);
        assertThat(counts.path("onlineCount").asInt()).isEqualTo(1);
    }

    @Test
    void devices_are_found_by_all_of_some_tags() {
        done(
                "SaveDeviceProp",
                "ProductKey",
                "a1pk",
                "DeviceName",
                "lamp1",
                "Props",
                "{\"room\":\"园\",\"floor\":\"1\"}");
        done("SaveDeviceProp", "ProductKey", "a1pk", "DeviceName", "lamp2", "Props", "{\"room\":\"园\"}");

        String[] room = {"Tag.1.TagKey", "room", "Tag.1.TagValue", "园"};
        assertThat(names(done("QueryDeviceByTags", room))).containsExactly("lamp2", "lamp1");
        JsonNode both = done("QueryDeviceByTags", with(room, "Tag.2.TagKey", "floor", "Tag.2.TagValue", "1"));
        assertThat(names(both)).containsExactly("lamp1");
        assertThat(both.at("/Data/SimpleDeviceInfo/0/ProductName").asString()).isEqualTo("Lamps of a1pk");
        assertThat(api.call("QueryDeviceByTags", "Tag.1.TagKey", "room")
                        .path("Code")
                        .asString())
                .isEqualTo("MissingTag.1.TagValue");
    }

    @Test
    void some_devices_are_shown_without_those_that_do_not_exist() {
        String[] some = {"ProductKey", "a1pk", "DeviceName.1", "lamp2", "DeviceName.2", "none", "DeviceName.3", "a b"};

        assertThat(done("BatchQueryDeviceDetail", some).at("/Data/Data").findValuesAsString("DeviceName"))
                .containsExactly("lamp2");
        assertThat(done("BatchGetDeviceState", some)
                        .at("/DeviceStatusList/DeviceStatus/0/Status")
                        .asString())
                .isEqualTo("UNACTIVE");
        assertThat(done("BatchGetDeviceState", "IotId.1", "none").at("/DeviceStatusList/DeviceStatus"))
                .isEmpty();
        assertThat(api.call("BatchGetDeviceState").path("Code").asString()).isEqualTo("MissingProductKey");
        assertRefused("iot.device.NoneDeviceNameElement", "BatchGetDeviceState", "ProductKey", "a1pk");
    }

    @Test
    void devices_get_nicknames_all_or_none() {
        String[] names = {
            "DeviceNicknameInfo.1.ProductKey", "a1pk",
            "DeviceNicknameInfo.1.DeviceName", "lamp1",
            "DeviceNicknameInfo.1.Nickname", "门灯",
            "DeviceNicknameInfo.2.IotId",
                    api.devices.get(new DeviceId("a1pk", "lamp2")).alias(),
            "DeviceNicknameInfo.2.Nickname", "x",
        };
        assertRefused("iot.device.InvalidFormattedNickname", "BatchUpdateDeviceNickname", names);
        assertThat(nickname("lamp1")).isEmpty();

        names[9] = "lamp_two";
        done("BatchUpdateDeviceNickname", names);
        assertThat(nickname("lamp1")).isEqualTo("门灯");
        assertThat(done("QueryDeviceInfo", "ProductKey", "a1pk", "DeviceName", "lamp2")
                        .at("/Data/Nickname")
                        .asString())
                .isEqualTo("lamp_two");
        done(
                "BatchUpdateDeviceNickname",
                "DeviceNicknameInfo.1.ProductKey",
                "a1pk",
                "DeviceNicknameInfo.1.DeviceName",
                "lamp1");
        assertThat(nickname("lamp1")).isEmpty();
    }

    private String nickname(String name) {
        return api.devices.get(new DeviceId("a1pk", name)).profile().nickname();
    }
}
