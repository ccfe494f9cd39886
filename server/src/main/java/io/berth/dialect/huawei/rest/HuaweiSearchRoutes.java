package io.berth.dialect.huawei.rest;

import io.berth.core.Slice;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.Devices;
import io.berth.core.device.Groups;
import io.berth.dialect.huawei.rest.HuaweiDeviceRoutes.DeviceOnly;
import io.berth.dialect.search.DeviceSearch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Finding devices, and the groups they are in (spec huawei-iotda 7.3).
final class HuaweiSearchRoutes {
    private final Devices devices;
    private final Groups groups;
    private final DeviceWords words;

    HuaweiSearchRoutes(RestServices services) {
        this.devices = services.devices();
        this.groups = services.groups();
        this.words = new DeviceWords(services);
    }

    record Wanted(String sql) {}

    /// @param devices null when only their number was asked for
    record Found(@Nullable List<ObjectNode> devices, long count) {}

    record GroupList(List<HuaweiGroupRoutes.Shown> deviceGroups) {}

    Found search(RestCall<Wanted> call) {
        DeviceSearch search = DeviceSearch.parse(call.input().sql(), new SearchFields(call.sight()));
        DeviceCondition where =
                new DeviceCondition.All(List.of(call.sight().rights().devices(), search.where()));
        long count = devices.count(where);
        if (search.counts()) {
            return new Found(null, count);
        }
        Slice.Found<Device> found = devices.find(where, search.slice());
        List<DeviceWords.Shown> listed = words.listed(found.items(), call.sight());
        List<ObjectNode> shown = new ArrayList<>(listed.size());
        for (int i = 0; i < listed.size(); i++) {
            ObjectNode device =
                    RestJson.tree(listed.get(i)).put("marker", found.places().get(i));
            if (search.shows("groups")) {
                ArrayNode ids = device.putArray("groups");
                groups.of(found.items().get(i).id()).forEach(group -> ids.add(group.id()));
            }
            shown.add(search.fields().isEmpty() ? device : device.retain(search.fields()));
        }
        return new Found(shown, count);
    }

    GroupList groups(RestCall<DeviceOnly> call) {
        Device device = call.sight().device(call.input().deviceId());
        return new GroupList(
                groups.of(device.id()).stream().map(HuaweiGroupRoutes::shown).toList());
    }
}
