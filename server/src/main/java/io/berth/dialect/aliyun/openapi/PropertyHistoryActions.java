package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceId;
import io.berth.core.state.HistoryPoint;
import io.berth.core.state.HistoryQuery.Kind;
import io.berth.core.state.Things;
import io.berth.json.Members;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values properties had (spec aliyun-openapi 3.2).
final class PropertyHistoryActions implements Action.Group {
    private static final int MAX_OF_ONE = 50;
    private static final int MAX_OF_MANY = 100;
    private static final int MAX_PROPERTIES = 10;

    private final Things things;

    PropertyHistoryActions(Things things) {
        this.things = things;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about =
                new Action.About(Area.THINGS, Family.THINGS.failing("device.QueryDeviceAttrDataHistoryFailed"));
        return List.of(
                about.reads("QueryDevicePropertyData", OneProperty.class, this::one),
                about.reads("QueryDevicePropertiesData", ManyProperties.class, this::many));
    }

    record OneProperty(DeviceName device, String identifier, int asc, int pageSize, Stretch.Times times) {}

    record ManyProperties(DeviceName device, List<String> identifier, int asc, int pageSize, Stretch.Times times) {}

    private Value.Fields one(Call<OneProperty> call) {
        OneProperty wanted = call.input();
        Stretch stretch = Stretch.of(wanted.times(), wanted.asc(), wanted.pageSize(), MAX_OF_ONE);
        DeviceId device = call.device(wanted.device()).id();
        Stretch.Part<HistoryPoint> part = stretch.read(things, device, Kind.PROPERTY, wanted.identifier());
        List<Value> infos =
                part.items().stream().map(PropertyHistoryActions::info).toList();
        return Value.Fields.of(
                "Data", part.tell(new Members().with("List", infos(infos))).end());
    }

    /// As many values of each; where one has more, the next page begins.
    private Value.Fields many(Call<ManyProperties> call) {
        ManyProperties wanted = call.input();
        Stretch stretch = Stretch.of(wanted.times(), wanted.asc(), wanted.pageSize(), MAX_OF_MANY);
        Refusal.require(
                wanted.identifier().size() <= MAX_PROPERTIES,
                "check.ParameterIsNotLessThanMax",
                "one call names at most " + MAX_PROPERTIES + " properties");
        DeviceId device = call.device(wanted.device()).id();
        List<Value> properties = new ArrayList<>();
        List<Instant> nexts = new ArrayList<>();
        for (String identifier : wanted.identifier()) {
            Stretch.Part<HistoryPoint> part = stretch.read(things, device, Kind.PROPERTY, identifier);
            if (part.next() != null) {
                nexts.add(part.next());
            }
            List<Value> infos = part.items().stream()
                    .<Value>map(point -> value(point)
                            .with("Time", point.time().toEpochMilli())
                            .end())
                    .toList();
            properties.add(new Members()
                    .with("Identifier", identifier)
                    .with("List", infos(infos))
                    .end());
        }
        Comparator<Instant> order = stretch.newestFirst() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        @Nullable Instant next = nexts.stream().min(order).orElse(null);
        Members answer = new Members()
                .with("PropertyDataInfos", Value.Fields.of("PropertyDataInfo", new Value.Items(properties)));
        return new Stretch.Part<>(properties, next).tell(answer).end();
    }

    /// With the time as a text.
    static Value info(HistoryPoint point) {
        return value(point)
                .with("Time", Long.toString(point.time().toEpochMilli()))
                .end();
    }

    private static Members value(HistoryPoint point) {
        return new Members().with("Value", JsonParameter.text(point.value()));
    }

    private static Value.Fields infos(List<Value> infos) {
        return Value.Fields.of("PropertyInfo", new Value.Items(infos));
    }
}
