package io.berth.front.coap;

import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.dialect.CoapAnswer;
import io.berth.dialect.CoapCode;
import io.berth.dialect.CoapReading;
import io.berth.dialect.CoapRequest;
import io.berth.dialect.CoapVerdict;
import io.berth.dialect.Intake;
import io.berth.dialect.Intake.Arrival;
import io.berth.dialect.Intake.Fate;
import io.berth.dialect.LoginFailure;
import io.berth.front.coap.Refusing.Claimant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What whole requests come to: asks the dialect, looks the device up, hands on what it says, and answers
/// when that is kept. One for all loops; each request stays on its own.
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final CoapPlatform platform;
    private final Refusing refusing;
    private final int maxPending;
    private final AtomicInteger pending = new AtomicInteger();

    Reception(CoapPlatform platform, int maxPending) {
        this.platform = platform;
        this.refusing = new Refusing(platform);
        this.maxPending = maxPending;
    }

    Refusing refusing() {
        return refusing;
    }

    void take(Exchange exchange, Message message, Payload body) {
        CoapRequest request = new ReceivedRequest(
                message, body, exchange.peer(), platform.clock().instant());
        exchange.doing(() -> read(exchange, request));
    }

    private void read(Exchange exchange, CoapRequest request) {
        switch (platform.dialect().read(request)) {
            case CoapReading.Answered answered -> {
                platform.traffic().dropped(answered.reason());
                exchange.answer(answered.code());
            }
            case CoapReading.Refused refused -> {
                exchange.answer(refused.code());
                Claimant who = new Claimant(
                        Claimant.idOf(refused.device()),
                        refused.claimed(),
                        refused.fields(),
                        request.time(),
                        request::channel);
                refusing.refuse(who, refused::failure, exchange.arrived());
            }
            case CoapReading.Claim claim -> identify(exchange, request, claim);
        }
    }

    private void identify(Exchange exchange, CoapRequest request, CoapReading.Claim claim) {
        DeviceSnapshot known = platform.directory().ifPresent(claim.device());
        if (known != null) {
            settle(exchange, request, claim, Optional.of(known));
            return;
        }
        await(exchange, platform.directory().find(claim.device()), (found, failure) -> {
            if (found != null) {
                settle(exchange, request, claim, found);
            } else {
                exchange.answer(CoapCode.INTERNAL_ERROR);
                refusing.refuse(
                        claimant(request, claim, Optional.empty()), () -> unavailable(failure), exchange.arrived());
            }
        });
    }

    @FunctionalInterface
    private interface Outcome<T> {
        /// One of both is null.
        void is(@Nullable T value, @Nullable Throwable failure);
    }

    /// Goes on, on the exchange's loop, when the stage completes; refuses where too many wait already.
    private <T> void await(Exchange exchange, CompletionStage<T> stage, Outcome<T> then) {
        if (!begin(exchange)) {
            return;
        }
        var _ = stage.whenComplete((value, failure) -> exchange.loop().execute(() -> {
            pending.decrementAndGet();
            exchange.doing(() -> then.is(value, failure));
        }));
    }

    private boolean begin(Exchange exchange) {
        if (pending.incrementAndGet() <= maxPending) {
            return true;
        }
        pending.decrementAndGet();
        platform.traffic().dropped("too many requests wait");
        exchange.answer(CoapCode.UNAVAILABLE);
        return false;
    }

    private void settle(
            Exchange exchange, CoapRequest request, CoapReading.Claim claim, Optional<DeviceSnapshot> device) {
        switch (claim.verify(device)) {
            case CoapVerdict.Accepted accepted ->
                await(exchange, accepted.answer(), (answer, failure) -> {
                    if (answer != null) {
                        platform.traffic()
                                .login(platform.dialect().name(), "accepted", System.nanoTime() - exchange.arrived());
                        exchange.answer(answer);
                    } else {
                        exchange.answer(CoapCode.INTERNAL_ERROR);
                        refusing.refuse(
                                claimant(request, claim, device), () -> unavailable(failure), exchange.arrived());
                    }
                });
            case CoapVerdict.Message message -> hand(exchange, message);
            case CoapVerdict.Denied denied -> {
                platform.traffic().dropped(denied.reason());
                exchange.answer(denied.code());
            }
            case CoapVerdict.Refused refused -> {
                exchange.answer(refused.code());
                refusing.refuse(claimant(request, claim, device), refused.explanation(), exchange.arrived());
            }
        }
    }

    private static Claimant claimant(CoapRequest request, CoapReading.Claim claim, Optional<DeviceSnapshot> device) {
        DeviceId id = device.map(DeviceSnapshot::id).orElseGet(claim.device()::id);
        String claimed =
                device.isPresent() ? String.valueOf(id) : claim.device().toString();
        return new Claimant(id, claimed, claim.fields(), request.time(), request::channel);
    }

    private static LoginFailure unavailable(@Nullable Throwable failure) {
        return LoginFailure.unavailable("the device could not be looked up", Objects.requireNonNull(failure));
    }

    /// 2.05 goes out when what the device said is kept for good, as a PUBACK would.
    private void hand(Exchange exchange, CoapVerdict.Message message) {
        if (!begin(exchange)) {
            return;
        }
        Arrival arrival = new Arrival(
                message.device().id(),
                platform.dialect().name(),
                exchange.peer().address(),
                message.reader(),
                message.payload());
        Answering answering = new Answering(exchange, message);
        try {
            platform.intake().take(arrival, answering);
        } catch (RuntimeException e) {
            answering.failed(e);
        }
    }

    /// Tells the device what became of its message.
    private final class Answering implements Intake.Ending {
        private final Exchange exchange;
        private final CoapVerdict.Message message;

        Answering(Exchange exchange, CoapVerdict.Message message) {
            this.exchange = exchange;
            this.message = message;
        }

        @Override
        public void ended(Fate fate) {
            exchange.loop().execute(() -> {
                pending.decrementAndGet();
                exchange.answer(
                        switch (fate) {
                            case TAKEN -> message.taken();
                            case DROPPED -> CoapAnswer.of(CoapCode.BAD_REQUEST);
                            case OVERLOADED -> CoapAnswer.of(CoapCode.UNAVAILABLE);
                            case FAILED -> CoapAnswer.of(CoapCode.INTERNAL_ERROR);
                        });
            });
        }

        @Override
        public void failed(Throwable fault) {
            LOG.error("a message of {} could not be handled", message.device().id(), fault);
            ended(Fate.FAILED);
        }
    }
}
