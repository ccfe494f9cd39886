package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.json.ValueJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The services of one `events/up` message (spec huawei-iotda 4), as they came.
///
/// @param deviceId the device that speaks, empty for the one that is connected
record HuaweiEvents(String deviceId, List<Value.Fields> services) {
    private static final String CLOCK = "$time_sync";
    private static final String VERSIONS = "$sdk_info";
    private static final String CONFIG = "$device_config";

    /// The Java SDK forgets the dollar when it asks for its children (spec huawei-iotda 4.1).
    private static final Set<String> CHILDREN = Set.of(HuaweiChild.SERVICE, "sub_device_manager");

    HuaweiEvents {
        services = List.copyOf(services);
    }

    /// Empty unless the payload is an object with at least one service.
    static Optional<HuaweiEvents> read(Payload payload) {
        return ValueJson.readFields(payload)
                .map(events -> new HuaweiEvents(
                        HuaweiJson.text(events, "object_device_id"), HuaweiJson.objects(events, "services")))
                .filter(events -> !events.services().isEmpty());
    }

    static boolean isClock(Value.Fields service) {
        return is(service, CLOCK, "time_sync_request");
    }

    static boolean isVersions(Value.Fields service) {
        return is(service, VERSIONS, "sdk_info_report");
    }

    static boolean isLog(Value.Fields service) {
        return is(service, HuaweiLog.SERVICE, "log_report");
    }

    static boolean isConfigAnswer(Value.Fields service) {
        return is(service, CONFIG, "config_update_response");
    }

    static boolean isAboutChildren(Value.Fields service) {
        return CHILDREN.contains(HuaweiJson.text(service, "service_id"));
    }

    /// What goes to the platform and no further: the vendor's own services.
    static boolean isForPlatform(Value.Fields service) {
        return isAboutChildren(service)
                || HuaweiJson.text(service, "service_id").startsWith("$");
    }

    /// What needs the registry or a store.
    boolean needLookUp() {
        return services.stream().anyMatch(service -> isVersions(service) || isLog(service) || isAboutChildren(service));
    }

    private static boolean is(Value.Fields service, String serviceId, String type) {
        return HuaweiJson.text(service, "service_id").equals(serviceId)
                && HuaweiJson.text(service, "event_type").equals(type);
    }
}
