package io.berth.dialect.huawei;

import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.message.Answer;
import io.berth.core.message.CallState;
import io.berth.dialect.huawei.device.HuaweiProblems;
import io.berth.json.Members;
import org.jspecify.annotations.Nullable;

/// How far commands got, in the words applications are told and shown (spec huawei-iotda 7.4, 9).
public final class CommandWords {
    private CommandWords() {}

    public static String status(CallState state, @Nullable Answer answer) {
        return switch (state) {
            case CREATED, QUEUED -> "PENDING";
            case SENT -> "SENT";
            case ACKNOWLEDGED -> "DELIVERED";
            case ANSWERED -> answer != null && answer.succeeded() ? "SUCCESSFUL" : "FAILED";
            // the vendor has no word for one that was withdrawn
            case FAILED, CANCELLED -> "FAILED";
            case TIMED_OUT -> "TIMEOUT";
            case EXPIRED -> "EXPIRED";
        };
    }

    /// Of a command, in the form its device answers it (spec huawei-iotda 3.1).
    public static Value.Fields result(Answer answer) {
        return result(answer, "response_name").with("paras", answer.output()).end();
    }

    /// @param said what the member is called that holds what the device says of it
    public static Members result(Answer answer, String said) {
        boolean isNumber = answer.code().matches("-?[0-9]{1,9}");
        return new Members()
                .with(
                        "result_code",
                        isNumber ? new Value.Whole(Long.parseLong(answer.code())) : new Value.Text(answer.code()))
                .withUnlessEmpty(said, answer.message());
    }

    public static Value.Fields error(Problem problem, String detail) {
        return new Members()
                .with("error_code", HuaweiProblems.code(problem))
                .with("error_msg", HuaweiProblems.message(problem, detail))
                .end();
    }
}
