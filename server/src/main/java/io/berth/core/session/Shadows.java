package io.berth.core.session;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.state.ShadowDocument;
import io.berth.core.state.ShadowStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Shadow documents as applications see them: what they want is kept, and told to a device that is online; one
/// that is not asks when it comes. Blocking; any thread.
public final class Shadows {
    private final ShadowStore store;
    private final Devices devices;
    private final Downlinks downlinks;
    private final InstantSource clock;

    public Shadows(ShadowStore store, Devices devices, Downlinks downlinks, InstantSource clock) {
        this.store = store;
        this.devices = devices;
        this.downlinks = downlinks;
        this.clock = clock;
    }

    /// DEVICE_NOT_FOUND.
    public ShadowDocument get(DeviceId device) {
        devices.get(device);
        return store.find(device).orElseGet(() -> ShadowDocument.empty(clock.instant()));
    }

    /// Wants these attributes to be so; others that are wanted stay.
    ///
    /// @param expected the version the document must still have, else VERSION_CONFLICT; null for any
    public ShadowDocument want(DeviceId device, Value.Fields attributes, @Nullable Long expected) {
        return tell(
                change(device, shadow -> {
                    if (expected != null && shadow.version() != expected) {
                        throw new ProblemException(
                                Problem.VERSION_CONFLICT,
                                "the shadow has version " + shadow.version() + ", not " + expected);
                    }
                    return next(shadow).want(attributes);
                }),
                device);
    }

    /// Wants what the change makes of the document, which gets a version that the application chose.
    ///
    /// @param version as [ShadowDocument#advance] takes it
    public ShadowDocument want(DeviceId device, long version, UnaryOperator<ShadowDocument> change) {
        Instant now = clock.instant();
        return tell(change(device, shadow -> change.apply(shadow.advance(version, now))), device);
    }

    private ShadowDocument tell(ShadowDocument changed, DeviceId device) {
        downlinks.send(device, new Downlink.ShadowChanged(changed), Delivery.UNWATCHED);
        return changed;
    }

    /// Wants nothing any more.
    public ShadowDocument forgetDesired(DeviceId device) {
        return change(device, shadow -> next(shadow).forgetDesired());
    }

    /// Forgets what the device said.
    public ShadowDocument forgetReported(DeviceId device) {
        return change(device, shadow -> next(shadow).forgetReported());
    }

    private ShadowDocument next(ShadowDocument shadow) {
        return shadow.advance(ShadowDocument.NEXT, clock.instant());
    }

    private ShadowDocument change(DeviceId device, UnaryOperator<ShadowDocument> change) {
        devices.get(device);
        return store.change(device, clock.instant(), change);
    }
}
