package io.berth.dialect.huawei.device;

import static io.berth.dialect.huawei.device.HuaweiBed.DEVICE;
import static io.berth.dialect.huawei.device.HuaweiBed.NOW_TEXT;
import static io.berth.dialect.huawei.device.HuaweiBed.OWN;
import static io.berth.dialect.huawei.device.HuaweiBed.accepted;
import static io.berth.dialect.huawei.device.HuaweiBed.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Page;
import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink;
import io.berth.core.message.Downlink.TopologyChanged.Change;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.product.Product.NodeType;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import io.berth.json.ValueJson;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a gateway asks about the devices behind it (spec huawei-iotda 4.1), and what it says for them.
final class HuaweiSubDevicesTest {
    private static final DeviceId S1 = new DeviceId("bare", "s1");

    private final HuaweiBed bed = new HuaweiBed();

    @Test
    void adds_a_device_under_the_id_the_vendor_gives() {
        Reading reading = asks(
                "add_sub_device_request",
                "{\"devices\":[{\"parent_device_id\":\"room_d1\",\"node_id\":\"s1\",\"name\":\"Lamp\","
                        + "\"description\":\"left\",\"product_id\":\"bare\",\"extension_info\":{\"a\":1}}]}");

        assertThat(answer(reading))
                .isEqualTo(OWN + "sys/events/down "
                        + event(
                                "add_sub_device_response",
                                "{\"successful_devices\":[{\"parent_device_id\":\"room_d1\",\"node_id\":\"s1\","
                                        + "\"device_id\":\"bare_s1\",\"name\":\"Lamp\",\"description\":\"left\","
                                        + "\"manufacturer_id\":\"\",\"model\":\"\",\"product_id\":\"bare\","
                                        + "\"fw_version\":\"\",\"sw_version\":\"\",\"status\":\"OFFLINE\","
                                        + "\"extension_info\":{\"a\":1}}],\"failed_devices\":[]}"));
        assertThat(bed.snapshot("bare_s1").id()).isEqualTo(S1);
        assertThat(bed.platform.belongings.topology.gatewayOf(S1)).contains(DEVICE);
        assertThat(accepted(reading).uplink()).isInstanceOf(Uplink.Info.class);
    }

    @Test
    void adds_a_device_under_the_id_the_gateway_chose() {
        add("\"node_id\":\"s1\",\"device_id\":\"my-own-id\",\"product_id\":\"bare\"");

        assertThat(bed.snapshot("my-own-id").id()).isEqualTo(S1);
    }

    @Test
    void adds_its_own_child_again_without_harm() {
        add("\"node_id\":\"s1\",\"product_id\":\"bare\"");

        assertThat(add("\"node_id\":\"s1\",\"product_id\":\"bare\"")).contains("\"failed_devices\":[]");
        assertThat(bed.platform.belongings.topology.version(DEVICE)).isEqualTo(1);
    }

    @Test
    void what_cannot_be_added_fails_for_itself() {
        bed.device("rooms", "d2", "room_d2");
        DeviceId others = bed.device("bare", "s9", "bare_s9");
        bed.platform.belongings.topology.link(new DeviceId("rooms", "d2"), List.of(others), 10);
        Reading reading = asks(
                "add_sub_device_request",
                "{\"devices\":[{\"node_id\":\"x\",\"product_id\":\"none\"},"
                        + "{\"node_id\":\"d2\",\"product_id\":\"room\"},{\"node_id\":\"s9\",\"product_id\":\"bare\"},"
                        + "{\"node_id\":\"a b\",\"product_id\":\"bare\"},"
                        + "{\"parent_device_id\":\"room_d2\",\"node_id\":\"s1\",\"product_id\":\"bare\"},7,"
                        + "{\"node_id\":\"s2\",\"product_id\":\"bare\"}]}");

        Value.Fields paras = paras(reading);
        assertThat(HuaweiJson.objects(paras, "successful_devices"))
                .extracting(device -> HuaweiJson.text(device, "device_id"))
                .containsExactly("bare_s2");
        assertThat(HuaweiJson.objects(paras, "failed_devices"))
                .extracting(failed -> HuaweiJson.text(failed, "node_id") + " " + HuaweiJson.text(failed, "error_code"))
                .containsExactly(
                        "x IOTDA.014001",
                        "d2 IOTDA.014031",
                        "s9 IOTDA.014031",
                        "a b IOTDA.000006",
                        "s1 IOTDA.014000",
                        " IOTDA.014001");
        assertThat(bed.platform.belongings.topology.gatewayOf(others)).contains(new DeviceId("rooms", "d2"));
    }

