package io.berth.core.session;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Uplink;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks devices and waits for their answers. At most `maxWaiting` requests wait at once. Any thread; never
/// blocks.
public final class Requests {
    private final Downlinks downlinks;
    private final Sessions sessions;
    private final int maxWaiting;
    private final AtomicLong ids;
    private final ConcurrentHashMap<String, Question> waiting = new ConcurrentHashMap<>();

    /// @param firstId where ids start: differs from start to start, so that a late answer meets no later
    /// request
    public Requests(Downlinks downlinks, Sessions sessions, int maxWaiting, long firstId) {
        this.downlinks = downlinks;
        this.sessions = sessions;
        this.maxWaiting = maxWaiting;
        this.ids = new AtomicLong(firstId);
    }

    /// An id that no other request of this node has for a long time (spec aliyun-device R5: decimal, within 32
    /// bits).
    public String nextId() {
        return Long.toString(ids.incrementAndGet() & 0xffff_ffffL);
    }

    /// Sends what `make` builds around a fresh id and completes with the device's answer, or fails with a
    /// ProblemException: DEVICE_OFFLINE, NOT_SUBSCRIBED, TIMED_OUT, CONNECTION_LOST, OVERLOADED.
    public CompletableFuture<Uplink.Reply> ask(DeviceId device, Duration timeout, Function<String, Downlink> make) {
        String id = nextId();
        return ask(device, timeout, id, make.apply(id), Delivery.UNWATCHED);
    }

    /// The same with an id of [#nextId]; `delivery` hears how far the question gets.
    public CompletableFuture<Uplink.Reply> ask(
            DeviceId device, Duration timeout, String id, Downlink question, Delivery delivery) {
        if (waiting.size() >= maxWaiting) {
            return CompletableFuture.failedFuture(
                    new ProblemException(Problem.OVERLOADED, maxWaiting + " requests wait for answers already"));
        }
        CompletableFuture<Uplink.Reply> answer = new CompletableFuture<>();
        waiting.put(id, new Question(device, answer));
        CompletableFuture<Uplink.Reply> bounded = answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((reply, failure) -> {
                    waiting.remove(id);
                    return failure == null ? reply : throwProblem(failure, device, timeout);
                });
        downlinks.send(device, question, new Watch(answer, delivery));
        return bounded;
    }

    /// Hands an answer to whoever waits for it, and names the device that was asked; null when nobody waits
    /// (late, or never asked of this device).
    @Nullable
    DeviceId complete(Session from, Uplink.Reply reply) {
        Question question = waiting.get(reply.requestId());
        if (question == null || !sessions.speaksFor(from, question.device())) {
            return null;
        }
        return question.answer().complete(reply) ? question.device() : null;
    }

    public int waiting() {
        return waiting.size();
    }

    private static Uplink.Reply throwProblem(Throwable failure, DeviceId device, Duration timeout) {
        if (failure instanceof ProblemException problem) {
            throw problem;
        }
        throw new ProblemException(
                Problem.TIMED_OUT, device + " did not answer within " + timeout.toMillis() + " ms", failure);
    }

    private record Question(DeviceId device, CompletableFuture<Uplink.Reply> answer) {}

    /// Ends the wait early when the request cannot reach the device.
    private record Watch(CompletableFuture<Uplink.Reply> answer, Delivery delivery) implements Delivery {
        @Override
        public void reached(DeliveryState state) {
            delivery.reached(state);
        }

        @Override
        public void sentUnconfirmed() {
            delivery.sentUnconfirmed();
        }

        @Override
        public void failed(Problem problem, String detail) {
            delivery.failed(problem, detail);
            answer.completeExceptionally(new ProblemException(problem, detail));
        }
    }
}
