package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.call.Wishes;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.session.Messages;
import io.berth.core.state.ThingState;
import io.berth.core.state.ThingState.Versioned;
import io.berth.core.state.Things.Wish;
import io.berth.core.thing.Module;
import io.berth.core.thing.Property;
import io.berth.core.thing.ThingModel;
import io.berth.json.Members;
import io.berth.json.ValueJson;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What applications want of properties (spec aliyun-openapi 3.2): kept, told to a device that is online, and
/// asked for by one that comes.
final class DesiredActions implements Action.Group {
    private static final int MAX_ITEMS = 10;

    private final Wishes wishes;
    private final Messages messages;

    DesiredActions(Wishes wishes, Messages messages) {
        this.wishes = wishes;
        this.messages = messages;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.THINGS, Family.PROPERTY_CALLS);
        return List.of(
                about.talks("SetDeviceDesiredProperty", Wanting.class, this::want),
                about.reads("QueryDeviceDesiredProperty", Asking.class, this::list),
                about.talks("ClearDeviceDesiredProperty", Clearing.class, this::clear));
    }

    /// @param items a JSON object of values by identifier
    /// @param versions a JSON object of the versions that the wishes have now, 0 where there is none
    record Wanting(DeviceName device, String items, String versions) {}

    record Asking(
            DeviceName device,
            @Nullable String functionBlockId,
            @Nullable List<String> identifier) {}

    record Clearing(DeviceName device, @Nullable List<String> identifies) {}

    private Value.Fields want(Call<Wanting> call) throws InterruptedException {
        Device device = call.device(call.input().device());
        Value.Fields values = JsonParameter.object("Items", call.input().items());
        requireFew(values.fields().keySet());
        Map<String, Long> versions = versions(call.input().versions());
        Wishes.Told told = wishes.wantAt(device.id(), values, versions);
        Members now = new Members();
        values.fields()
                .keySet()
                .forEach(key -> now.with(
                        key,
                        Objects.requireNonNull(told.state().desired().get(key)).version()));
        // the id of the message that went out, as SetDeviceProperty has it; of one that did not, an id of its own
        String message = told.requestId() == null ? messages.nextId() : told.requestId();
        return Value.Fields.of(
                "Data",
                new Members()
                        .with("MessageId", message)
                        .with("Versions", ValueJson.write(now.end()))
                        .end());
    }

    private static Map<String, Long> versions(String json) {
        Map<String, Long> versions = new LinkedHashMap<>();
        JsonParameter.object("Versions", json).fields().forEach((key, value) -> {
            if (!(value instanceof Value.Whole(long version))) {
                throw new ProblemException(Problem.INVALID_ARGUMENT, "the version of " + key + " is no whole number");
            }
            versions.put(key, version);
        });
        return versions;
    }

    private Value.Fields list(Call<Asking> call) throws InterruptedException {
        Device device = call.device(call.input().device());
        ThingModel model = call.product(device.id().product()).model();
        String module = Objects.requireNonNullElse(call.input().functionBlockId(), Module.DEFAULT);
        ThingState state = wishes.state(device.id());
        List<String> identifiers = call.input().identifier();
        Collection<String> keys = identifiers == null
                ? state.desired().keySet().stream()
                        .filter(key -> Module.moduleOf(key).equals(module))
                        .toList()
                : identifiers.stream().map(each -> key(module, each)).toList();
        if (identifiers != null) {
            requireFew(identifiers);
        }
        List<Value> infos = keys.stream()
                .filter(state.desired()::containsKey)
                .<Value>map(key -> info(
                        key,
                        model.property(key),
                        Objects.requireNonNull(state.desired().get(key))))
                .toList();
        return Value.Fields.of(
                "Data", Value.Fields.of("List", Value.Fields.of("DesiredPropertyInfo", new Value.Items(infos))));
    }

    private Value.Fields clear(Call<Clearing> call) throws InterruptedException {
        Device device = call.device(call.input().device());
        List<String> named = call.input().identifies();
        Collection<String> gone =
                named != null ? named : wishes.state(device.id()).desired().keySet();
        wishes.forget(device.id(), gone.stream().map(key -> new Wish(key, null)).toList());
        return Value.Fields.NONE;
    }

    /// A wish that was withdrawn has a version and no value.
    private static Value info(String key, @Nullable Property property, Versioned wish) {
        Members info =
                property == null ? new Members().with("Identifier", key) : ThingStateActions.described(key, property);
        if (!wish.isDeleted()) {
            info.with("Value", JsonParameter.text(wish.value()))
                    .with("Time", Long.toString(wish.time().toEpochMilli()));
        }
        return info.with("Version", wish.version()).end();
    }

    private static String key(String module, String identifier) {
        return identifier.indexOf(':') >= 0 ? identifier : Module.key(module, identifier);
    }

    private static void requireFew(Collection<String> identifiers) {
        Refusal.require(
                identifiers.size() <= MAX_ITEMS,
                "check.ParameterIsNotLessThanMax",
                "one call names at most " + MAX_ITEMS + " properties");
    }
}
