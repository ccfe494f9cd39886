package io.berth.core.caller;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.Secret;
import io.berth.core.login.CallPeer;
import io.berth.core.login.LoginFault;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.RefusedCalls;
import io.berth.core.login.RefusedCalls.RefusedCall;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// Lets users in by their passwords, whatever the API they come by, slows guessing down and tells the operator of what
/// it refused. Blocking; any thread.
public final class PasswordLogins {
    private static final int CHECKS_AT_ONCE = 2;

    private final Callers callers;
    private final LoginGuard guard;
    private final RefusedCalls refused;

    /// A password check is made to be slow; more of them at once would let guessers take the machine.
    private final Semaphore checks = new Semaphore(CHECKS_AT_ONCE, true);

    public PasswordLogins(Callers callers, LoginGuard guard, RefusedCalls refused) {
        this.callers = callers;
        this.guard = guard;
        this.refused = refused;
    }

    /// @param api the word of the application interface
    public record Attempt(String api, CallPeer from, String user, String password) {
        @Override
        public String toString() {
            return user + " from " + from.address() + " over " + api;
        }
    }

    /// A bearer token for a user who proves the password; UNAUTHENTICATED otherwise, OVERLOADED after too many
    /// wrong passwords from there.
    public Secret login(Attempt attempt, Duration lifetime) throws InterruptedException {
        String from = "web:" + attempt.from().address();
        checks.acquire();
        try {
            if (guard.blocks(from)) {
                throw new ProblemException(Problem.OVERLOADED, "too many wrong passwords from here; try again later");
            }
            Secret token = callers.login(attempt.user(), secret(attempt.password()), lifetime);
            guard.succeeded(from);
            return token;
        } catch (ProblemException e) {
            if (e.problem() == Problem.UNAUTHENTICATED) {
                guard.failed(from);
                explain(attempt);
            }
            throw e;
        } finally {
            checks.release();
        }
    }

    private void explain(Attempt attempt) {
        User known = callers.users().find(attempt.user()).orElse(null);
        if (known == null) {
            record(attempt, LoginFault.UNKNOWN_CALLER, "there is no user of this name", "berth user create");
        } else if (known.enabled()) {
            record(attempt, LoginFault.WRONG_SIGNATURE, "the password is wrong", "berth user password");
        } else {
            record(attempt, LoginFault.CALLER_DISABLED, "the user is disabled", "berth user enable");
        }
    }

    private void record(Attempt attempt, LoginFault fault, String cause, String fix) {
        refused.record(
                new RefusedCall(attempt.api(), attempt.user(), attempt.from(), fault, cause, fix, Map.of(), null));
    }

    private static Secret secret(String password) {
        try {
            return new Secret(password);
        } catch (ProblemException e) {
            throw new ProblemException(Problem.UNAUTHENTICATED, "wrong user or password", e);
        }
    }
}
