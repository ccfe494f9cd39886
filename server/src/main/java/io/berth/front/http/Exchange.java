package io.berth.front.http;

import io.berth.core.device.DeviceSnapshot;
import io.berth.dialect.Claimant;
import io.berth.dialect.HttpAnswer;
import io.berth.dialect.HttpFault;
import io.berth.dialect.HttpReading;
import io.berth.dialect.HttpVerdict;
import io.berth.dialect.Intake;
import io.berth.dialect.LoginFailure;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request on its way to its answer.
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Desk desk;
    private final Executor loop;
    private final ReceivedRequest request;
    private final Answering then;
    private final long begun = System.nanoTime();
    private final Guards guards;
    private final AtomicBoolean isAnswered = new AtomicBoolean();

    Exchange(Desk desk, Executor loop, ReceivedRequest request, Answering then) {
        this.desk = desk;
        this.loop = loop;
        this.request = request;
        this.then = then;
        this.guards = new Guards(desk, request.caller().host());
    }

    /// Where an answer goes; it may come on any thread.
    @FunctionalInterface
    interface Answering {
        void answer(HttpAnswer answer);
    }

    /// A fault of ours is answered too, whoever's thread it is: the peer and its next request wait.
    void step(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void answer(HttpAnswer answer) {
        if (isAnswered.compareAndSet(false, true)) {
            then.answer(answer);
        }
    }

    void take(HttpReading reading) {
        switch (reading) {
            case HttpReading.Served served -> {
                desk.platform().traffic().login(request.dialect().name(), served.result(), System.nanoTime() - begun);
                answer(served.answer());
            }
            case HttpReading.Answered answered -> {
                desk.platform().traffic().dropped(answered.reason());
                answer(answered.answer());
            }
            case HttpReading.Refused refused -> refuse(refused);
            case HttpReading.Claim claim -> settle(claim);
            case HttpReading.Later later -> look(later);
        }
    }

    private void look(HttpReading.Later later) {
        if (guards.blockAddress()) {
            guarded(request.caller().host());
            return;
        }
        Thread.ofVirtual()
                .name("http")
                .start(() -> step(() -> {
                    HttpReading found = later.work().read();
                    loop.execute(() -> step(() -> take(found)));
                }));
    }

    private void settle(HttpReading.Claim claim) {
        if (claim.isLogin() && guards.block(claim.device())) {
            guarded(claim.device().toString());
            return;
        }
        DeviceSnapshot known = desk.platform().directory().ifPresent(claim.device());
        if (known != null) {
            decide(claim, Optional.of(known));
            return;
        }
        var _ = desk.platform()
                .directory()
                .find(claim.device())
                .whenCompleteAsync(
                        (found, failure) -> step(() -> {
                            if (failure == null) {
                                decide(claim, found);
                            } else {
                                unavailable(claim, failure);
                            }
                        }),
                        loop);
    }

    private void decide(HttpReading.Claim claim, Optional<DeviceSnapshot> device) {
        switch (claim.verify(device)) {
            case HttpVerdict.Message message -> report(message);
            case HttpVerdict.Denied denied -> {
                desk.platform().traffic().dropped(denied.reason());
                answer(denied.answer());
            }
            case HttpVerdict.Accepted accepted -> accept(claim, accepted);
            case HttpVerdict.Refused refused -> {
                answer(refused.answer());
                LoginFailure failure = refused.explanation().get();
                if (claim.isLogin()) {
                    guards.failed(failure, claim.device().toString());
                }
                record(Claimant.of(claim.device(), device, claim.fields()), failure);
            }
        }
    }

    private void report(HttpVerdict.Message message) {
        if (guards.exceedsPace(message.device().id())) {
            desk.platform().traffic().dropped("report quota");
            answer(request.dialect().answer(HttpFault.TOO_MANY));
            return;
        }
        desk.platform()
                .intake()
                .take(
                        new Intake.Arrival(
                                message.device().id(),
                                request.dialect().name(),
                                request.address(),
                                message.reader(),
                                message.payload()),
                        new Settled(message));
    }

    private void accept(HttpReading.Claim claim, HttpVerdict.Accepted accepted) {
        accepted.answer().whenComplete((answer, failure) -> {
            if (failure != null) {
                unavailable(claim, failure);
                return;
            }
            guards.succeeded(claim.device());
            desk.platform().traffic().login(request.dialect().name(), "accepted", System.nanoTime() - begun);
            answer(answer);
        });
    }

    private void refuse(HttpReading.Refused refused) {
        answer(refused.answer());
        guards.failed(refused.failure(), refused.claimed());
        var _ = desk.platform()
                .directory()
                .identify(refused.device())
                .thenAccept(id ->
                        record(new Claimant(id.orElse(null), refused.claimed(), refused.fields()), refused.failure()));
    }

    private void unavailable(HttpReading.Claim claim, Throwable failure) {
        answer(request.dialect().answer(HttpFault.UNAVAILABLE));
        record(
                Claimant.of(claim.device(), Optional.empty(), claim.fields()),
                LoginFailure.unavailable("the store did not answer", failure));
    }

    private void failed(Throwable fault) {
        LOG.error("a request of {} to {} could not be served", request.address(), request.path(), fault);
        answer(request.dialect().answer(HttpFault.INTERNAL));
    }

    private void guarded(String claimed) {
        answer(request.dialect().answer(HttpFault.TOO_MANY));
        record(Claimant.named(claimed), LoginFailure.guarded());
    }

    // ---- the record for the operator ----

    private void record(Claimant who, LoginFailure failure) {
        desk.platform()
                .refusals()
                .add(failure.refusal(request.dialect().name(), who, request.time(), request.channel()));
        desk.platform()
                .traffic()
                .login(
                        request.dialect().name(),
                        failure.fault().name().toLowerCase(Locale.ROOT),
                        System.nanoTime() - begun);
    }

    private final class Settled implements Intake.Ending {
        private final HttpVerdict.Message message;

        Settled(HttpVerdict.Message message) {
            this.message = message;
        }

        @Override
        public void ended(Intake.Fate fate) {
            answer(
                    switch (fate) {
                        case TAKEN -> message.taken();
                        case DROPPED -> message.dropped();
                        case OVERLOADED -> request.dialect().answer(HttpFault.TOO_MANY);
                        case FAILED -> request.dialect().answer(HttpFault.UNAVAILABLE);
                    });
        }

        @Override
        public void failed(Throwable fault) {
            Exchange.this.failed(fault);
        }
    }
}
