package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Slice;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceCondition.TextField;
import io.berth.core.device.Devices;
import io.berth.core.device.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Tags of devices (spec huawei-iotda 7.9).
final class HuaweiTagRoutes {
    private static final int MAX_TAGS = 10;

    private final Tags tags;
    private final Devices devices;

    HuaweiTagRoutes(RestServices services) {
        this.tags = services.tags();
        this.devices = services.devices();
    }

    record Bound(String resourceType, String resourceId, List<Tag> tags) {}

    /// @param tagValue null for one that says nothing
    record Tag(String tagKey, @Nullable String tagValue) {
        String value() {
            return tagValue == null ? "" : tagValue;
        }
    }

    record Unbound(String resourceType, String resourceId, List<String> tagKeys) {}

    record Wanted(
            @Nullable Integer limit,
            @Nullable String marker,
            @Nullable Integer offset,
            String resourceType,
            List<Tag> tags) {}

    record Resource(String resourceId) {}

    record ResourceList(List<Resource> resources, Paging.Shown page) {}

    @Nullable
    Void bind(RestCall<Bound> call) {
        Bound wanted = call.input();
        requireDevice(wanted.resourceType());
        Device device = call.sight().device(wanted.resourceId());
        SequencedMap<String, String> given = new LinkedHashMap<>();
        wanted.tags().forEach(tag -> given.put(tag.tagKey(), tag.value()));
        SequencedMap<String, String> after = new LinkedHashMap<>(tags.find(device.id()));
        after.putAll(given);
        require(!given.isEmpty() && after.size() <= MAX_TAGS, "a device has at most " + MAX_TAGS + " tags");
        tags.put(device.id(), given);
        devices.updated(device.id());
        return null;
    }

    @Nullable
    Void unbind(RestCall<Unbound> call) {
        requireDevice(call.input().resourceType());
        Device device = call.sight().device(call.input().resourceId());
        tags.remove(device.id(), call.input().tagKeys());
        devices.updated(device.id());
        return null;
    }

    /// Those that have all the tags.
    ResourceList list(RestCall<Wanted> call) {
        Wanted wanted = call.input();
        requireDevice(wanted.resourceType());
        require(
                !wanted.tags().isEmpty() && wanted.tags().size() <= MAX_TAGS,
                "1 to " + MAX_TAGS + " tags are asked for");
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        List<DeviceCondition> parts = new ArrayList<>();
        parts.add(call.sight().rights().devices());
        for (Tag tag : wanted.tags()) {
            parts.add(new DeviceCondition.TextIn(new TextField.Tag(tag.tagKey()), List.of(tag.value())));
        }
        DeviceCondition where = new DeviceCondition.All(parts);
        Slice.Found<Device> found = devices.find(where, paging.slice());
        return new ResourceList(
                found.items().stream()
                        .map(device -> new Resource(device.alias()))
                        .toList(),
                paging.shown(devices.count(where), found.last()));
    }

    private static void requireDevice(String type) {
        require(type.equals("device"), "\"resource_type\" must be device");
    }
}
