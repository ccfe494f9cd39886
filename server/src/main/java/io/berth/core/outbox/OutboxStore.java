package io.berth.core.outbox;

import io.berth.core.device.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/// Where messages are written down. What changes is asynchronous: a completed stage is durable, and changes of
/// one device take effect in call order. What reads is blocking.
public interface OutboxStore {
    /// Adds the message and forgets the oldest of the device, beyond so many. DEVICE_NOT_FOUND;
    /// INVALID_ARGUMENT when the device has one of this id.
    CompletionStage<Void> add(OutboxMessage message, int kept);

    /// Changes a message that is not over in one step, and completes with what it is then; empty when there is
    /// no such message or it is over. The change may run on any thread and must not block.
    CompletionStage<Optional<OutboxMessage>> change(DeviceId device, String id, UnaryOperator<OutboxMessage> change);

    Optional<OutboxMessage> find(DeviceId device, String id);

    /// All that are kept of the device, newest first.
    List<OutboxMessage> list(DeviceId device);

    /// Devices that messages wait for.
    List<DeviceId> waiting();

    /// Messages that are not over although their time is, oldest first.
    List<OutboxMessage> overdue(Instant now, int limit);
}
