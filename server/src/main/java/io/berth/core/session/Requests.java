package io.berth.core.session;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Asks devices and waits for their answers. At most `maxWaiting` requests wait at once. Any thread; never blocks.
public final class Requests {
    private final Downlinks downlinks;
    private final int maxWaiting;
    private final AtomicLong ids;
    private final ConcurrentHashMap<Key, CompletableFuture<Payload>> waiting = new ConcurrentHashMap<>();

    /// @param firstId where ids start: differs from start to start, so that a late answer meets no later request
    public Requests(Downlinks downlinks, int maxWaiting, long firstId) {
        this.downlinks = downlinks;
        this.maxWaiting = maxWaiting;
        this.ids = new AtomicLong(firstId);
    }

    /// Sends what `make` builds around a fresh id and completes with the device's answer, or fails with a
    /// ProblemException: DEVICE_OFFLINE, NOT_SUBSCRIBED, TIMED_OUT, CONNECTION_LOST, OVERLOADED.
    public CompletableFuture<Payload> ask(DeviceId device, Duration timeout, Function<String, Downlink> make) {
        if (waiting.size() >= maxWaiting) {
            return CompletableFuture.failedFuture(
                    new ProblemException(Problem.OVERLOADED, maxWaiting + " requests wait for answers already"));
        }
        // spec aliyun-device R5: decimal ids within 32 bits
        String id = Long.toString(ids.incrementAndGet() & 0xffff_ffffL);
        Key key = new Key(device, id);
        CompletableFuture<Payload> answer = new CompletableFuture<>();
        waiting.put(key, answer);
        CompletableFuture<Payload> bounded = answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((payload, failure) -> {
                    waiting.remove(key);
                    return failure == null ? payload : throwProblem(failure, device, timeout);
                });
        downlinks.send(device, make.apply(id), new Watch(answer));
        return bounded;
    }

    /// Hands an answer to whoever waits for it; false when nobody does (late, or never asked).
    boolean complete(DeviceId device, String id, Payload payload) {
        CompletableFuture<Payload> answer = waiting.get(new Key(device, id));
        return answer != null && answer.complete(payload);
    }

    public int waiting() {
        return waiting.size();
    }

    private static Payload throwProblem(Throwable failure, DeviceId device, Duration timeout) {
        if (failure instanceof ProblemException problem) {
            throw problem;
        }
        throw new ProblemException(
                Problem.TIMED_OUT, device + " did not answer within " + timeout.toMillis() + " ms", failure);
    }

    private record Key(DeviceId device, String id) {}

    /// Ends the wait early when the request cannot reach the device.
    private record Watch(CompletableFuture<Payload> answer) implements Delivery {
        @Override
        public void reached(DeliveryState state) {}

        @Override
        public void failed(Problem problem, String detail) {
            answer.completeExceptionally(new ProblemException(problem, detail));
        }
    }
}
