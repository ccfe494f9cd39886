package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.device.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Tags of devices: free words by key, set by applications and by devices themselves.
public final class TagRoutes implements NativeApi.Group {
    private final Devices devices;
    private final Tags tags;

    public TagRoutes(Devices devices, Tags tags) {
        this.devices = devices;
        this.tags = tags;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String path = "/products/{product}/devices/{device}/tags";
        return List.of(
                Route.get(
                        path,
                        Demand.read(Area.DEVICES),
                        "Shows the tags of a device",
                        Nothing.class,
                        ShownTags.class,
                        this::show),
                Route.post(
                        path,
                        Demand.operate(Area.DEVICES),
                        "Adds tags to a device, or changes them",
                        NewTags.class,
                        ShownTags.class,
                        this::put),
                Route.delete(
                        path, Demand.operate(Area.DEVICES), "Takes a tag from a device", TagKey.class, this::remove));
    }

    public record NewTags(Map<String, String> tags) {}

    public record TagKey(String key) {}

    public record ShownTags(Map<String, String> tags) {}

    private ShownTags show(Call<Nothing> call) {
        return shown(devices.get(call.device()).id());
    }

    private ShownTags put(Call<NewTags> call) {
        DeviceId device = devices.get(call.device()).id();
        tags.put(device, new LinkedHashMap<>(call.input().tags()));
        devices.updated(device);
        return shown(device);
    }

    private void remove(Call<TagKey> call) {
        DeviceId device = devices.get(call.device()).id();
        tags.remove(device, List.of(call.input().key()));
        devices.updated(device);
    }

    private ShownTags shown(DeviceId device) {
        return new ShownTags(new TreeMap<>(tags.find(device)));
    }
}
