package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Devices that bring their secrets (spec aliyun-openapi 3.2).
final class ImportActionsTest extends ActionBed {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static String[] device(String name, String... more) {
        return with(new String[] {"ProductKey", "a1pk", "DeviceName", name, "DeviceSecret", SECRET}, more);
    }

    /// Names, secrets and serial numbers in turn; an empty serial number is none.
    private static String[] devices(String... threes) {
        String[] parameters = {"ProductKey", "a1pk"};
        for (int i = 0; i < threes.length; i += 3) {
            String item = "DeviceList." + (i / 3 + 1) + ".";
            parameters = with(
                    parameters,
                    item + "DeviceName",
                    threes[i],
                    item + "DeviceSecret",
                    threes[i + 1],
                    item + "Sn",
                    threes[i + 2]);
        }
        return parameters;
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void a_device_comes_with_its_secret_serial_number_and_nickname() {
        JsonNode data = done("ImportDevice", device("lamp-1", "Sn", "SN-0001", "Nickname", "园区_灯"))
                .path("Data");
        assertThat(data.path("DeviceSecret").asString()).isEqualTo(SECRET);
        assertThat(data.path("Sn").asString()).isEqualTo("SN-0001");
        assertThat(data.path("Nickname").asString()).isEqualTo("园区_灯");
        assertThat(done("QueryDeviceDetail", "IotId", data.path("IotId").asString())
                        .at("/Data/DeviceSecret")
                        .asString())
                .isEqualTo(SECRET);
        assertThat(done("ImportDevice", device("lamp-2")).path("Data").has("Sn"))
                .isFalse();

        assertRefused("iot.device.AlreadyExistedDeviceName", "ImportDevice", device("lamp-1"));
        assertRefused("iot.device.AlreadyExistedDeviceName", "ImportDevice", device("lamp-3", "Sn", "SN-0001"));
        assertRefused("iot.device.InvalidFormattedDeviceName", "ImportDevice", device("灯1234"));
        assertRefused("iot.device.InvalidFormattedDeviceName", "ImportDevice", device("abc"));
        assertRefused("iot.check.InvalidFormattedParameter", "ImportDevice", device("lamp-3", "Sn", "序列"));
        assertRefused("iot.device.InvalidFormattedNickname", "ImportDevice", device("lamp-3", "Nickname", "x"));
        String[] shortSecret = device("lamp-3");
        shortSecret[5] = "1234567";
        assertRefused("iot.check.InvalidFormattedParameter", "ImportDevice", shortSecret);
        String[] stranger = device("lamp-3");
        stranger[1] = "none";
        assertRefused("iot.prod.NotExistedProduct", "ImportDevice", stranger);
    }

    @Test
    void what_cannot_come_is_told_by_what_is_wrong_with_it() {
        done("ImportDevice", device("there", "Sn", "SN-1"));
        String[] mixed = devices(
                "good",
                SECRET,
                "",
                "x",
                SECRET,
                "",
                "there",
                "fedcba9876543210",
                "",
                "twice",
                SECRET,
                "SN-2",
                "twice",
                SECRET,
                "SN-3",
                "spaces",
                "a secret",
                "",
                "serial",
                SECRET,
                "SN/4",
                "taken",
                SECRET,
                "SN-1");

        JsonNode checked = done("BatchCheckImportDevice", mixed).path("Data");
        assertThat(texts(checked.path("InvalidDeviceNameList"))).containsExactly("x");
        assertThat(texts(checked.path("InvalidDeviceSecretList"))).containsExactly("a secret");
        assertThat(texts(checked.path("InvalidSnList"))).containsExactlyInAnyOrder("SN/4", "SN-1");
        assertThat(texts(checked.path("RepeatedDeviceNameList"))).containsExactlyInAnyOrder("there", "twice");

        JsonNode taken = done("BatchImportDevice", mixed).path("Data");
        assertThat(texts(taken.at("/InvalidDeviceNameList/invalidDeviceName"))).containsExactly("x");
        assertThat(texts(taken.at("/InvalidDeviceSecretList/invalidDeviceSecret")))
                .containsExactly("a secret");
        assertThat(texts(taken.at("/InvalidSnList/invalidSn"))).hasSize(2);
        assertThat(texts(taken.at("/RepeatedDeviceNameList/repeatedDeviceName")))
                .hasSize(2);
        String id = taken.path("ApplyId").asString();
        await().untilAsserted(() ->
                assertThat(page(id, 1, 1).path("TotalPage").asInt()).isEqualTo(2));
        assertThat(page(id, 1, 50)
                        .at("/DeviceList/device")
                        .valueStream()
                        .map(each -> each.path("DeviceName").asString()))
                .containsExactlyInAnyOrder("good", "twice");
        assertThat(page(id, 1, 50).at("/DeviceList/device/0/DeviceSecret").asString())
                .isEqualTo(SECRET);
        assertThat(page(id, 1, 50).path("ProductKey").asString()).isEqualTo("a1pk");
        assertThat(page(id, 3, 1).at("/DeviceList/device")).isEmpty();
        assertThat(api.devices.list("a1pk", new Page.Request(null, 10)).items()).hasSize(3);
    }

    private JsonNode page(String id, int number, int size) {
        return done("QueryImportedDeviceByApplyId", "ApplyId", id, "PageNo", "" + number, "PageSize", "" + size);
    }

    @Test
    void nothing_is_begun_where_nobody_can_come_and_there_are_bounds() {
        assertThat(done("BatchImportDevice", devices("x", SECRET, ""))
                        .path("Data")
                        .has("ApplyId"))
                .isFalse();
        String[] many = new String[3 * 1_001];
        for (int i = 0; i < many.length; i += 3) {
            many[i] = "lamp-" + i;
            many[i + 1] = SECRET;
            many[i + 2] = "";
        }
        assertRefused("iot.device.TooManyDevices", "BatchCheckImportDevice", devices(many));
        String query = "QueryImportedDeviceByApplyId";
        assertRefused("iot.device.DeviceApplyIsNotFound", query, "ApplyId", "99", "PageNo", "1", "PageSize", "10");
        assertRefused("iot.device.InvalidFormattedApplyId", query, "ApplyId", "-1", "PageNo", "1", "PageSize", "10");
        String id = done("BatchImportDevice", devices("lamp", SECRET, ""))
                .at("/Data/ApplyId")
                .asString();
        assertRefused("iot.common.InvalidPageParams", query, "ApplyId", id, "PageNo", "1", "PageSize", "51");
        assertRefused("iot.common.InvalidPageParams", query, "ApplyId", id, "PageNo", "0", "PageSize", "50");
    }
}
