package io.berth.api;

import io.berth.core.Problem;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One message of a stream on its way: settled once, by whoever is first of the device, the store and the end of
/// patience.
final class StreamedDelivery implements Delivery {
    private final long line;
    private final @Nullable String id;
    private final boolean untilAcknowledged;
    private final long beganNanos = System.nanoTime();
    private final Consumer<StreamedDelivery> settled;
    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
    private volatile @Nullable DeliveryState last;

    /// What is told of a message.
    sealed interface Outcome {
        record Reached(DeliveryState state) implements Outcome {}

        record Failed(Problem problem, String detail) implements Outcome {}
    }

    /// @param untilAcknowledged whether it is still open when it was sent
    /// @param settled hears of the end, on any thread, and must not block
    StreamedDelivery(long line, @Nullable String id, boolean untilAcknowledged, Consumer<StreamedDelivery> settled) {
        this.line = line;
        this.id = id;
        this.untilAcknowledged = untilAcknowledged;
        this.settled = settled;
    }

    long line() {
        return line;
    }

    @Nullable
    String id() {
        return id;
    }

    @Nullable
    Outcome outcome() {
        return outcome.get();
    }

    @Override
    public void reached(DeliveryState state) {
        last = state;
        if (!untilAcknowledged || state != DeliveryState.SENT) {
            settle(new Outcome.Reached(state));
        }
    }

    @Override
    public void sentUnconfirmed() {
        settle(new Outcome.Reached(DeliveryState.SENT));
    }

    @Override
    public void failed(Problem problem, String detail) {
        settle(new Outcome.Failed(problem, detail));
    }

    /// Tells how far it got unless it began only after that moment.
    void expire(long beforeNanos) {
        if (beganNanos - beforeNanos > 0) {
            return;
        }
        DeliveryState state = last;
        settle(
                state == null
                        ? new Outcome.Failed(Problem.TIMED_OUT, "the message could not be written in time")
                        : new Outcome.Reached(state));
    }

    private void settle(Outcome end) {
        if (outcome.compareAndSet(null, end)) {
            settled.accept(this);
        }
    }
}
