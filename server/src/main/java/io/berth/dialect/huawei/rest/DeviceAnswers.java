package io.berth.dialect.huawei.rest;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.call.Call;
import io.berth.core.call.Calls;
import io.berth.core.call.Wanted;
import io.berth.core.message.Answer;
import java.time.Duration;
import java.util.Objects;

/// Calls whose callers wait for what the device says.
///
/// @param patience how long the device may take
record DeviceAnswers(Calls calls, Duration patience) {
    /// @param answer what the device said, for good or bad
    record Answered(Call call, Answer answer) {}

    /// Whatever keeps the device from answering is thrown as a problem.
    Answered ask(Wanted wanted) throws InterruptedException {
        Call call = calls.call(wanted.sync(true).timeout(patience));
        Answer answer = call.outcome().answer();
        if (answer == null) {
            throw new ProblemException(
                    Objects.requireNonNullElse(call.outcome().problem(), Problem.TIMED_OUT),
                    call.outcome().detail());
        }
        return new Answered(call, answer);
    }
}
