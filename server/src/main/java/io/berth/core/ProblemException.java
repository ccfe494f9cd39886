package io.berth.core;

/// A broken domain rule. The detail is a sentence for the caller: it names values, never secrets.
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Problem problem;

    public ProblemException(Problem problem, String detail) {
        super(detail);
        this.problem = problem;
    }

    public ProblemException(Problem problem, String detail, Throwable cause) {
        super(detail, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    public String detail() {
        String message = getMessage();
        return message == null ? problem.name() : message;
    }

    /// Refuses an argument unless the condition holds.
    public static void require(boolean condition, String detail) {
        if (!condition) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, detail);
        }
    }
}
