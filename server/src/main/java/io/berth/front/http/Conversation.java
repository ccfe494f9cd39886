package io.berth.front.http;

import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.Refusal;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.HttpAnswer;
import io.berth.dialect.HttpDialect;
import io.berth.dialect.HttpFault;
import io.berth.dialect.HttpReader;
import io.berth.dialect.HttpReading;
import io.berth.dialect.HttpVerdict;
import io.berth.dialect.Intake;
import io.berth.dialect.LoginFailure;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What passes between one connection and the platform: each request is read by its dialect, settled once its
/// device is known, and answered. A message of a known device gets there without leaving the event loop. Used
/// on the event loop.
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private final HttpPlatform platform;
    private final Executor loop;
    private final Caller caller;
    /// Messages of one device within a second; null where any number may come.
    private final @Nullable LoginGuard pace;
    private final Map<HttpDialect, HttpReader> readers = new HashMap<>(2);

    Conversation(HttpPlatform platform, @Nullable LoginGuard pace, Caller caller, Executor loop) {
        this.platform = platform;
        this.pace = pace;
        this.caller = caller;
        this.loop = loop;
    }

    /// Where an answer goes; it may come on any thread.
    @FunctionalInterface
    interface Answering {
        void answer(HttpAnswer answer);
    }

    void answer(HttpDialect dialect, ReceivedRequest request, Answering then) {
        HttpReader reader = readers.computeIfAbsent(dialect, HttpDialect::open);
        new Turn(dialect, request, then).take(reader.read(request));
    }

    /// One request on its way to its answer.
    private final class Turn {
        private final HttpDialect dialect;
        private final ReceivedRequest request;
        private final Answering then;
        private final long begun = System.nanoTime();

        Turn(HttpDialect dialect, ReceivedRequest request, Answering then) {
            this.dialect = dialect;
            this.request = request;
            this.then = then;
        }

        void take(HttpReading reading) {
            switch (reading) {
                case HttpReading.Served served -> then.answer(served.answer());
                case HttpReading.Answered answered -> {
                    platform.traffic().dropped(answered.reason());
                    then.answer(answered.answer());
                }
                case HttpReading.Refused refused -> refuse(refused);
                case HttpReading.Claim claim -> settle(claim);
                case HttpReading.Later later -> look(later);
            }
        }

        private void look(HttpReading.Later later) {
            if (platform.addressGuard().blocks(caller.host())) {
                guarded(caller.host());
                return;
            }
            Thread.ofVirtual().name("http").start(() -> {
                try {
                    HttpReading found = later.work().read();
                    loop.execute(() -> take(found));
                } catch (RuntimeException | Error e) {
                    failed(e);
                }
            });
        }

        private void settle(HttpReading.Claim claim) {
            if (claim.isLogin() && isGuarded(claim)) {
                guarded(claim.device().toString());
                return;
            }
            DeviceSnapshot known = platform.directory().ifPresent(claim.device());
            if (known != null) {
                decide(claim, Optional.of(known));
                return;
            }
            var _ = platform.directory()
                    .find(claim.device())
                    .whenCompleteAsync(
                            (found, failure) -> {
                                if (failure == null) {
                                    decide(claim, found);
                                } else {
                                    unavailable(claim, failure);
                                }
                            },
                            loop);
        }

        private void decide(HttpReading.Claim claim, Optional<DeviceSnapshot> device) {
            switch (claim.verify(device)) {
                case HttpVerdict.Message message -> report(message);
                case HttpVerdict.Denied denied -> {
                    platform.traffic().dropped(denied.reason());
                    then.answer(denied.answer());
                }
                case HttpVerdict.Accepted accepted -> accept(claim, accepted);
                case HttpVerdict.Refused refused -> {
                    then.answer(refused.answer());
                    LoginFailure failure = refused.explanation().get();
                    if (claim.isLogin()) {
                        countGuess(failure, claim.device().toString());
                    }
                    DeviceId id = device.map(DeviceSnapshot::id).orElseGet(() -> named(claim.device()));
                    record(id, String.valueOf(id != null ? id : claim.device()), claim.fields(), failure);
                }
            }
        }

        private void report(HttpVerdict.Message message) {
            if (exceedsPace(message.device().id())) {
                platform.traffic().dropped("report quota");
                then.answer(dialect.answer(HttpFault.TOO_MANY));
                return;
            }
            platform.intake()
                    .take(
                            new Intake.Arrival(
                                    message.device().id(),
                                    dialect.name(),
                                    caller.address(),
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
                platform.deviceGuard().succeeded(claim.device().toString());
                platform.traffic().login(dialect.name(), "accepted", System.nanoTime() - begun);
                then.answer(answer);
            });
        }

        private void refuse(HttpReading.Refused refused) {
            then.answer(refused.answer());
            countGuess(refused.failure(), refused.claimed());
            var _ = identify(refused.device())
                    .thenAccept(id -> record(id.orElse(null), refused.claimed(), refused.fields(), refused.failure()));
        }

        private void unavailable(HttpReading.Claim claim, Throwable failure) {
            then.answer(dialect.answer(HttpFault.UNAVAILABLE));
            record(
                    named(claim.device()),
                    claim.device().toString(),
                    claim.fields(),
                    new LoginFailure(
                            ConnectAnswer.UNAVAILABLE,
                            LoginFault.UNAVAILABLE,
                            "the store did not answer: " + failure.getMessage(),
                            "check the store (disk, database connection); the device may try again",
                            null));
        }

        private void failed(Throwable fault) {
            LOG.error("a request of {} to {} could not be served", caller.address(), request.path(), fault);
            then.answer(dialect.answer(HttpFault.INTERNAL));
        }

        // ---- guards ----

        private boolean isGuarded(HttpReading.Claim claim) {
            return platform.addressGuard().blocks(caller.host())
                    || platform.deviceGuard().blocks(claim.device().toString());
        }

        private void guarded(String claimed) {
            then.answer(dialect.answer(HttpFault.TOO_MANY));
            record(
                    null,
                    claimed,
                    Map.of(),
                    new LoginFailure(
                            ConnectAnswer.BAD_CREDENTIALS,
                            LoginFault.TOO_MANY_FAILURES,
                            "too many failed logins of this device or from this address",
                            "correct the credentials and wait; see the earlier refusals for what was wrong",
                            null));
        }

        private void countGuess(LoginFailure failure, String device) {
            if (failure.answer() == ConnectAnswer.BAD_CREDENTIALS) {
                platform.addressGuard().failed(caller.host());
                platform.deviceGuard().failed(device);
            }
        }

        private boolean exceedsPace(DeviceId device) {
            if (pace == null) {
                return false;
            }
            String key = device.toString();
            boolean exceeded = pace.blocks(key);
            pace.failed(key);
            return exceeded;
        }

        // ---- the record for the operator ----

        /// A device that cannot be found changes nothing about the answer.
        private CompletionStage<Optional<DeviceId>> identify(@Nullable DeviceRef device) {
            return switch (device) {
                case null -> CompletableFuture.completedFuture(Optional.empty());
                case DeviceRef.ById byId -> CompletableFuture.completedFuture(Optional.of(byId.id()));
                case DeviceRef.ByAlias alias ->
                    platform.directory()
                            .find(alias)
                            .handle((found, failure) ->
                                    failure == null ? found.map(DeviceSnapshot::id) : Optional.<DeviceId>empty());
            };
        }

        private static @Nullable DeviceId named(DeviceRef device) {
            return device instanceof DeviceRef.ById byId ? byId.id() : null;
        }

        private void record(
                @Nullable DeviceId device, String claimed, Map<String, String> fields, LoginFailure failure) {
            platform.refusals()
                    .add(new Refusal(
                            request.time(),
                            dialect.name(),
                            device,
                            claimed,
                            failure.fault(),
                            failure.cause(),
                            failure.fix(),
                            fields,
                            failure.check(),
                            request.channel()));
            platform.traffic()
                    .login(dialect.name(), failure.fault().name().toLowerCase(Locale.ROOT), System.nanoTime() - begun);
        }

        private final class Settled implements Intake.Ending {
            private final HttpVerdict.Message message;

            Settled(HttpVerdict.Message message) {
                this.message = message;
            }

            @Override
            public void ended(Intake.Fate fate) {
                then.answer(
                        switch (fate) {
                            case TAKEN -> message.taken();
                            case DROPPED -> message.dropped();
                            case OVERLOADED -> dialect.answer(HttpFault.TOO_MANY);
                            case FAILED -> dialect.answer(HttpFault.UNAVAILABLE);
                        });
            }

            @Override
            public void failed(Throwable fault) {
                Turn.this.failed(fault);
            }
        }
    }
}
