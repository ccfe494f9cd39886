package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.state.HistoryPoint;
import io.berth.core.state.HistoryQuery.Kind;
import io.berth.core.state.Things;
import io.berth.core.thing.EventType;
import io.berth.core.thing.Module;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.aliyun.device.AliyunValues;
import io.berth.json.Members;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The events devices reported (spec aliyun-openapi 3.2).
final class EventHistoryActions implements Action.Group {
    private static final int MAX_PAGE = 50;

    private final Things things;

    EventHistoryActions(Things things) {
        this.things = things;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about =
                new Action.About(Area.THINGS, Family.THINGS.failing("device.QueryDeviceEventHistoryFailed"));
        return List.of(about.reads("QueryDeviceEventData", Events.class, this::list));
    }

    /// @param identifier null for all events of the model
    /// @param eventType `info`, `alert` or `error`; null for all
    record Events(
            DeviceName device,
            @Nullable String identifier,
            @Nullable String eventType,
            @Nullable Integer asc,
            @Nullable Integer pageSize,
            Stretch.Times times) {}

    private Value.Fields list(Call<Events> call) {
        Events wanted = call.input();
        Stretch stretch = Stretch.of(wanted.times(), wanted.asc(), wanted.pageSize(), MAX_PAGE);
        Device device = call.device(wanted.device());
        ThingModel model = call.product(device.id().product()).model();
        List<String> keys = wanted.identifier() != null ? List.of(wanted.identifier()) : keys(model);
        List<String> ofType = keys.stream()
                .filter(key -> wanted.eventType() == null || wanted.eventType().equals(type(model.event(key))))
                .toList();
        Stretch.Part<HistoryPoint> part = stretch.read(things, device.id(), Kind.EVENT, ofType);
        List<Value> infos = part.items().stream()
                .<Value>map(point -> info(point, model.event(point.key())))
                .toList();
        Members data = new Members().with("List", Value.Fields.of("EventInfo", new Value.Items(infos)));
        return Value.Fields.of("Data", part.tell(data).end());
    }

    private static List<String> keys(ThingModel model) {
        return model.modules().stream()
                .flatMap(module -> module.events().stream().map(event -> Module.key(module.id(), event.identifier())))
                .toList();
    }

    static Value info(HistoryPoint point, @Nullable EventType event) {
        return new Members()
                .with("EventType", type(event))
                .with("Identifier", point.key())
                .with("Name", event == null ? "" : event.name())
                .with("OutputData", AliyunValues.write(point.value()))
                .with("Time", Long.toString(point.time().toEpochMilli()))
                .end();
    }

    /// Empty for an event that the model knows no more.
    private static String type(@Nullable EventType event) {
        return event == null ? "" : event.level().name().toLowerCase(Locale.ROOT);
    }
}
