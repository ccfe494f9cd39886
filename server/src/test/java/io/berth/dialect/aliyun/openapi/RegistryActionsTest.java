package io.berth.dialect.aliyun.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.credential.Hmac;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink;
import io.berth.core.product.Product.NodeType;
import io.berth.testing.HeldDevice;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Devices, their tags, gateways and groups (spec aliyun-openapi 3.2).
final class RegistryActionsTest extends ActionBed {
    @Test
    void a_device_without_a_name_gets_one() {
        JsonNode device = done("RegisterDevice", "ProductKey", "a1pk").path("Data");

        assertThat(device.path("DeviceName").asString()).matches("[A-Za-z0-9]{20}");
        assertThat(device.path("DeviceSecret").asString()).matches("[0-9a-f]{32}");
        assertThat(done("QueryDeviceInfo", "IotId", device.path("IotId").asString())
                        .path("Data")
                        .path("DeviceName"))
                .isEqualTo(device.path("DeviceName"));
    }

    @ParameterizedTest
    @CsvSource({"abc", "abcdefghijklmnopqrstuvwxyz0123456", "a b c"})
    void a_device_name_has_the_vendors_form(String name) {
        assertRefused(
                "iot.device.InvalidFormattedDeviceName", "RegisterDevice", "ProductKey", "a1pk", "DeviceName", name);
    }

    @Test
    void what_does_not_exist_is_named_by_its_kind() {
        assertRefused("iot.prod.NotExistedProduct", "RegisterDevice", "ProductKey", "a1none");
        assertRefused("iot.device.NotExistedDevice", "DisableThing", "ProductKey", "a1pk", "DeviceName", "nobody");
        assertRefused("iot.device.NotExistedDevice", "DeleteDevice", "IotId", "nobody");
        assertRefused(
                "iot.prod.NotExistedProduct", "QueryDeviceDetail", "ProductKey", "a1zzzzzzzzz", "DeviceName", "nope");
        assertRefused("iot.prod.NotExistedProduct", "GetDeviceShadow", "ProductKey", "a1none", "DeviceName", "nope");
        assertThat(api.call("DeleteDevice").path("Code").asString()).isEqualTo("MissingIotId");
        assertThat(api.call("DeleteDevice", "ProductKey", "a1pk").path("Code").asString())
                .isEqualTo("MissingDeviceName");
    }

    @Test
    void a_device_is_unactive_online_disabled_and_gone() {
        String[] device = {"ProductKey", "a1pk", "DeviceName", "lamp"};
        api.makeDevice("a1pk", "lamp");
        assertThat(status(device)).isEqualTo("UNACTIVE");

        api.clock.advance(Duration.ofMinutes(1));
        api.attach("a1pk", "lamp");
        assertThat(status(device)).isEqualTo("ONLINE");
        JsonNode detail = done("QueryDeviceDetail", device).path("Data");
        assertThat(detail.path("GmtCreate").asString()).isEqualTo("2026-11-21 16:00:00");
        assertThat(detail.path("UtcOnline").asString()).isEqualTo("2026-11-21T08:01:00.000Z");
        assertThat(detail.path("IpAddress").asString()).isEqualTo("192.0.2.7");
        assertThat(detail.path("NodeType").isInt()).isTrue();
        assertThat(done("GetDeviceStatus", device)
                        .path("Data")
                        .path("Timestamp")
                        .asLong())
                .isEqualTo(api.clock.millis());

        done("DisableThing", device);
        assertThat(status(device)).isEqualTo("DISABLE");
        done("EnableThing", device);
        done("ResetThing", device);
        done("DeleteDevice", device);
        assertRefused("iot.device.NotExistedDevice", "GetDeviceStatus", device);
    }

    private String status(String... device) {
        return done("GetDeviceStatus", device).path("Data").path("Status").asString();
    }

