package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;

/// A problem for which the vendor has a narrower code than its [Codes] say.
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    private Refusal(String code, String detail) {
        super(detail);
        this.code = code;
    }

    /// @param code without the `iot.` before it, as the specification writes them
    static ProblemException of(Problem problem, String code, String detail) {
        return new ProblemException(problem, detail, new Refusal("iot." + code, detail));
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

    String code() {
        return code;
    }
}
