package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import org.jspecify.annotations.Nullable;

/// A problem for which the vendor has more to say than its [Codes]: a narrower code, or members beside it.
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final @Nullable String code;
    private final transient Value.Fields members;

    private Refusal(@Nullable String code, String detail, Value.Fields members) {
        super(detail);
        this.code = code;
        this.members = members;
    }

    /// @param code without the `iot.` before it, as the specification writes them
    static ProblemException of(Problem problem, String code, String detail) {
        return new ProblemException(problem, detail, new Refusal("iot." + code, detail, Value.Fields.NONE));
    }

    /// The same problem, answered with these members beside its code.
    static ProblemException telling(ProblemException problem, Value.Fields members) {
        String detail = problem.detail();
        return new ProblemException(problem.problem(), detail, new Refusal(null, detail, members));
    }

    /// Refuses a parameter unless the condition holds.
    static void require(boolean condition, String code, String detail) {
        if (!condition) {
            throw of(Problem.INVALID_ARGUMENT, code, detail);
        }
    }

    /// For what is known and not here.
    static ProblemException unsupported(String detail) {
        return of(Problem.UNSUPPORTED, "common.APINotSupportedInInstance", detail);
    }

    /// Null for the code that the problem has anyway.
    @Nullable
    String code() {
        return code;
    }

    static Value.Fields members(ProblemException refused) {
        return refused.getCause() instanceof Refusal refusal ? refusal.members : Value.Fields.NONE;
    }
}