    @Test
    void tags_are_saved_shown_and_taken_away() {
        String[] device = {"ProductKey", "a1pk", "DeviceName", "lamp"};
        api.makeDevice("a1pk", "lamp");
        done("SaveDeviceProp", with(device, "Props", "{\"room\":\"园\",\"floor\":2,\"abc\":\"x\"}"));

        assertThat(done("QueryDeviceProp", device).path("Props").asString())
                .isEqualTo("{\"floor\":\"2\",\"room\":\"园\"}");
        done("DeleteDeviceProp", with(device, "PropKey", "floor"));
        done("DeleteDeviceProp", with(device, "PropKey", "never"));
        assertThat(done("QueryDeviceProp", device).path("Props").asString()).isEqualTo("{\"room\":\"园\"}");
        assertRefused(
                "iot.device.InvalidFormattedDevicePropertiesString", "SaveDeviceProp", with(device, "Props", "[1]"));
        assertRefused(
                "iot.device.LongDevicePropertiesString",
                "SaveDeviceProp",
                with(device, "Props", "{\"a\":\"" + "x".repeat(5 << 10) + "\"}"));
    }

    @Test
    void a_gateway_is_given_devices_that_signed_for_it_and_loses_them() {
        String[] gateway = {"ProductKey", "a1gw", "DeviceName", "hub1"};
        api.makeProduct("a1gw", NodeType.GATEWAY);
        api.makeDevice("a1gw", "hub1");
        api.makeDevice("a1pk", "lamp");
        String secret = api.devices.get(new DeviceId("a1pk", "lamp")).secret().reveal();
        String sign = Hmac.SHA1.hex(secret.getBytes(UTF_8), "clientIdcdeviceNamelampproductKeya1pk".getBytes(UTF_8));
        String[] added = {
            "GwProductKey", "a1gw",
            "GwDeviceName", "hub1",
            "TopoAddItem.1.ProductKey", "a1pk",
            "TopoAddItem.1.DeviceName", "lamp",
            "TopoAddItem.1.ClientId", "c",
            "TopoAddItem.1.SignMethod", "hmacSha1",
            "TopoAddItem.1.Sign", sign
        };
        done("BatchAddThingTopo", added);

        JsonNode page = done("GetThingTopo", with(gateway, "PageNo", "1", "PageSize", "50"))
                .path("Data");
        assertThat(page.path("Total").asInt()).isEqualTo(1);
        assertThat(page.at("/List/deviceInfo/0/DeviceName").asString()).isEqualTo("lamp");
        String[] child = {"ProductKey", "a1pk", "DeviceName", "lamp"};
        JsonNode behind = done("GetGatewayBySubDevice", child).path("Data");
        assertThat(behind.path("DeviceName").asString()).isEqualTo("hub1");
        assertThat(behind.path("iotId").asString()).isNotBlank();

        assertThat(done("RemoveThingTopo", child).path("Data").asBoolean()).isTrue();
        assertRefused("iot.device.RemoveTopoRelationFailed", "RemoveThingTopo", child);
        assertRefused("iot.device.QueryTopoRelationFailed", "GetGatewayBySubDevice", child);
        added[added.length - 1] = (sign.startsWith("0") ? "1" : "0") + sign.substring(1);
        assertRefused("iot.device.AddTopoRelationFailed", "BatchAddThingTopo", added);
        added[1] = "a1pk";
        added[3] = "lamp";
        assertRefused("iot.device.AddTopoRelationFailed", "BatchAddThingTopo", added);
    }

    @Test
    void a_gateway_is_asked_to_add_devices() throws InterruptedException {
        api.makeProduct("a1gw", NodeType.GATEWAY);
        api.makeDevice("a1gw", "hub1");
        api.makeDevice("a1pk", "lamp");
        String[] wanted = {
            "GwProductKey", "a1gw",
            "GwDeviceName", "hub1",
            "DeviceListStr", "[{\"productKey\":\"a1pk\",\"deviceName\":\"lamp\"}]"
        };
        assertRefused("iot.messagebroker.OFFLINE", "NotifyAddThingTopo", wanted);

        HeldDevice hub = api.attach("a1gw", "hub1");
        String id = done("NotifyAddThingTopo", wanted).at("/Data/MessageId").asString();
        assertThat(hub.next()).isEqualTo(new Downlink.TopologyWanted(id, List.of(new DeviceId("a1pk", "lamp"))));
        wanted[5] = "lamp";
        assertThat(api.call("NotifyAddThingTopo", wanted).path("Code").asString())
                .isEqualTo("InvalidDeviceListStr");
    }

