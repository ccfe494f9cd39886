package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.device.Group;
import io.berth.core.device.Groups;
import io.berth.json.Members;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which devices are in which static groups (spec aliyun-openapi 3.2).
final class GroupMemberActions implements Action.Group {
    private static final int MAX_DEVICES = 200;
    private static final int MAX_PAGE = 50;

    private final Groups groups;
    private final Devices devices;

    GroupMemberActions(Groups groups, Devices devices) {
        this.groups = groups;
        this.devices = devices;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.GROUPS, Family.GROUPS);
        return List.of(
                about.changes("BatchAddDeviceGroupRelations", Relations.class, this::add),
                about.changes("BatchDeleteDeviceGroupRelations", Relations.class, this::remove),
                about.reads("QueryDeviceGroupByDevice", OneDevice.class, this::groupsOf),
                about.reads("QueryDeviceListByDeviceGroup", MemberPage.class, this::members));
    }

    record Relations(String groupId, List<Named> device) {}

    record Named(String productKey, String deviceName) {}

    record OneDevice(String productKey, String deviceName) {}

    record MemberPage(
            String groupId,
            @Nullable Integer currentPage,
            @Nullable Integer pageSize) {}

    /// Members already, and devices in ten groups, are counted and left out.
    private Value.Fields add(Call<Relations> call) {
        Group group = GroupType.LINK_PLATFORM.get(groups, call.input().groupId());
        List<DeviceId> valid = devices(call);
        Set<DeviceId> within = memberIds(group);
        List<DeviceId> strangers =
                valid.stream().filter(id -> !within.contains(id)).toList();
        List<DeviceId> added = strangers.stream()
                .filter(id -> groups.of(id).size() < Groups.BOUNDS.groupsOfDevice())
                .toList();
        groups.add(group.id(), added);
        return new Members()
                .with("AlreadyRelatedGroupDeviceCount", valid.size() - strangers.size())
                .with("ExceedTenGroupDeviceCount", strangers.size() - added.size())
                .with("SuccessAddedDeviceCount", added.size())
                .with("ValidDeviceCount", valid.size())
                .end();
    }

    private Value.Fields remove(Call<Relations> call) {
        Group group = GroupType.LINK_PLATFORM.get(groups, call.input().groupId());
        List<DeviceId> valid = devices(call);
        Set<DeviceId> within = memberIds(group);
        List<DeviceId> removed = valid.stream().filter(within::contains).toList();
        groups.remove(group.id(), removed);
        return new Members()
                .with("AlreadyRelatedGroupDeviceCount", removed.size())
                .with("SuccessDeviceCount", removed.size())
                .with("ValidDeviceCount", valid.size())
                .end();
    }

    private Value.Fields groupsOf(Call<OneDevice> call) {
        Device device = DeviceName.in(
                call.reach(), call.input().productKey(), call.input().deviceName());
        List<Value> infos =
                groups.of(device.id()).stream().map(GroupActions::info).toList();
        return Value.Fields.of("GroupInfos", Value.Fields.of("GroupInfo", new Value.Items(infos)));
    }

    private Value.Fields members(Call<MemberPage> call) {
        Group group = groups.get(call.input().groupId());
        Paging paging = Paging.of(call.input().currentPage(), call.input().pageSize(), MAX_PAGE);
        DeviceCondition members = new DeviceCondition.All(List.of(groups.membersOf(group), call.devicesOf(null)));
        List<Value> shown = devices.find(members, paging.slice()).items().stream()
                .map(device -> DeviceWords.simple(device, call))
                .toList();
        Members answer = new Members().with("Data", Value.Fields.of("SimpleDeviceInfo", new Value.Items(shown)));
        return paging.tell(answer, "Page", devices.count(members)).end();
    }

    private Set<DeviceId> memberIds(Group group) {
        return Paging.all(page -> groups.members(group.id(), page)).stream()
                .map(Device::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /// Those of the call that exist, once each.
    private static List<DeviceId> devices(Call<Relations> call) {
        Refusal.require(
                call.input().device().size() <= MAX_DEVICES,
                "group.TooManyDevices",
                "at most " + MAX_DEVICES + " devices at a time");
        return call.input().device().stream()
                .filter(named -> DeviceId.isValid(named.productKey(), named.deviceName()))
                .map(named -> new DeviceId(named.productKey(), named.deviceName()))
                .distinct()
                .filter(id -> call.find(id).isPresent())
                .toList();
    }
}
