package io.berth.dialect;

import io.berth.core.device.DeviceId;
import io.berth.core.login.Refusal;
import io.berth.dialect.MqttLogins.Outcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// The way of one application for credentials: looked into first, settled when the front says so, both on
/// virtual threads. How many there may be at once is the front's business.
record Admittance(MqttConnect connect, String dialect, MqttLogin.Application application) {
    private static final Executor OFF_THE_LOOP =
            work -> Thread.ofVirtual().name("enrolment").start(work);

    CompletionStage<Outcome> look() {
        return run(() -> {
            Optional<MqttVerdict.Refused> objection = application.objection();
            return objection.isPresent()
                    ? refused(objection.get())
                    : new Outcome.Admitted(dialect, application.device(), this::settle);
        });
    }

    private CompletionStage<Outcome> settle() {
        return run(() -> switch (application.enrol()) {
            case MqttEnrolment.Granted granted ->
                new Outcome.Enrolled(dialect, granted.device(), granted.credentials());
            case MqttVerdict.Refused refused -> refused(refused);
        });
    }

    private CompletionStage<Outcome> run(Supplier<Outcome> work) {
        return CompletableFuture.supplyAsync(work, OFF_THE_LOOP).exceptionally(failure -> {
            Throwable cause = failure.getCause() != null ? failure.getCause() : failure;
            return refused(new MqttVerdict.Refused(LoginFailure.unavailable("the registry could not be asked", cause)));
        });
    }

    private Outcome refused(MqttVerdict.Refused refused) {
        return new Outcome.Refused(refused.answer(), () -> explain(refused.failure()));
    }

    private Refusal explain(LoginFailure failure) {
        DeviceId device = application.device();
        Claimant who = new Claimant(device, device.toString(), application.fields());
        return failure.refusal(dialect, who, connect.time(), connect.channel());
    }
}
