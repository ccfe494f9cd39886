package io.berth.dialect.aliyun.device;

import io.berth.core.device.DeviceId;
import io.berth.core.product.Product;
import io.berth.core.topic.TopicFilter;
import io.berth.dialect.TopicTable;
import java.util.List;
import java.util.Optional;

/// Alibaba's topics (spec aliyun-device 5): what a device may publish, subscribe, and be sent. A
/// `{product}` and `{device}` in a row must be the device's own.
final class AliyunTopics {
    private static final String SCRIPT_SUFFIX = "?_sn=default";

    /// What a device publishes. `{path...}` rows at the end of a block catch what no row above names.
    static final TopicTable<AliyunUplinks.Row> UPLINKS = new TopicTable<AliyunUplinks.Row>()
            .on("/sys/{product}/{device}/thing/event/property/post", AliyunReports::properties)
            .on("/sys/{product}/{device}/thing/event/property/batch/post", AliyunReports::batch)
            .on("/sys/{product}/{device}/thing/event/property/pack/post", AliyunPacks::pack)
            .on("/sys/{product}/{device}/thing/event/property/history/post", AliyunPacks::history)
            .on("/sys/{product}/{device}/thing/event/{event}/post", AliyunReports::event)
            .on("/sys/{product}/{device}/thing/model/up_raw", AliyunRaw::up)
            .on("/sys/{product}/{device}/thing/model/down_raw_reply", AliyunAnswers::namedInBytes)
            .on("/sys/{product}/{device}/thing/deviceinfo/update", AliyunTags::update)
            .on("/sys/{product}/{device}/thing/deviceinfo/delete", AliyunTags::delete)
            .on("/sys/{product}/{device}/thing/log/post", AliyunLog::post)
            .on("/sys/{product}/{device}/thing/{what}_reply", AliyunAnswers::named)
            .on("/sys/{product}/{device}/thing/{area}/{what}_reply", AliyunAnswers::named)
            .on("/sys/{product}/{device}/thing/{area}/{part}/{what}_reply", AliyunAnswers::named)
            .on("/sys/{product}/{device}/thing/deviceinfo/get", AliyunTags::get)
            .on("/sys/{product}/{device}/thing/property/desired/get", AliyunDesired::get)
            .on("/sys/{product}/{device}/thing/property/desired/delete", AliyunDesired::delete)
            .on("/sys/{product}/{device}/thing/dsltemplate/get", AliyunUplinks::model)
            .on("/sys/{product}/{device}/thing/dynamicTsl/get", AliyunUplinks::model)
            .on("/sys/{product}/{device}/thing/config/get", AliyunConfig::get)
            .on("/sys/{product}/{device}/thing/config/log/get", AliyunLog::config)
            .on("/sys/{product}/{device}/thing/ota/firmware/get", AliyunUplinks::notYet)
            .on("/sys/{product}/{device}/thing/file/{path...}", AliyunUplinks::notYet)
            .on("/sys/{product}/{device}/thing/job/{what}", AliyunUplinks::notYet)
            .on("/sys/{product}/{device}/thing/topo/add", AliyunGateway.asks(AliyunTopology::add))
            .on("/sys/{product}/{device}/thing/topo/delete", AliyunGateway.asks(AliyunTopology::delete))
            .on("/sys/{product}/{device}/thing/topo/get", AliyunGateway.asks(AliyunTopology::list))
            .on(
                    "/sys/{product}/{device}/thing/list/found",
                    AliyunGateway.tells(AliyunRegistration::found, AliyunRegistration::seen))
            .on("/sys/{product}/{device}/thing/sub/register", AliyunGateway.asks(AliyunRegistration::register))
            .on("/sys/{product}/{device}/thing/sub/unregister", AliyunGateway.asks(AliyunRegistration::unregister))
            .on(
                    "/sys/{product}/{device}/thing/proxy/provisioning/product_register",
                    AliyunGateway.asks(AliyunRegistration::registerByProduct))
            .on("/sys/{product}/{device}/thing/reset", AliyunUplinks::reset)
            .on("/sys/{product}/{device}/rrpc/response/{id}", AliyunAnswers::any)
            .on("/sys/{product}/{device}/{path...}", AliyunUplinks::illegal)
            .on("/ext/rrpc/{id}/{path...}", AliyunAnswers::any)
            .on("/ext/ntp/{product}/{device}/request", AliyunUplinks::clock)
            .on("/ext/session/{product}/{device}/combine/login", AliyunGateway.asks(AliyunSubSessions::login))
            .on(
                    "/ext/session/{product}/{device}/combine/batch_login",
                    AliyunGateway.asks(AliyunSubSessions::batchLogin))
            .on("/ext/session/{product}/{device}/combine/logout", AliyunGateway.asks(AliyunSubSessions::logout))
            .on(
                    "/ext/session/{product}/{device}/combine/batch_logout",
                    AliyunGateway.asks(AliyunSubSessions::batchLogout))
            .on("/ota/device/inform/{product}/{device}", AliyunVersion::inform)
            .on("/ota/device/progress/{product}/{device}", AliyunUplinks::info)
            .on("/ota/device/request/{product}/{device}", AliyunUplinks::silent)
            .on("/shadow/update/{product}/{device}", AliyunShadow::open)
            .on("/{product}/{device}/{path...}", AliyunUplinks::custom);

