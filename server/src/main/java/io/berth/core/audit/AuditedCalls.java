package io.berth.core.audit;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Area;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Role;
import java.time.InstantSource;
import java.util.function.Function;

/// The one place where a call of an application is admitted: whoever lacks the right is refused, and each call
/// that changes what is kept is written down, refused ones too. Blocking; any thread.
public final class AuditedCalls {
    private final AuditLog log;
    private final InstantSource clock;

    public AuditedCalls(AuditLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /// A kind of call.
    ///
    /// @param name what it is called in its API
    /// @param changes whether it changes what is kept
    public record Task(String name, Role role, Area area, boolean changes) {}

    /// One call: who, from where, over which API, about what.
    public record Attempt(Caller caller, String address, String api, Task task, String target) {}

    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /// FORBIDDEN, or whatever the work answers or throws.
    public <T, E extends Exception> T run(Attempt attempt, Work<T, E> work) throws E {
        return run(attempt, work, _ -> attempt.target());
    }

    /// The same where the platform makes names up.
    ///
    /// @param target what the call was about, now that there is an answer
    public <T, E extends Exception> T run(Attempt attempt, Work<T, E> work, Function<T, String> target) throws E {
        String outcome = Problem.INTERNAL.name();
        String about = attempt.target();
        try {
            attempt.caller()
                    .rights()
                    .demand(attempt.task().role(), attempt.task().area());
            T answer = work.run();
            outcome = AuditRecord.OK;
            about = target.apply(answer);
            return answer;
        } catch (RuntimeException e) {
            outcome = outcome(e);
            throw e;
        } finally {
            if (attempt.task().changes()) {
                log.record(new AuditRecord(
                        clock.instant(),
                        attempt.caller().name(),
                        attempt.address(),
                        attempt.api(),
                        attempt.task().name(),
                        about,
                        outcome));
            }
        }
    }

    private static String outcome(RuntimeException failure) {
        return switch (failure) {
            case ProblemException problem -> problem.problem().name();
            case Refused refused -> refused.outcome();
            default -> Problem.INTERNAL.name();
        };
    }
}