    @Test
    void takes_a_device_made_for_gateways_that_nobody_ever_saw() {
        bed.device("bare", "s1", "bare_s1");

        assertThat(add("\"node_id\":\"s1\",\"product_id\":\"bare\"")).contains("\"failed_devices\":[]");
    }

    @Test
    void a_device_that_finds_no_place_is_not_left_behind() {
        for (int i = 0; i < 2000; i++) {
            bed.platform.belongings.topology.link(DEVICE, List.of(new DeviceId("bare", "full" + i)), 2000);
        }

        assertThat(add("\"node_id\":\"s1\",\"product_id\":\"bare\"")).contains("IOTDA.014002");
        assertThat(bed.platform.registry.devices().find(S1)).isEmpty();
    }

    @Test
    void deletes_its_own_children_only() {
        bed.child("s1");
        bed.device("rooms", "d2", "room_d2");
        Reading reading = asks("delete_sub_device_request", "{\"devices\":[\"bare_s1\",\"room_d2\",\"nobody\"]}");

        assertThat(answer(reading))
                .isEqualTo(OWN + "sys/events/down "
                        + event(
                                "delete_sub_device_response",
                                "{\"successful_devices\":[\"bare_s1\"],\"failed_devices\":["
                                        + "{\"device_id\":\"room_d2\",\"error_code\":\"IOTDA.014000\","
                                        + "\"error_msg\":\"no device room_d2\"},"
                                        + "{\"device_id\":\"nobody\",\"error_code\":\"IOTDA.014000\","
                                        + "\"error_msg\":\"no device nobody\"}]}"));
        assertThat(bed.platform.registry.devices().find(S1)).isEmpty();
    }

    @Test
    void says_who_is_online() {
        bed.child("s1");
        bed.device("rooms", "d2", "room_d2");
        Reading reading = asks(
                "sub_device_update_status",
                "{\"device_statuses\":[" + status("bare_s1", "ONLINE") + "," + status("room_d2", "ONLINE") + ","
                        + status("bare_s1", "AWAY") + "]}");

        assertThat(answer(reading))
                .isEqualTo(OWN + "sys/events/down "
                        + event(
                                "sub_device_update_status_response",
                                "{\"successful_devices\":[{\"device_id\":\"bare_s1\",\"status\":\"ONLINE\"}],"
                                        + "\"failed_devices\":[{\"device_id\":\"room_d2\","
                                        + "\"error_code\":\"IOTDA.014000\",\"error_msg\":\"no device room_d2\"},"
                                        + "{\"device_id\":\"bare_s1\",\"error_code\":\"IOTDA.000006\","
                                        + "\"error_msg\":\"a status is ONLINE or OFFLINE\"}]}"));
        assertThat(bed.branches.attached()).containsExactly(S1);

        asks("sub_device_update_status", "{\"device_statuses\":[" + status("bare_s1", "OFFLINE") + "]}");
        assertThat(bed.branches.attached()).isEmpty();
    }