    @Test
    void groups_stand_within_each_other_and_are_found() {
        String house = done("CreateDeviceGroup", "GroupName", "house_1", "GroupDesc", "ours")
                .at("/Data/GroupId")
                .asString();
        String room = done("CreateDeviceGroup", "GroupName", "客厅", "SuperGroupId", house)
                .at("/Data/GroupId")
                .asString();

        assertThat(done("QuerySuperDeviceGroup", "GroupId", room)
                        .at("/Data/GroupInfo/0/GroupName")
                        .asString())
                .isEqualTo("house_1");
        JsonNode within = done("QueryDeviceGroupList", "SuperGroupId", house, "PageSize", "1");
        assertThat(within.path("Total").asInt()).isEqualTo(1);
        assertThat(within.at("/Data/GroupInfo/0/GroupId").asString()).isEqualTo(room);
        done("UpdateDeviceGroup", "GroupId", room, "GroupDesc", "warm");
        assertThat(done("QueryDeviceGroupInfo", "GroupId", room)
                        .at("/Data/GroupDesc")
                        .asString())
                .isEqualTo("warm");
        assertRefused("iot.group.OperateDeviceGroupFailed", "DeleteDeviceGroup", "GroupId", house);
        done("DeleteDeviceGroup", "GroupId", room);
        done("DeleteDeviceGroup", "GroupId", house);
        assertRefused("iot.group.InvalidFormattedGroupName", "CreateDeviceGroup", "GroupName", "a");
        assertRefused("iot.common.InvalidPageParams", "QueryDeviceGroupList", "PageSize", "201");
    }

    @Test
    void devices_are_put_into_groups_and_counted() {
        api.makeDevice("a1pk", "lamp1");
        api.makeDevice("a1pk", "lamp2");
        api.recordPresence("a1pk", "lamp2", true);
        String group = done("CreateDeviceGroup", "GroupName", "lamps")
                .at("/Data/GroupId")
                .asString();
        String[] both = {
            "GroupId", group,
            "Device.1.ProductKey", "a1pk",
            "Device.1.DeviceName", "lamp1",
            "Device.2.ProductKey", "a1pk",
            "Device.2.DeviceName", "lamp2",
            "Device.3.ProductKey", "a1pk",
            "Device.3.DeviceName", "none"
        };

        JsonNode added = done("BatchAddDeviceGroupRelations", both);
        assertThat(added.path("SuccessAddedDeviceCount").asInt()).isEqualTo(2);
        assertThat(added.path("ValidDeviceCount").asInt()).isEqualTo(2);
        assertThat(done("BatchAddDeviceGroupRelations", both)
                        .path("AlreadyRelatedGroupDeviceCount")
                        .asInt())
                .isEqualTo(2);
        JsonNode info = done("QueryDeviceGroupInfo", "GroupId", group).path("Data");
        assertThat(info.path("DeviceCount").asInt()).isEqualTo(2);
        assertThat(info.path("DeviceOnline").asInt()).isEqualTo(1);
        JsonNode second = done("QueryDeviceListByDeviceGroup", "GroupId", group, "CurrentPage", "2", "PageSize", "1");
        assertThat(second.at("/Data/SimpleDeviceInfo/0/DeviceName").asString()).isEqualTo("lamp1");
        assertThat(second.path("PageCount").asInt()).isEqualTo(2);
        assertThat(done("QueryDeviceGroupByDevice", "ProductKey", "a1pk", "DeviceName", "lamp1")
                        .at("/GroupInfos/GroupInfo/0/GroupName")
                        .asString())
                .isEqualTo("lamps");
        assertThat(done("BatchDeleteDeviceGroupRelations", both)
                        .path("SuccessDeviceCount")
                        .asInt())
                .isEqualTo(2);
    }
}
