package io.berth.core.call;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Requests;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Puts calls on their way and keeps how far each got. Never blocks; any thread.
final class Transmission {
    private final CallStore store;
    private final Downlinks downlinks;
    private final Requests requests;
    private final InstantSource clock;

    Transmission(CallStore store, Downlinks downlinks, Requests requests, InstantSource clock) {
        this.store = store;
        this.downlinks = downlinks;
        this.requests = requests;
        this.clock = clock;
    }

    /// What a call becomes that could not be sent.
    @FunctionalInterface
    interface Unsent {
        Call of(Call call, Problem problem, String detail);
    }

    String nextRequestId() {
        return requests.nextId();
    }

    /// Sends a call whose caller waits; completes when it is over, empty when something else ended it.
    CompletableFuture<Optional<Call>> ask(Call call, Admission admission) {
        return requests.ask(
                        call.device(),
                        call.terms().timeout(),
                        call.requestId(),
                        downlink(call),
                        new Progress(call, null))
                .handle((reply, failure) ->
                        failure == null ? answered(call, admission.judge(call, reply)) : unanswered(call, failure))
                .thenCompose(changed -> changed);
    }

    /// Sends a call nobody waits for; completes when it was sent or could not be, empty when it was over
    /// before.
    CompletableFuture<Optional<Call>> send(Call call, Unsent unsent) {
        Progress progress = new Progress(call, unsent);
        downlinks.send(call.device(), downlink(call), progress);
        return progress.settled;
    }

    CompletionStage<Optional<Call>> answered(Call call, Admission.Judged judged) {
        Instant now = clock.instant();
        return change(call, before -> before.answered(now, judged.answer(), judged.misfit()));
    }

    private CompletionStage<Optional<Call>> unanswered(Call call, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof ProblemException e)) {
            return CompletableFuture.failedFuture(failure);
        }
        Instant now = clock.instant();
        return change(
                call,
                before -> e.problem() == Problem.TIMED_OUT
                        ? before.givenUp(now)
                        : before.failed(now, e.problem(), e.detail()));
    }

    private CompletionStage<Optional<Call>> change(Call call, UnaryOperator<Call> change) {
        return store.change(call.device(), call.id(), change);
    }

    private static Downlink downlink(Call call) {
        String id = call.requestId();
        return switch (call.kind()) {
            case SET -> new Downlink.PropertySet(id, call.input());
            case GET ->
                new Downlink.PropertyGet(
                        id, call.target(), List.copyOf(call.input().fields().keySet()));
            case SERVICE ->
                new Downlink.Command(
                        id, call.target(), call.input(), call.terms().sync());
        };
    }

    private final class Progress implements Delivery {
        private final Call call;
        private final @Nullable Unsent unsent;
        private final CompletableFuture<Optional<Call>> settled = new CompletableFuture<>();
        private volatile boolean sent;

        /// @param unsent null when a waiting caller decides
        Progress(Call call, @Nullable Unsent unsent) {
            this.call = call;
            this.unsent = unsent;
        }

        @Override
        public void reached(DeliveryState state) {
            Instant now = clock.instant();
            switch (state) {
                case QUEUED -> {} // only messages are kept by sessions
                case SENT -> {
                    sent = true;
                    settle(before -> before.sent(now));
                }
                case ACKNOWLEDGED -> change(call, before -> before.acknowledged(now));
            }
        }

        /// A call that was sent and whose connection broke then may be answered all the same, over the next
        /// one.
        @Override
        public void failed(Problem problem, String detail) {
            if (unsent != null && !sent) {
                settle(before -> unsent.of(before, problem, detail));
            }
        }

        private void settle(UnaryOperator<Call> change) {
            change(call, change).whenComplete((changed, failure) -> {
                if (failure == null) {
                    settled.complete(changed);
                } else {
                    settled.completeExceptionally(failure);
                }
            });
        }
    }
}
