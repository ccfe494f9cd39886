package io.berth.api;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.DeviceStore;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// Devices that messages may be sent to, from memory: a read of the store per message would cost more than the message.
final class Recipients {
    private final DeviceDirectory devices;

    Recipients(DeviceDirectory devices) {
        this.devices = devices;
    }

    /// Refuses a device that is unknown or disabled.
    DeviceId reachable(DeviceId id) throws InterruptedException {
        DeviceRef ref = new DeviceRef.ById(id);
        DeviceSnapshot known = devices.ifPresent(ref);
        DeviceSnapshot device = known != null
                ? known
                : join(devices.find(ref).toCompletableFuture()).orElseThrow(() -> DeviceStore.notFound(id));
        if (!device.device().enabled()) {
            throw new ProblemException(Problem.DEVICE_DISABLED, id + " is disabled");
        }
        return id;
    }

    /// Waits for what core promised; a problem comes as it was told.
    static <T> T join(Future<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw new IllegalStateException(e);
        }
    }
}
