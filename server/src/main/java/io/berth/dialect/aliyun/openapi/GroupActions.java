package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.Devices;
import io.berth.core.device.Group;
import io.berth.core.device.GroupRule;
import io.berth.core.device.Groups;
import io.berth.dialect.aliyun.app.AliyunTimes;
import io.berth.json.Members;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Groups themselves (spec aliyun-openapi 3.2): static ones, within each other, and what is asked of both
/// kinds.
final class GroupActions implements Action.Group {
    private static final int MAX_PAGE = 200;
    private static final int MAX_DESCRIPTION = 100;

    private final Groups groups;
    private final Devices devices;

    GroupActions(Groups groups, Devices devices) {
        this.groups = groups;
        this.devices = devices;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.GROUPS, Family.GROUPS);
        return List.of(
                about.changes("CreateDeviceGroup", NewGroup.class, this::create),
                about.changes("UpdateDeviceGroup", Description.class, this::update),
                about.changes("DeleteDeviceGroup", OneGroup.class, this::delete),
                about.reads("QueryDeviceGroupInfo", TypedGroup.class, this::info),
                about.reads("QueryDeviceGroupList", GroupPage.class, this::list),
                about.reads("QuerySuperDeviceGroup", OneGroup.class, this::parent));
    }

    record NewGroup(
            String groupName,
            @Nullable String groupDesc,
            @Nullable String superGroupId) {}

    record Description(
            String groupId,
            @Nullable String groupDesc,
            @Nullable String groupType) {}

    record OneGroup(String groupId) {}

    record TypedGroup(String groupId, @Nullable String groupType) {}

    record GroupPage(
            @Nullable Integer currentPage,
            @Nullable Integer pageSize,
            @Nullable String groupName,
            @Nullable List<String> groupTypes,
            @Nullable String superGroupId) {}

    private Value.Fields create(Call<NewGroup> call) {
        NewGroup wanted = call.input();
        Group group = groups.create(new Groups.Draft(
                name(wanted.groupName()), description(wanted.groupDesc()), wanted.superGroupId(), null));
        return Value.Fields.of("Data", words(group).end());
    }

    static String name(String name) {
        Refusal.require(
                NameRule.GROUP.holds(name),
                "group.InvalidFormattedGroupName",
                "a group name has " + NameRule.GROUP.demand());
        return name;
    }

    private Value.Fields update(Call<Description> call) {
        Group group = GroupType.get(groups, call.input().groupId(), call.input().groupType());
        groups.rename(group.id(), group.name(), description(call.input().groupDesc()));
        return Value.Fields.NONE;
    }

    private Value.Fields delete(Call<OneGroup> call) {
        groups.delete(
                GroupType.LINK_PLATFORM.get(groups, call.input().groupId()).id());
        return Value.Fields.NONE;
    }

    private Value.Fields info(Call<TypedGroup> call) {
        Group group = GroupType.get(groups, call.input().groupId(), call.input().groupType());
        DeviceCondition members = new DeviceCondition.All(List.of(groups.membersOf(group), call.devicesOf(null)));
        GroupRule rule = group.rule();
        Members data = words(group)
                .withUnlessEmpty("DynamicGroupExpression", rule == null ? "" : rule.text())
                .with("DeviceActive", count(members, DeviceCondition.activated()))
                .with("DeviceCount", devices.count(members))
                .with("DeviceOnline", count(members, new DeviceCondition.Attached()));
        return Value.Fields.of("Data", data.end());
    }

    private long count(DeviceCondition members, DeviceCondition also) {
        return devices.count(new DeviceCondition.All(List.of(members, also)));
    }

    private Value.Fields list(Call<GroupPage> call) {
        GroupPage wanted = call.input();
        Paging paging = Paging.of(wanted.currentPage(), wanted.pageSize(), MAX_PAGE);
        String part = Objects.requireNonNullElse(wanted.groupName(), "");
        List<GroupType> types = Objects.requireNonNullElse(wanted.groupTypes(), List.<String>of()).stream()
                .map(GroupType::read)
                .toList();
        List<Group> found = Paging.all(groups::list).stream()
                .filter(group -> group.name().contains(part))
                .filter(group -> types.isEmpty() || types.contains(GroupType.of(group)))
                .filter(group ->
                        wanted.superGroupId() == null || wanted.superGroupId().equals(group.parent()))
                .toList();
        Members answer = new Members().with("Data", infos(paging.of(found)));
        return paging.tell(answer, "CurrentPage", found.size()).end();
    }

    private Value.Fields parent(Call<OneGroup> call) {
        String parent = groups.get(call.input().groupId()).parent();
        return Value.Fields.of("Data", infos(parent == null ? List.of() : List.of(groups.get(parent))));
    }

    private static Value.Fields infos(List<Group> shown) {
        return Value.Fields.of(
                "GroupInfo",
                new Value.Items(shown.stream().map(GroupActions::info).toList()));
    }

    /// As lists show groups.
    static Value info(Group group) {
        return words(group).with("GroupType", GroupType.of(group).name()).end();
    }

    static Members words(Group group) {
        return new Members()
                .with("GroupDesc", group.description())
                .with("GroupId", group.id())
                .with("GroupName", group.name())
                .with("UtcCreate", AliyunTimes.utc(group.created()));
    }

    static String description(@Nullable String description) {
        String text = Objects.requireNonNullElse(description, "");
        Refusal.require(
                text.length() <= MAX_DESCRIPTION,
                "group.LongGroupDesc",
                "a description has at most " + MAX_DESCRIPTION + " characters");
        return text;
    }
}
