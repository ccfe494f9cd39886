package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.message.Qos;
import io.berth.core.session.CloseCause;
import io.berth.dialect.Branches;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// For whom one connection speaks: the device itself and, when payloads name them, the devices behind it. A
/// device of another gateway is never attributed anything. Taken from the wire for one message.
record HuaweiGateway(DeviceSnapshot own, Branches branches, DeviceServices services) {
    static final Reading.Dropped FOREIGN = new Reading.Dropped("not a device behind this one", null);

    /// Reads a message as that of the device its payload names: at once when the device is known to be here,
    /// else after a look into the registry.
    Reading read(String deviceId, Function<DeviceSnapshot, Reading> reader) {
        DeviceSnapshot here = here(deviceId);
        return here != null
                ? spokenBy(here, reader)
                : new Reading.Later(() ->
                        find(deviceId).map(child -> spokenBy(child, reader)).orElse(FOREIGN));
    }

    private Reading spokenBy(DeviceSnapshot device, Function<DeviceSnapshot, Reading> reader) {
        Reading reading = reader.apply(device);
        return device.id().equals(own.id()) ? reading : new Reading.Through(device.id(), reading);
    }

    /// A system message on the connection: at QoS 0 whether subscribed or not.
    Outgoing.Publish system(String path, Payload payload) {
        return Outgoing.Publish.implicit(
                HuaweiAddress.own(own.device().alias()).root() + "sys/" + path, Qos.AT_MOST_ONCE, payload);
    }

    /// The device itself or a child that is attached already, from memory.
    @Nullable
    DeviceSnapshot here(String deviceId) {
        if (deviceId.isEmpty() || deviceId.equals(own.device().alias())) {
            return own;
        }
        if (!Device.isAlias(deviceId)) {
            return null;
        }
        DeviceSnapshot known = services.directory().ifPresent(new DeviceRef.ByAlias(deviceId));
        return known != null && branches.isAttached(known.id()) ? known : null;
    }

    /// The device itself or a child, which is online from now on: its gateway says so by speaking for it.
    /// Blocks.
    Optional<DeviceSnapshot> find(String deviceId) {
        DeviceSnapshot here = here(deviceId);
        return here != null
                ? Optional.of(here)
                : child(deviceId).filter(child -> child.device().enabled() && attach(child));
    }

    /// The device itself or a child, whether online or not. Blocks.
    Optional<DeviceSnapshot> known(String deviceId) {
        DeviceSnapshot here = here(deviceId);
        return here != null ? Optional.of(here) : child(deviceId);
    }

    /// A device behind this one, whether online or not. Blocks.
    Optional<DeviceSnapshot> child(String deviceId) {
        return registered(deviceId).filter(this::isChild);
    }

    /// Any device of that id. Blocks.
    Optional<DeviceSnapshot> registered(String deviceId) {
        return Device.isAlias(deviceId)
                ? services.directory()
                        .find(new DeviceRef.ByAlias(deviceId))
                        .toCompletableFuture()
                        .join()
                : Optional.empty();
    }

    /// Makes the child's session live; false when it is over before it began: the connection ended, or the
    /// child was taken away in the meantime.
    boolean attach(DeviceSnapshot child) {
        boolean attached =
                branches.attach(child, new HuaweiChildWire(child, own.device().alias(), services.clock()));
        if (attached && !isChild(child)) {
            branches.detach(child.id(), CloseCause.UNLINKED);
            return false;
        }
        return attached;
    }

    private boolean isChild(DeviceSnapshot device) {
        return services.topology().isBehind(own.id(), device.id());
    }
}
