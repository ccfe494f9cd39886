package io.berth.rule.scene;

import io.berth.core.ProblemException;
import io.berth.core.alarm.Alarms;
import io.berth.core.call.Calls;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.product.Products;
import io.berth.core.session.Sessions;
import io.berth.core.state.Things;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;

/// What scenes see and reach.
public record SceneSite(
        Products products,
        DeviceDirectory directory,
        Sessions sessions,
        Things things,
        Calls calls,
        Alarms alarms,
        Notifier notifier,
        SceneConfig config,
        InstantSource clock) {

    /// Whether there is such a device. STORAGE_UNAVAILABLE. Blocks.
    boolean knows(DeviceId device) {
        try {
            return directory
                    .find(new DeviceRef.ById(device))
                    .toCompletableFuture()
                    .join()
                    .isPresent();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ProblemException problem ? problem : e;
        }
    }
}
