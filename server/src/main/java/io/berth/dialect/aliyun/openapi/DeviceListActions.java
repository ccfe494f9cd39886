package io.berth.dialect.aliyun.openapi;

import io.berth.core.Slice;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceCondition.TextField;
import io.berth.core.device.Devices;
import io.berth.core.device.Groups;
import io.berth.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Devices found by product, status and tags, and counted (spec aliyun-openapi 3.2).
final class DeviceListActions implements Action.Group {
    private static final int MAX_PAGE = 50;
    private static final int MAX_TAGS = 10;

    private final Devices devices;
    private final Groups groups;
    private final DeviceWords words;

    DeviceListActions(Devices devices, Groups groups, DeviceWords words) {
        this.devices = devices;
        this.groups = groups;
        this.words = words;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.DEVICES, Family.DEVICES);
        return List.of(
                about.reads("QueryDevice", OfProduct.class, this::ofProduct),
                about.reads("QueryDeviceByStatus", OfStatus.class, this::ofStatus),
                about.reads("QueryDeviceByTags", Tagged.class, this::tagged),
                about.reads("QueryDeviceStatistics", Counted.class, this::count));
    }

    record OfProduct(
            String productKey,
            @Nullable Integer currentPage,
            @Nullable Integer pageSize,
            @Nullable String nextToken) {}

    record OfStatus(
            int status,
            @Nullable String productKey,
            @Nullable Integer currentPage,
            @Nullable Integer pageSize) {}

    record Tagged(
            List<Tag> tag,
            @Nullable Integer currentPage,
            @Nullable Integer pageSize) {}

    record Tag(String tagKey, String tagValue) {}

    record Counted(@Nullable String productKey, @Nullable String groupId) {}

    private Value.Fields ofProduct(Call<OfProduct> call) {
        OfProduct wanted = call.input();
        Paging paging = Paging.of(wanted.currentPage(), wanted.pageSize(), MAX_PAGE);
        DeviceCondition where = call.devicesOf(wanted.productKey());
        Slice.Found<Device> found = devices.find(where, paging.slice(wanted.nextToken()));
        Members answer = page(found, "DeviceInfo", device -> {
            Members info = DeviceWords.identity(device, call)
                    .with("DeviceId", device.alias())
                    .with("DeviceStatus", words.status(device).name());
            return words.created(info, device).end();
        });
        return paging.tell(paging.next(answer, found), "Page", devices.count(where))
                .end();
    }

    private Value.Fields ofStatus(Call<OfStatus> call) {
        OfStatus wanted = call.input();
        Paging paging = Paging.of(wanted.currentPage(), wanted.pageSize(), MAX_PAGE);
        DeviceStatus status = DeviceStatus.of(wanted.status());
        DeviceCondition where =
                new DeviceCondition.All(List.of(status.condition(), call.devicesOf(wanted.productKey())));
        Members answer = page(
                devices.find(where, paging.slice()),
                "SimpleDeviceInfo",
                device -> words.created(DeviceWords.identity(device, call).with("Status", status.name()), device)
                        .end());
        return paging.tell(answer, "Page", devices.count(where)).end();
    }

    private Value.Fields tagged(Call<Tagged> call) {
        Tagged wanted = call.input();
        Paging paging = Paging.of(wanted.currentPage(), wanted.pageSize(), MAX_PAGE);
        Refusal.require(
                wanted.tag().size() <= MAX_TAGS,
                "device.TooManyDevicePropertiesPerTime",
                "at most " + MAX_TAGS + " tags at a time");
        List<DeviceCondition> parts = new ArrayList<>();
        parts.add(call.devicesOf(null));
        wanted.tag()
                .forEach(tag -> parts.add(
                        new DeviceCondition.TextIn(new TextField.Tag(tag.tagKey()), List.of(tag.tagValue()))));
        DeviceCondition where = new DeviceCondition.All(parts);
        Members answer = page(
                devices.find(where, paging.slice()), "SimpleDeviceInfo", device -> DeviceWords.simple(device, call));
        return paging.tell(answer, "Page", devices.count(where)).end();
    }

    private Value.Fields count(Call<Counted> call) {
        List<DeviceCondition> parts = new ArrayList<>();
        parts.add(call.devicesOf(call.input().productKey()));
        String group = call.input().groupId();
        if (group != null) {
            parts.add(groups.membersOf(groups.get(group)));
        }
        DeviceCondition all = new DeviceCondition.All(parts);
        Members data = new Members()
                .with("activeCount", count(all, DeviceCondition.activated()))
                .with("deviceCount", devices.count(all))
                .with("onlineCount", count(all, new DeviceCondition.Attached()));
        return Value.Fields.of("Data", data.end());
    }

    private long count(DeviceCondition all, DeviceCondition also) {
        return devices.count(new DeviceCondition.All(List.of(all, also)));
    }

    private static Members page(Slice.Found<Device> found, String item, Function<Device, Value> shown) {
        List<Value> items = found.items().stream().map(shown).toList();
        return new Members().with("Data", Value.Fields.of(item, new Value.Items(items)));
    }
}
