package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Slice;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.Devices;
import io.berth.core.device.Group;
import io.berth.core.device.GroupRule;
import io.berth.core.device.Groups;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Groups of devices (spec huawei-iotda 7.9). They belong to no space: of their members a caller sees those of
/// its own spaces.
final class HuaweiGroupRoutes {
    private static final String STATIC = "STATIC";
    private static final String DYNAMIC = "DYNAMIC";

    private final Groups groups;
    private final Devices devices;

    HuaweiGroupRoutes(RestServices services) {
        this.groups = services.groups();
        this.devices = services.devices();
    }

    record NewGroup(
            String name,
            @Nullable String description,
            @Nullable String superGroupId,
            @Nullable String appId,
            @Nullable String groupType,
            @Nullable String dynamicGroupRule) {}

    record ChangedGroup(
            String groupId, @Nullable String name, @Nullable String description) {}

    record GroupOnly(String groupId) {}

    record Wanted(
            @Nullable Integer limit,
            @Nullable String marker,
            @Nullable Integer offset,
            @Nullable String lastModifiedTime,
            @Nullable String appId,
            @Nullable String groupType,
            @Nullable String name) {}

    record Shown(
            String groupId,
            String name,
            String description,
            @Nullable String superGroupId,
            String groupType,
            @Nullable String dynamicGroupRule) {}

    record ShownList(List<Shown> deviceGroups, Paging.Shown page) {}

    record Member(String groupId, String actionId, String deviceId) {}

    record WantedMembers(
            String groupId,
            @Nullable Integer limit,
            @Nullable String marker,
            @Nullable Integer offset) {}

    record Simple(String deviceId, String nodeId, String deviceName, String productId) {}

    record MemberList(List<Simple> devices, Paging.Shown page) {}

    Shown add(RestCall<NewGroup> call) {
        NewGroup wanted = call.input();
        call.sight().space(wanted.appId());
        return shown(groups.create(new Groups.Draft(
                wanted.name(),
                Objects.requireNonNullElse(wanted.description(), ""),
                wanted.superGroupId(),
                rule(wanted))));
    }

    private static @Nullable GroupRule rule(NewGroup wanted) {
        String text = wanted.dynamicGroupRule();
        return switch (Objects.requireNonNullElse(wanted.groupType(), STATIC)) {
            case STATIC -> {
                require(text == null, "only a group of \"group_type\" DYNAMIC has a \"dynamic_group_rule\"");
                yield null;
            }
            case DYNAMIC -> new GroupRule(HuaweiGroupRules.NAME, Objects.requireNonNullElse(text, ""));
            default -> throw noType();
        };
    }

    private static ProblemException noType() {
        return new ProblemException(Problem.INVALID_ARGUMENT, "\"group_type\" must be STATIC or DYNAMIC");
    }

    ShownList list(RestCall<Wanted> call) {
        Wanted wanted = call.input();
        call.sight().space(wanted.appId());
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        String type = wanted.groupType();
        if (type != null && !type.equals(STATIC) && !type.equals(DYNAMIC)) {
            throw noType();
        }
        Instant since = DeviceListing.time(wanted.lastModifiedTime());
        List<Group> all = groups.list(new Page.Request(null, Groups.MAX_GROUPS)).items().stream()
                .filter(group -> wanted.name() == null || group.name().equals(wanted.name()))
                .filter(group -> since == null || !group.changed().isBefore(since))
                .filter(group -> type == null || type(group).equals(type))
                .toList();
        var part = paging.of(all, HuaweiGroupRoutes::marker, HuaweiGroupRoutes::shown);
        return new ShownList(part.items(), part.page());
    }

    Shown show(RestCall<GroupOnly> call) {
        return shown(groups.get(call.input().groupId()));
    }

    Shown update(RestCall<ChangedGroup> call) {
        Group group = groups.get(call.input().groupId());
        return shown(groups.rename(
                group.id(),
                Objects.requireNonNullElse(call.input().name(), group.name()),
                Objects.requireNonNullElse(call.input().description(), group.description())));
    }

    /// Refused while it has members or sub-groups.
    @Nullable
    Void delete(RestCall<GroupOnly> call) {
        groups.delete(groups.get(call.input().groupId()).id());
        return null;
    }

    @Nullable
    Void member(RestCall<Member> call) {
        Group group = groups.get(call.input().groupId());
        Device device = call.sight().device(call.input().deviceId());
        switch (call.input().actionId()) {
            case "addDevice" -> groups.add(group.id(), List.of(device.id()));
            case "removeDevice" -> groups.remove(group.id(), List.of(device.id()));
            default ->
                throw new ProblemException(Problem.INVALID_ARGUMENT, "\"action_id\" must be addDevice or removeDevice");
        }
        return null;
    }

    MemberList members(RestCall<WantedMembers> call) {
        WantedMembers wanted = call.input();
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        Group group = groups.get(wanted.groupId());
        DeviceCondition where =
                new DeviceCondition.All(List.of(call.sight().rights().devices(), groups.membersOf(group)));
        Slice.Found<Device> found = devices.find(where, paging.slice());
        return new MemberList(
                found.items().stream()
                        .map(device -> simple(device, call.sight()))
                        .toList(),
                paging.shown(devices.count(where), found.last()));
    }

    private static Simple simple(Device device, Sight sight) {
        String nickname = device.profile().nickname();
        return new Simple(
                device.alias(),
                device.nodeId(),
                nickname.isEmpty() ? device.nodeId() : nickname,
                sight.productOf(device).alias());
    }

    static Shown shown(Group group) {
        GroupRule rule = group.rule();
        return new Shown(
                group.id(),
                group.name(),
                group.description(),
                group.parent(),
                type(group),
                rule == null ? null : rule.text());
    }

    private static String type(Group group) {
        return group.isDynamic() ? DYNAMIC : STATIC;
    }

    private static String marker(Group group) {
        return Paging.marker(group.created(), group.id());
    }
}
