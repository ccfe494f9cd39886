package io.berth.dialect.aliyun.openapi;

import io.berth.core.Slice;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceCondition.TextField;
import io.berth.core.device.Devices;
import io.berth.core.device.Group;
import io.berth.core.device.GroupRule;
import io.berth.core.device.Groups;
import io.berth.json.Members;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Groups whose members an expression finds (spec aliyun-openapi 3.2).
final class DynamicGroupActions implements Action.Group {
    private static final int MAX_PAGE = 50;

    private final Groups groups;
    private final Devices devices;
    private final DeviceWords words;

    DynamicGroupActions(Groups groups, Devices devices, DeviceWords words) {
        this.groups = groups;
        this.devices = devices;
        this.words = words;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.GROUPS, Family.GROUPS);
        return List.of(
                about.changes("CreateDeviceDynamicGroup", NewGroup.class, this::create),
                about.changes("DeleteDeviceDynamicGroup", OneGroup.class, this::delete),
                about.reads("QueryDynamicGroupDevices", Wanted.class, this::members));
    }

    record NewGroup(
            String groupName,
            String dynamicGroupExpression,
            @Nullable String groupDesc) {}

    record OneGroup(String groupId) {}

    record Wanted(
            String groupId,
            @Nullable String productKey,
            @Nullable String deviceName,
            @Nullable Boolean fuzzyName,
            @Nullable String status,
            @Nullable Integer currentPage,
            @Nullable Integer pageSize,
            @Nullable String nextToken) {}

    private Value.Fields create(Call<NewGroup> call) {
        NewGroup wanted = call.input();
        GroupRule rule = new GroupRule(AliyunGroupRules.NAME, wanted.dynamicGroupExpression());
        Group group = groups.create(new Groups.Draft(
                GroupActions.name(wanted.groupName()), GroupActions.description(wanted.groupDesc()), null, rule));
        return Value.Fields.of(
                "Data",
                GroupActions.words(group)
                        .with("DynamicGroupExpression", rule.text())
                        .end());
    }

    private Value.Fields delete(Call<OneGroup> call) {
        groups.delete(GroupType.LINK_PLATFORM_DYNAMIC
                .get(groups, call.input().groupId())
                .id());
        return Value.Fields.NONE;
    }

    private Value.Fields members(Call<Wanted> call) {
        Wanted wanted = call.input();
        Paging paging = Paging.of(wanted.currentPage(), wanted.pageSize(), MAX_PAGE);
        DeviceCondition where = where(call);
        Slice.Found<Device> found = devices.find(where, paging.slice(wanted.nextToken()));
        List<Value> shown =
                found.items().stream().map(device -> shown(device, call)).toList();
        Members answer = new Members().with("Data", Value.Fields.of("SimpleDeviceInfo", new Value.Items(shown)));
        return paging.tell(paging.next(answer, found), "Page", devices.count(where))
                .end();
    }

    private DeviceCondition where(Call<Wanted> call) {
        Wanted wanted = call.input();
        List<DeviceCondition> parts = new ArrayList<>();
        parts.add(groups.membersOf(GroupType.LINK_PLATFORM_DYNAMIC.get(groups, wanted.groupId())));
        parts.add(call.devicesOf(wanted.productKey()));
        if (wanted.deviceName() != null) {
            parts.add(
                    Boolean.TRUE.equals(wanted.fuzzyName())
                            ? new DeviceCondition.TextBegins(TextField.Name.NAME, wanted.deviceName())
                            : new DeviceCondition.TextIn(TextField.Name.NAME, List.of(wanted.deviceName())));
        }
        if (wanted.status() != null) {
            parts.add(DeviceStatus.of(wanted.status()).condition());
        }
        return new DeviceCondition.All(parts);
    }

    private Value shown(Device device, Call<?> call) {
        return words.member(device, call.product(device.id().product())).end();
    }
}
