package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.device.DeviceId;
import io.berth.core.product.Product.NodeType;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Registrations of many devices (spec aliyun-openapi 3.2).
final class RegistrationActionsTest extends ActionBed {
    @Test
    void names_are_checked_then_registered_then_told_by_page() {
        api.makeDevice("a1pk", "taken");
        JsonNode checked = done(
                "BatchCheckDeviceNames",
                "ProductKey",
                "a1pk",
                "DeviceName.1",
                "lamp1",
                "DeviceName.2",
                "taken",
                "DeviceName.3",
                "no good",
                "DeviceName.4",
                "lamp1",
                "DeviceName.5",
                "lamp2");
        String applyId = checked.at("/Data/ApplyId").asString();
        assertThat(texts(checked.at("/Data/InvalidDeviceNameList/InvalidDeviceName")))
                .containsExactly("no good", "taken", "lamp1");
        assertThat(status(applyId)).isEqualTo("CHECK_SUCCESS");
        assertThat(api.storage.devices().find(new DeviceId("a1pk", "lamp1"))).isEmpty();

        JsonNode begun = done("BatchRegisterDeviceWithApplyId", "ProductKey", "a1pk", "ApplyId", applyId);
        assertThat(begun.at("/Data/ApplyId").asString()).isEqualTo(applyId);
        await().until(() -> status(applyId).equals("CREATE_SUCCESS"));
        done("BatchRegisterDeviceWithApplyId", "ProductKey", "a1pk", "ApplyId", applyId);

        JsonNode status = done("QueryBatchRegisterDeviceStatus", "ProductKey", "a1pk", "ApplyId", applyId);
        assertThat(texts(status.at("/Data/ValidList/Name"))).containsExactly("lamp1", "lamp2");
        assertThat(texts(status.at("/Data/InvalidList/Name"))).containsExactly("taken", "lamp1");
        JsonNode page = done("QueryPageByApplyId", "ApplyId", applyId, "PageSize", "1", "CurrentPage", "2");
        assertThat(page.path("Total").asInt()).isEqualTo(2);
        assertThat(page.path("PageCount").asInt()).isEqualTo(2);
        JsonNode device = page.at("/ApplyDeviceList/ApplyDeviceInfo/0");
        assertThat(device.path("DeviceName").asString()).isEqualTo("lamp2");
        assertThat(device.path("DeviceSecret").asString()).hasSize(32);
        assertThat(device.path("IotId")).isEqualTo(device.path("DeviceId"));
    }

    @Test
    void nicknames_come_along() {
        JsonNode checked = done(
                "BatchCheckDeviceNames",
                "ProductKey",
                "a1pk",
                "DeviceNameList.1.DeviceName",
                "lamp1",
                "DeviceNameList.1.DeviceNickname",
                "门灯一号",
                "DeviceNameList.2.DeviceName",
                "lamp2",
                "DeviceNameList.2.DeviceNickname",
                "?");
        assertThat(texts(checked.at("/Data/InvalidDeviceNicknameList/InvalidDeviceNickname")))
                .containsExactly("?");
        String applyId = checked.at("/Data/ApplyId").asString();

        done("BatchRegisterDeviceWithApplyId", "ProductKey", "a1pk", "ApplyId", applyId);

        await().until(() -> status(applyId).equals("CREATE_SUCCESS"));
        assertThat(api.devices.get(new DeviceId("a1pk", "lamp1")).profile().nickname())
                .isEqualTo("门灯一号");
    }

    @Test
    void some_thousand_are_registered_under_made_up_names() {
        String applyId = done("BatchRegisterDevice", "ProductKey", "a1pk", "Count", "2500")
                .at("/Data/ApplyId")
                .asString();

        await().until(() -> status(applyId).equals("CREATE_SUCCESS"));
        JsonNode status = done("QueryBatchRegisterDeviceStatus", "ProductKey", "a1pk", "ApplyId", applyId);
        assertThat(texts(status.at("/Data/ValidList/Name"))).hasSize(2500).doesNotHaveDuplicates();
        JsonNode last = done("QueryPageByApplyId", "ApplyId", applyId, "PageSize", "50", "CurrentPage", "50");
        assertThat(last.at("/ApplyDeviceList/ApplyDeviceInfo")).hasSize(50);
        JsonNode beyond = done("QueryPageByApplyId", "ApplyId", applyId, "PageSize", "50", "CurrentPage", "51");
        assertThat(beyond.at("/ApplyDeviceList/ApplyDeviceInfo")).isEmpty();
    }

    @Test
    void what_is_out_of_bounds_or_not_there_is_refused_in_the_vendors_words() {
        api.makeProduct("a1other", NodeType.DIRECT);
        String applyId = done("BatchRegisterDevice", "ProductKey", "a1pk", "Count", "1")
                .at("/Data/ApplyId")
                .asString();

        assertRefused("iot.device.DeviceCountExceeded", "BatchRegisterDevice", "ProductKey", "a1pk", "Count", "0");
        assertRefused("iot.device.DeviceCountExceeded", "BatchRegisterDevice", "ProductKey", "a1pk", "Count", "10001");
        assertRefused("iot.prod.NotExistedProduct", "BatchRegisterDevice", "ProductKey", "a1none", "Count", "1");
        assertRefused("iot.device.NoneDeviceNameElement", "BatchCheckDeviceNames", "ProductKey", "a1pk");
        for (String action : List.of("BatchRegisterDeviceWithApplyId", "QueryBatchRegisterDeviceStatus")) {
            assertRefused("iot.device.DeviceApplyIsNotFound", action, "ProductKey", "a1pk", "ApplyId", "4711");
            assertRefused("iot.device.DeviceApplyIsNotFound", action, "ProductKey", "a1other", "ApplyId", applyId);
        }
        assertRefused("iot.device.DeviceApplyIsNotFound", "QueryPageByApplyId", "ApplyId", "4711");
        assertRefused("iot.device.InvalidFormattedApplyId", "QueryPageByApplyId", "ApplyId", "-1");
        assertRefused("iot.common.InvalidPageParams", "QueryPageByApplyId", "ApplyId", applyId, "PageSize", "51");
    }

    private String status(String applyId) {
        return done("QueryBatchRegisterDeviceStatus", "ProductKey", "a1pk", "ApplyId", applyId)
                .at("/Data/Status")
                .asString();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }
}
