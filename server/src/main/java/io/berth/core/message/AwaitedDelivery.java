package io.berth.core.message;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lets a caller wait for how far a message gets: first out of our hands, then, for a while, to its acknowledgement.
public final class AwaitedDelivery implements Delivery {
    /// Writing to a connection or a store is a matter of milliseconds; beyond this something is stuck.
    private static final Duration FIRST_STATE = Duration.ofSeconds(10);

    private final CompletableFuture<DeliveryState> first = new CompletableFuture<>();
    private final CompletableFuture<DeliveryState> last = new CompletableFuture<>();

    @Override
    public void reached(DeliveryState state) {
        first.complete(state);
        if (state == DeliveryState.ACKNOWLEDGED) {
            last.complete(state);
        }
    }

    @Override
    public void sentUnconfirmed() {
        first.complete(DeliveryState.SENT);
        last.complete(DeliveryState.SENT);
    }

    @Override
    public void failed(Problem problem, String detail) {
        ProblemException failure = new ProblemException(problem, detail);
        first.completeExceptionally(failure);
        last.completeExceptionally(failure);
    }

    public DeliveryState await(Duration acknowledgement) throws InterruptedException {
        DeliveryState state;
        try {
            state = get(first, FIRST_STATE);
        } catch (TimeoutException e) {
            throw new ProblemException(Problem.TIMED_OUT, "the message could not be written in time", e);
        }
        if (acknowledgement.isZero()) {
            return state;
        }
        try {
            return get(last, acknowledgement);
        } catch (TimeoutException _) {
            return state;
        }
    }

    private static DeliveryState get(Future<DeliveryState> state, Duration timeout)
            throws InterruptedException, TimeoutException {
        try {
            return state.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw (ProblemException) e.getCause();
        }
    }
}
