package io.berth.dialect.aliyun.openapi;

import io.berth.core.Page;
import io.berth.core.Value;
import io.berth.core.call.Calls;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.state.HistoryPoint;
import io.berth.core.state.HistoryQuery;
import io.berth.core.state.HistoryQuery.Kind;
import io.berth.core.state.ThingState.Versioned;
import io.berth.core.state.Things;
import io.berth.core.thing.ThingModel;
import io.berth.json.Members;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The same state and history in pages by token, which the vendor has for products that check nothing (spec
/// aliyun-openapi 3.2). Here every product's values fit its thing model.
final class OriginalDataActions implements Action.Group {
    private static final int MAX_PAGE = 50;

    private final Things things;
    private final Calls calls;

    OriginalDataActions(Things things, Calls calls) {
        this.things = things;
        this.calls = calls;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.THINGS, Family.THINGS);
        return List.of(
                about.failing("device.QueryDeviceAttrStatusFailed")
                        .reads("QueryDeviceOriginalPropertyStatus", Newest.class, this::status),
                about.failing("device.QueryDeviceAttrDataHistoryFailed")
                        .reads("QueryDeviceOriginalPropertyData", History.class, this::properties),
                about.failing("device.QueryDeviceEventHistoryFailed")
                        .reads("QueryDeviceOriginalEventData", History.class, this::events),
                about.failing("device.QueryDeviceServiceHistoryFailed")
                        .reads("QueryDeviceOriginalServiceData", History.class, this::services));
    }

    /// @param nextPageToken of the page before, null for the first
    record Newest(
            DeviceName device,
            int asc,
            int pageSize,
            @Nullable String nextPageToken) {}

    record History(
            DeviceName device,
            String identifier,
            int asc,
            int pageSize,
            @Nullable String nextPageToken,
            Stretch.Times times) {
        Stretch stretch() {
            return Stretch.of(times, asc, pageSize, MAX_PAGE);
        }
    }

    private Value.Fields status(Call<Newest> call) {
        Newest wanted = call.input();
        Stretch stretch = Stretch.of(new Stretch.Times(0, 0), wanted.asc(), wanted.pageSize(), MAX_PAGE);
        Device device = call.device(wanted.device());
        Page<Map.Entry<String, Versioned>> page = Bookmark.page(
                List.copyOf(things.state(device.id()).reported().entrySet()),
                each -> new Bookmark(each.getValue().time().toEpochMilli(), each.getKey()),
                stretch.newestFirst(),
                stretch.size(),
                wanted.nextPageToken());
        return data(
                page,
                "PropertyStatusDataInfo",
                "NextPageToken",
                each -> new Members()
                        .with("Identifier", each.getKey())
                        .with("Time", each.getValue().time().toEpochMilli())
                        .with("Value", JsonParameter.text(each.getValue().value()))
                        .end());
    }

    /// Its token begins with a small letter (spec aliyun-openapi 3.2).
    private Value.Fields properties(Call<History> call) {
        return data(
                history(call, call.device(call.input().device()), Kind.PROPERTY),
                "PropertyInfo",
                "nextPageToken",
                PropertyHistoryActions::info);
    }

    private Value.Fields events(Call<History> call) {
        Device device = call.device(call.input().device());
        ThingModel model = call.product(device.id().product()).model();
        return data(
                history(call, device, Kind.EVENT),
                "EventInfo",
                "NextPageToken",
                point -> EventHistoryActions.info(point, model.event(point.key())));
    }

    private Value.Fields services(Call<History> call) throws InterruptedException {
        History wanted = call.input();
        Stretch stretch = wanted.stretch();
        Device device = call.device(wanted.device());
        ThingModel model = call.product(device.id().product()).model();
        Page<io.berth.core.call.Call> page = Bookmark.page(
                ServiceHistoryActions.within(calls, device, stretch, wanted.identifier()),
                each -> new Bookmark(each.times().created().toEpochMilli(), each.id()),
                stretch.newestFirst(),
                stretch.size(),
                wanted.nextPageToken());
        return data(
                page,
                "ServiceInfo",
                "NextPageToken",
                each -> ServiceHistoryActions.info(each, model.service(each.target())));
    }

    private Page<HistoryPoint> history(Call<History> call, Device device, Kind kind) {
        History wanted = call.input();
        Stretch stretch = wanted.stretch();
        Page.Request page = new Page.Request(wanted.nextPageToken(), stretch.size());
        return things.history(new HistoryQuery(
                device.id(), kind, wanted.identifier(), stretch.from(), stretch.to(), stretch.newestFirst(), page));
    }

    private static <T> Value.Fields data(Page<T> page, String item, String token, Function<T, Value> info) {
        List<Value> infos = page.items().stream().map(info).toList();
        Members data = new Members()
                .with("List", Value.Fields.of(item, new Value.Items(infos)))
                .with("NextValid", page.next() != null);
        if (page.next() != null) {
            data.with(token, page.next());
        }
        return Value.Fields.of("Data", data.end());
    }
}
