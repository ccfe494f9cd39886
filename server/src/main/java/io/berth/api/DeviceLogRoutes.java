package io.berth.api;

import io.berth.core.Page;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceLogStore;
import io.berth.core.device.Devices;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Requests;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What devices log and sent here.
public final class DeviceLogRoutes implements NativeApi.Group {
    private final Devices devices;
    private final DeviceLogStore logs;
    private final Requests requests;
    private final Downlinks downlinks;

    public DeviceLogRoutes(Devices devices, DeviceLogStore logs, Requests requests, Downlinks downlinks) {
        this.devices = devices;
        this.logs = logs;
        this.requests = requests;
        this.downlinks = downlinks;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String path = "/products/{product}/devices/{device}/log";
        return List.of(
                Route.get(
                        path,
                        Demand.read(Area.DEVICES),
                        "Lists the newest lines a device logged",
                        Paging.class,
                        LogPage.class,
                        this::list),
                Route.post(
                        path + "/wanted",
                        Demand.operate(Area.DEVICES),
                        "Says whether a device should send its log",
                        Wanted.class,
                        Wanted.class,
                        this::want));
    }

    public record LogPage(
            List<LogLine> items, boolean wanted, @Nullable String next) {}

    public record LogLine(Instant time, String level, String module, String code, String trace, String content) {
        private static LogLine of(DeviceLogStore.Line line) {
            return new LogLine(line.time(), line.level(), line.module(), line.code(), line.trace(), line.content());
        }
    }

    public record Wanted(boolean wanted) {}

    private LogPage list(Call<Paging> call) {
        DeviceId device = devices.get(call.device()).id();
        Page<DeviceLogStore.Line> page = logs.list(device, call.input().request());
        return new LogPage(Paging.items(page, LogLine::of), logs.isWanted(device), page.next());
    }

    /// A device that is away asks for it when it is back.
    private Wanted want(Call<Wanted> call) {
        DeviceId device = devices.get(call.device()).id();
        boolean wanted = call.input().wanted();
        logs.want(device, wanted);
        downlinks.send(device, new Downlink.LogWanted(requests.nextId(), wanted), Delivery.UNWATCHED);
        return new Wanted(wanted);
    }
}