    /// What a device can be sent.
    static final TopicTable<Space> DOWNLINKS = new TopicTable<Space>()
            .on("/sys/{product}/{device}/{path...}", Space.SYSTEM)
            .on("/ext/ntp/{product}/{device}/response", Space.SYSTEM)
            .on("/ext/session/{product}/{device}/{path...}", Space.SYSTEM)
            .on("/ext/error/{product}/{device}", Space.SYSTEM)
            .on("/ota/device/{what}/{product}/{device}", Space.SYSTEM)
            .on("/shadow/get/{product}/{device}", Space.SYSTEM)
            .on("/broadcast/{product}/{path...}", Space.BROADCAST)
            .on("/{product}/{device}/{path...}", Space.CUSTOM);

    /// Where a topic or filter of any kind names the device it belongs to.
    private static final TopicTable<Space> OWNERS = new TopicTable<Space>()
            .on("/sys/{product}/{device}/{path...}", Space.SYSTEM)
            .on("/ext/rrpc/{id}/sys/{product}/{device}/{path...}", Space.SYSTEM)
            .on("/ext/rrpc/{id}/{product}/{device}/{path...}", Space.CUSTOM)
            .on("/ext/{what}/{product}/{device}", Space.SYSTEM)
            .on("/ext/{what}/{product}/{device}/{path...}", Space.SYSTEM)
            .on("/ota/device/{what}/{product}/{device}", Space.SYSTEM)
            .on("/shadow/{what}/{product}/{device}", Space.SYSTEM)
            .on("/{product}/{device}/{path...}", Space.CUSTOM);

    /// Whose rules a downlink topic follows.
    enum Space {
        /// Reaches an `_ss=1` session without a subscription (R9).
        SYSTEM,
        BROADCAST,
        CUSTOM
    }

    private AliyunTopics() {}

    /// The suffix asks for a script to read the payload. It is no part of the topic and goes before
    /// anything else looks at it (spec aliyun-device 5.1).
    static String withoutScriptSuffix(String topic) {
        return topic.endsWith(SCRIPT_SUFFIX) ? topic.substring(0, topic.length() - SCRIPT_SUFFIX.length()) : topic;
    }

    /// Whether the product defines the topic, not the system.
    static boolean isCustom(String topic) {
        return DOWNLINKS
                .find(topic)
                .filter(match -> match.handler() == Space.CUSTOM)
                .isPresent();
    }

    /// Whether what is published there is JSON in the vendor's envelope (spec aliyun-device 5.2), not octets
    /// of the product's own.
    static boolean isAlink(String topic) {
        return topic.startsWith("/sys/") && !topic.contains("/thing/model/");
    }

    static boolean isOwn(TopicTable.Match<?> match, DeviceId id) {
        return match.variables().getOrDefault("product", id.product()).equals(id.product())
                && match.variables().getOrDefault("device", id.name()).equals(id.name());
    }

    /// The device whose topic or filter this is; empty when it names none.
    static Optional<DeviceId> owner(String topic) {
        return OWNERS.find(topic)
                .filter(match -> DeviceId.isValid(match.variable("product"), match.variable("device")))
                .map(match -> new DeviceId(match.variable("product"), match.variable("device")));
    }

    /// Whether the filter takes in only what is sent to all devices of a product of one of these.
    static boolean isBroadcast(TopicFilter filter, List<DeviceId> devices) {
        return filter.text().startsWith("/broadcast/")
                && devices.stream().anyMatch(device -> isWithin(filter, "/broadcast/" + device.product() + "/#"));
    }

    /// Whole system space of the device, whether its class ever uses a topic or not: SDKs subscribe gateway
    /// replies on plain devices and give up when refused (spec aliyun-device 5.1).
    static boolean maySubscribe(TopicFilter filter, DeviceId id, Product product) {
        String own = id.product() + "/" + id.name();
        return isWithin(filter, "/sys/" + own + "/#")
                || isWithin(filter, "/broadcast/" + id.product() + "/#")
                // requests of this very session: no other device's pass here
                || isWithin(filter, "/ext/rrpc/#")
                || isWithin(filter, "/ext/ntp/" + own + "/#")
                || isWithin(filter, "/ext/session/" + own + "/#")
                || isWithin(filter, "/ext/error/" + own)
                || isWithin(filter, "/ota/device/+/" + own)
                || isWithin(filter, "/shadow/+/" + own)
                || product.topics().stream()
                        .anyMatch(topic ->
                                topic.access().allowsSubscribe() && isWithin(filter, "/" + own + "/" + topic.path()));
    }

    private static boolean isWithin(TopicFilter filter, String space) {
        return filter.isWithin(new TopicFilter(space));
    }
}