    @Test
    void a_request_names_at_most_a_hundred_devices() {
        bed.child("s1");
        String many = String.join(",", Collections.nCopies(102, status("bare_s1", "ONLINE")));
        Value.Fields paras = paras(asks("sub_device_update_status", "{\"device_statuses\":[" + many + "]}"));

        assertThat(HuaweiJson.items(paras, "successful_devices")).hasSize(100);
        assertThat(HuaweiJson.items(paras, "failed_devices")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$sub_device_manager", "sub_device_manager"})
    void a_sync_tells_what_changed_since_in_the_order_it_did(String serviceId) {
        bed.child("s1");
        bed.child("s2");
        bed.platform.belongings.topology.unlink(DEVICE, List.of(S1));
        bed.platform.devices.delete(S1);
        bed.child("s3");

        assertThat(answer(syncs(serviceId, "1")))
                .isEqualTo(OWN + "sys/events/down {\"object_device_id\":\"room_d1\",\"services\":["
                        + notice("add_sub_device_notify", child("s2", true), 2) + ","
                        + notice("delete_sub_device_notify", child("s1", false), 3) + ","
                        + notice("add_sub_device_notify", child("s3", true), 4) + "]}");
        assertThat(accepted(syncs(serviceId, "4")).reply()).isNull();
    }

    @Test
    void a_sync_with_a_version_of_another_platform_tells_all() {
        bed.child("s1");

        assertThat(answer(syncs("$sub_device_manager", "1690000000000"))).contains("bare_s1");
        assertThat(answer(syncs("$sub_device_manager", "null"))).contains("bare_s1");
    }

    @Test
    void what_the_application_changed_is_told_at_once() {
        bed.child("s1");
        var children = List.of(bed.snapshot("bare_s1"));

        assertThat(bed.told(new Downlink.TopologyChanged("e1", Change.ADDED, children, 5)))
                .isEqualTo(OWN + "sys/events/down {\"object_device_id\":\"room_d1\",\"services\":["
                        + notice("add_sub_device_notify", child("s1", true), 5)
                                .replace("\"paras\"", "\"event_id\":\"e1\",\"paras\"")
                        + "]}");
        assertThat(bed.told(new Downlink.TopologyChanged("e1", Change.REMOVED, children, 6)))
                .contains(child("s1", false));
    }

    @Test
    void a_child_is_told_on_the_topics_of_its_gateway() {
        bed.child("s1");
        asks("sub_device_update_status", "{\"device_statuses\":[" + status("bare_s1", "ONLINE") + "]}");

        assertThat(toldChild(new Downlink.Command("7", "Lamp:on", Value.Fields.NONE, true)))
                .isEqualTo(OWN + "sys/commands/request_id=7 {\"object_device_id\":\"bare_s1\",\"service_id\":\"Lamp\","
                        + "\"command_name\":\"on\",\"paras\":{}}");
        assertThat(toldChild(new Downlink.PropertySet("8", Value.Fields.of("Lamp:level", new Value.Whole(3)))))
                .isEqualTo(OWN + "sys/properties/set/request_id=8 {\"object_device_id\":\"bare_s1\",\"services\":"
                        + "[{\"service_id\":\"Lamp\",\"properties\":{\"level\":3}}]}");
        assertThat(toldChild(new Downlink.PropertyGet("9", "Lamp", List.of())))
                .isEqualTo(OWN + "sys/properties/get/request_id=9 {\"object_device_id\":\"bare_s1\","
                        + "\"service_id\":\"Lamp\"}");
    }

    @Test
    void a_message_for_a_child_says_so() {
        bed.child("s1");
        asks("sub_device_update_status", "{\"device_statuses\":[" + status("bare_s1", "ONLINE") + "]}");
        String topic = "$oc/devices/bare_s1/sys/messages/down";

        assertThat(toldChild(message(topic, "wake \"up\"")))
                .isEqualTo(
                        OWN + "sys/messages/down {\"content\":\"wake \\\"up\\\"\",\"object_device_id\":\"bare_s1\"}");
        assertThat(toldChild(message(topic, "{\"name\":\"n\",\"id\":\"1\",\"content\":\"c\"}")))
                .isEqualTo(OWN + "sys/messages/down {\"name\":\"n\",\"id\":\"1\",\"content\":\"c\","
                        + "\"object_device_id\":\"bare_s1\"}");
        assertThat(toldChild(message("user/get", "raw"))).isEqualTo(OWN + "user/get raw");
        assertThat(bed.branches.attachedWire(S1).write(message("$oc/devices/room_d2/user/get", "x")))
                .isInstanceOf(Outgoing.Refused.class);
    }

    @Test
    void a_message_of_a_child_is_its_own() {
        bed.child("s1");
        bed.device("rooms", "d2", "room_d2");

        Reading reading = bed.publishes("sys/messages/up", "{\"object_device_id\":\"bare_s1\",\"content\":\"hi\"}");
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Through.class,
                        through -> assertThat(through.child()).isEqualTo(S1));
        assertThat(bed.branches.attached()).containsExactly(S1);
        assertThat(bed.publishes("sys/messages/up", "{\"object_device_id\":\"room_d1\",\"content\":\"hi\"}"))
                .isInstanceOf(Reading.Accepted.class);
        assertThat(bed.publishes("sys/messages/up", "{\"object_device_id\":\"room_d2\",\"content\":\"hi\"}"))
                .isEqualTo(new Reading.Dropped("not a device behind this one", null));
    }

    @Test
    void a_child_that_is_taken_away_while_it_comes_is_not_attached() {
        bed.child("s1");
        bed.branches.beforeAttaching(() -> bed.platform.belongings.topology.unlink(DEVICE, List.of(S1)));

        assertThat(bed.publishes("sys/messages/up", "{\"object_device_id\":\"bare_s1\",\"content\":\"hi\"}"))
                .isEqualTo(new Reading.Dropped("not a device behind this one", null));
        assertThat(bed.branches.attached()).isEmpty();
    }

    @Test
    void a_product_of_children_may_be_any() {
        bed.product("lamps", "lamp", NodeType.DIRECT, ThingModel.EMPTY);

        assertThat(add("\"node_id\":\"s1\",\"product_id\":\"lamp\"")).contains("lamp_s1");
        assertThat(bed.platform
                        .belongings
                        .topology
                        .children(DEVICE, new Page.Request(null, 10))
                        .items())
                .containsExactly(new DeviceId("lamps", "s1"));
    }

    private Downlink message(String topic, String text) {
        return new Downlink.Message(topic, Qos.AT_LEAST_ONCE, Payload.of(text));
    }

    private String toldChild(Downlink downlink) {
        return HuaweiBed.written(bed.branches.attachedWire(S1).write(downlink));
    }

    private String add(String device) {
        return answer(asks("add_sub_device_request", "{\"devices\":[{" + device + "}]}"));
    }

    private Reading syncs(String serviceId, String version) {
        return bed.publishes(
                "sys/events/up",
                "{\"object_device_id\":\"room_d1\",\"services\":[{\"service_id\":\"" + serviceId
                        + "\",\"event_type\":\"sub_device_sync_request\",\"paras\":{\"version\":" + version + "}}]}");
    }

    private Reading asks(String type, String paras) {
        return bed.publishes(
                "sys/events/up",
                "{\"services\":[{\"service_id\":\"$sub_device_manager\",\"event_type\":\"" + type
                        + "\",\"event_id\":\"e7\",\"paras\":" + paras + "}]}");
    }

    private static String event(String type, String paras) {
        return "{\"object_device_id\":\"room_d1\",\"services\":[{\"service_id\":\"$sub_device_manager\","
                + "\"event_type\":\"" + type + "\",\"event_time\":\"" + NOW_TEXT + "\",\"event_id\":\"e7\",\"paras\":"
                + paras + "}]}";
    }

    private static String notice(String type, String device, long version) {
        return "{\"service_id\":\"$sub_device_manager\",\"event_type\":\"" + type + "\",\"event_time\":\"" + NOW_TEXT
                + "\",\"paras\":{\"devices\":[" + device + "],\"version\":" + version + "}}";
    }

    private static String child(String name, boolean whole) {
        String identity =
                "{\"parent_device_id\":\"room_d1\",\"node_id\":\"" + name + "\",\"device_id\":\"bare_" + name + "\"";
        return whole
                ? identity + ",\"name\":\"" + name + "\",\"description\":\"\",\"manufacturer_id\":\"\",\"model\":\"\","
                        + "\"product_id\":\"bare\",\"fw_version\":\"\",\"sw_version\":\"\",\"status\":\"OFFLINE\","
                        + "\"extension_info\":null}"
                : identity + "}";
    }

    private static String status(String device, String status) {
        return "{\"device_id\":\"" + device + "\",\"status\":\"" + status + "\"}";
    }

    /// The `paras` of the answer.
    private static Value.Fields paras(Reading reading) {
        String text = answer(reading);
        Value.Fields answer = ValueJson.readFields(Payload.of(text.substring(text.indexOf(' ') + 1)))
                .orElseThrow();
        return HuaweiJson.object(HuaweiJson.objects(answer, "services").getFirst(), "paras");
    }
}
