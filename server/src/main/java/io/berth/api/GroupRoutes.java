package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.Page;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceQuery;
import io.berth.core.device.Devices;
import io.berth.core.device.Group;
import io.berth.core.device.GroupRule;
import io.berth.core.device.Groups;
import io.berth.core.session.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Groups of devices, and devices by what they are. A group is named by its name or its id.
public final class GroupRoutes implements NativeApi.Group {
    private final Groups groups;
    private final Devices devices;
    private final Sessions sessions;

    public GroupRoutes(Groups groups, Devices devices, Sessions sessions) {
        this.groups = groups;
        this.devices = devices;
        this.sessions = sessions;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String all = "/groups";
        String one = all + "/{group}";
        String members = one + "/devices";
        String tags = one + "/tags";
        return List.of(
                Route.get(
                        all,
                        Demand.read(Area.GROUPS).withinSpaces(),
                        "Lists groups",
                        Paging.class,
                        GroupPage.class,
                        this::list),
                Route.create(
                                all,
                                Demand.operate(Area.GROUPS),
                                "Creates a group: of devices put into it, or, with a query, of those it finds",
                                NewGroup.class,
                                ShownGroup.class,
                                this::create)
                        .about(NewGroup::name),
                Route.get(
                        one,
                        Demand.read(Area.GROUPS).withinSpaces(),
                        "Shows a group",
                        Nothing.class,
                        ShownGroup.class,
                        this::show),
                Route.post(
                        one,
                        Demand.operate(Area.GROUPS),
                        "Changes what is given of a group",
                        ChangedGroup.class,
                        ShownGroup.class,
                        this::change),
                Route.delete(one, Demand.operate(Area.GROUPS), "Deletes an empty group", Nothing.class, this::delete),
                Route.get(
                        tags,
                        Demand.read(Area.GROUPS),
                        "Shows the tags of a group",
                        Nothing.class,
                        GroupTags.class,
                        this::tags),
                Route.post(
                        tags,
                        Demand.operate(Area.GROUPS),
                        "Gives a group these tags in place of all it has",
                        GroupTags.class,
                        GroupTags.class,
                        this::tag),
                Route.get(
                        members,
                        Demand.read(Area.GROUPS).withinSpaces(),
                        "Lists the devices of a group",
                        Paging.class,
                        FoundDevices.class,
                        this::members),
                Route.post(
                        members,
                        Demand.operate(Area.GROUPS).withinSpaces(),
                        "Puts a device into a group",
                        Member.class,
                        Member.class,
                        this::add),
                Route.delete(
                        members,
                        Demand.operate(Area.GROUPS).withinSpaces(),
                        "Takes a device out of a group",
                        Member.class,
                        this::remove),
                Route.get(
                        "/products/{product}/devices/{device}/groups",
                        Demand.read(Area.GROUPS),
                        "Lists the groups a device was put into",
                        Nothing.class,
                        GroupPage.class,
                        this::of),
                Route.get(
                        "/search/devices",
                        Demand.read(Area.GROUPS).withinSpaces(),
                        "Finds devices by a query",
                        Search.class,
                        FoundDevices.class,
                        this::search));
    }

    public record NewGroup(
            String name,
            @Nullable String description,
            @Nullable String parent,
            @Nullable String query) {}

    public record ChangedGroup(
            @Nullable String name,
            @Nullable String description,
            @Nullable String query) {}

    public record GroupTags(Map<String, String> tags) {}

    /// @param query null for a group of devices that were put into it
    /// @param language the query is written in: `native`, or that of the interface the group was made through
    public record ShownGroup(
            String id,
            String name,
            String description,
            @Nullable String parent,
            @Nullable String query,
            @Nullable String language,
            Instant created) {
        private static ShownGroup of(Group group) {
            GroupRule rule = group.rule();
            return new ShownGroup(
                    group.id(),
                    group.name(),
                    group.description(),
                    group.parent(),
                    rule == null ? null : rule.text(),
                    rule == null ? null : rule.language(),
                    group.created());
        }
    }

    public record GroupPage(
            List<ShownGroup> items, @Nullable String next) {}

    public record Member(String product, String device) {
        private DeviceId id() {
            return new DeviceId(product, device);
        }
    }

    public record Search(
            String query, @Nullable Integer limit, @Nullable String after) {}

    public record FoundDevices(
            List<FoundDevice> items, @Nullable String next) {}

    public record FoundDevice(
            String product,
            String name,
            String huaweiId,
            boolean enabled,
            @Nullable Instant lastSeen) {}

    private GroupPage list(Call<Paging> call) {
        Page<Group> page = groups.list(call.input().request());
        return new GroupPage(Paging.items(page, ShownGroup::of), page.next());
    }

    private ShownGroup create(Call<NewGroup> call) {
        NewGroup wanted = call.input();
        return ShownGroup.of(groups.create(new Groups.Draft(
                wanted.name(),
                Objects.requireNonNullElse(wanted.description(), ""),
                wanted.parent() == null ? null : named(wanted.parent()).id(),
                wanted.query() == null ? null : GroupRule.of(wanted.query()))));
    }

    private ShownGroup show(Call<Nothing> call) {
        return ShownGroup.of(group(call));
    }

    private ShownGroup change(Call<ChangedGroup> call) {
        ChangedGroup wanted = call.input();
        Group group = group(call);
        if (wanted.query() != null) {
            group = groups.changeRule(group.id(), GroupRule.of(wanted.query()));
        }
        return ShownGroup.of(groups.rename(
                group.id(),
                Objects.requireNonNullElse(wanted.name(), group.name()),
                Objects.requireNonNullElse(wanted.description(), group.description())));
    }

    private GroupTags tags(Call<Nothing> call) {
        return new GroupTags(groups.tags(group(call).id()));
    }

    private GroupTags tag(Call<GroupTags> call) {
        String id = group(call).id();
        groups.replaceTags(id, call.input().tags());
        return new GroupTags(groups.tags(id));
    }

    private void delete(Call<Nothing> call) {
        groups.delete(group(call).id());
    }

    private FoundDevices members(Call<Paging> call) {
        return found(call, groups.membersOf(group(call)), call.input());
    }

    private Member add(Call<Member> call) {
        call.reach(call.input().product());
        groups.add(group(call).id(), List.of(call.input().id()));
        return call.input();
    }

    private void remove(Call<Member> call) {
        call.reach(call.input().product());
        groups.remove(group(call).id(), List.of(call.input().id()));
    }

    private GroupPage of(Call<Nothing> call) {
        return new GroupPage(
                groups.of(devices.get(call.device()).id()).stream()
                        .map(ShownGroup::of)
                        .toList(),
                null);
    }

    private FoundDevices search(Call<Search> call) {
        Search wanted = call.input();
        return found(call, DeviceQuery.LANGUAGE.read(wanted.query()), new Paging(wanted.limit(), wanted.after()));
    }

    /// Of what meets the condition, what exists for the caller.
    private FoundDevices found(Call<?> call, DeviceCondition where, Paging paging) {
        DeviceCondition reached = call.rights().devices();
        Page<Device> page = devices.search(new DeviceCondition.All(List.of(reached, where)), paging.request());
        return new FoundDevices(Paging.items(page, this::shown), page.next());
    }

    private FoundDevice shown(Device device) {
        return new FoundDevice(
                device.id().product(),
                device.id().name(),
                device.alias(),
                device.enabled(),
                sessions.lastHeard(device));
    }

    private Group group(Call<?> call) {
        return named(call.path("group"));
    }

    private Group named(String group) {
        return groups.findByName(group).orElseGet(() -> groups.get(group));
    }
}
