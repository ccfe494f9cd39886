package io.berth.dialect.aliyun.openapi;

import io.berth.core.Page;
import io.berth.core.Value;
import io.berth.core.call.Call.Kind;
import io.berth.core.call.Calls;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.message.Answer;
import io.berth.core.thing.Service;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.aliyun.device.AliyunValues;
import io.berth.json.Members;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The services that were called (spec aliyun-openapi 3.2), as far back as calls are kept.
final class ServiceHistoryActions implements Action.Group {
    private static final int MAX_PAGE = 50;

    private final Calls calls;

    ServiceHistoryActions(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about =
                new Action.About(Area.THINGS, Family.THINGS.failing("device.QueryDeviceServiceHistoryFailed"));
        return List.of(about.reads("QueryDeviceServiceData", Invoked.class, this::list));
    }

    /// @param identifier null for all services
    record Invoked(
            DeviceName device,
            @Nullable String identifier,
            @Nullable Integer asc,
            @Nullable Integer pageSize,
            Stretch.Times times) {}

    private Value.Fields list(io.berth.dialect.aliyun.openapi.Call<Invoked> call) throws InterruptedException {
        Invoked wanted = call.input();
        Stretch stretch = Stretch.of(wanted.times(), wanted.asc(), wanted.pageSize(), MAX_PAGE);
        Device device = call.device(wanted.device());
        ThingModel model = call.product(device.id().product()).model();
        var within = within(calls, device, stretch, wanted.identifier());
        var part = stretch.cut(within, each -> each.times().created());
        List<Value> infos = part.items().stream()
                .<Value>map(each -> info(each, model.service(each.target())))
                .toList();
        Members data = new Members().with("List", Value.Fields.of("ServiceInfo", new Value.Items(infos)));
        return Value.Fields.of("Data", part.tell(data).end());
    }

    /// @param identifier null for all services
    static List<io.berth.core.call.Call> within(
            Calls calls, Device device, Stretch stretch, @Nullable String identifier) throws InterruptedException {
        return calls.list(device.id(), new Page.Request(null, Page.Request.MAX_LIMIT)).items().stream()
                .filter(each -> each.kind() == Kind.SERVICE)
                .filter(each -> identifier == null || identifier.equals(each.target()))
                .filter(each -> stretch.covers(each.times().created()))
                .toList();
    }

    static Value info(io.berth.core.call.Call call, @Nullable Service service) {
        Answer answer = call.outcome().answer();
        return new Members()
                .with("Identifier", call.target())
                .with("Name", service == null ? "" : service.name())
                .with("InputData", AliyunValues.write(call.input()))
                .with("OutputData", answer == null ? "" : AliyunValues.write(answer.output()))
                .with("Time", Long.toString(call.times().created().toEpochMilli()))
                .end();
    }
}
