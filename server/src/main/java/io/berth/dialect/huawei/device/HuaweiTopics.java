package io.berth.dialect.huawei.device;

import io.berth.core.product.Product;
import io.berth.core.topic.TopicFilter;
import io.berth.dialect.TopicTable;

/// Huawei's topics (spec huawei-iotda 3): what a device may publish and subscribe. A `{device}` in a row
/// must be the device's own id.
final class HuaweiTopics {
    static final TopicTable<HuaweiUplinks.Row> UPLINKS = new TopicTable<HuaweiUplinks.Row>()
            .on("$oc/devices/{device}/sys/messages/up", HuaweiUplinks::systemMessage)
            .on("$oc/devices/{device}/sys/messages/up?encoding=gzip", HuaweiUplinks.gzip(HuaweiUplinks::systemMessage))
            .on(
                    "$oc/devices/{device}/sys/messages/up?request_id={id}",
                    HuaweiUplinks.named(HuaweiUplinks::systemMessage))
            .on("$oc/devices/{device}/sys/properties/report", HuaweiUplinks::properties)
            .on(
                    "$oc/devices/{device}/sys/properties/report?request_id={id}",
                    HuaweiUplinks.named(HuaweiUplinks::properties))
            .on(
                    "$oc/devices/{device}/sys/properties/report?encoding=gzip",
                    HuaweiUplinks.gzip(HuaweiUplinks::properties))
            .on("$oc/devices/{device}/sys/gateway/sub_devices/properties/report", HuaweiUplinks::gatewayProperties)
            .on(
                    "$oc/devices/{device}/sys/gateway/sub_devices/properties/report?encoding=gzip",
                    HuaweiUplinks.gzip(HuaweiUplinks::gatewayProperties))
            .on(
                    "$oc/devices/{device}/sys/gateway/sub_devices/properties/report?request_id={id}",
                    HuaweiUplinks.named(HuaweiUplinks::gatewayProperties))
            .on("$oc/devices/{device}/sys/events/up", HuaweiUplinks::events)
            .on(
                    "$oc/devices/{device}/sys/commands/response/request_id={id}",
                    HuaweiUplinks.reply(HuaweiAnswers::command))
            .on(
                    "$oc/devices/{device}/sys/properties/set/response/request_id={id}",
                    HuaweiUplinks.reply(HuaweiAnswers::setting))
            .on(
                    "$oc/devices/{device}/sys/properties/get/response/request_id={id}",
                    HuaweiUplinks.reply(HuaweiAnswers::getting))
            .on("$oc/devices/{device}/sys/shadow/get/request_id={id}", HuaweiUplinks::shadow)
            .on("$oc/devices/{device}/sys/sub_device_manage/messages/up", HuaweiUplinks::info)
            .on("$oc/devices/{device}/user/{path...}", HuaweiUplinks::custom)
            .on("$oc/{path...}", HuaweiUplinks::unknown)
            .on("/huawei/v1/devices/{device}/data/json", HuaweiUplinks::legacy)
            .on("/huawei/v1/devices/{device}/data/binary", HuaweiUplinks::message)
            .on("/huawei/v1/devices/{device}/{path...}", HuaweiUplinks::unknown)
            .on("{path...}", HuaweiUplinks::unchecked);

    private HuaweiTopics() {}

    /// System topics and declared custom ones of the device, broadcasts, and any topic outside the vendor's
    /// spaces: the vendor does not check those (spec huawei-iotda 3.4), and only messages to this device
    /// reach it there.
    static boolean maySubscribe(TopicFilter filter, String deviceId, Product product) {
        String text = filter.text();
        if (text.startsWith("/huawei/v1/")) {
            return isWithin(filter, "/huawei/v1/devices/" + deviceId + "/#");
        }
        if (text.charAt(0) != '$') {
            return true;
        }
        String own = "$oc/devices/" + deviceId + "/";
        return isWithin(filter, own + "sys/#")
                || isWithin(filter, "$oc/broadcast/#")
                || product.topics().stream()
                        .anyMatch(topic -> topic.access().allowsSubscribe()
                                && topic.path().startsWith("user/")
                                && isWithin(filter, own + topic.path()));
    }

    private static boolean isWithin(TopicFilter filter, String space) {
        return filter.isWithin(new TopicFilter(space));
    }
}
