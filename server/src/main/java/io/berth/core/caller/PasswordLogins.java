package io.berth.core.caller;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.Secret;
import io.berth.core.login.LoginGuard;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/// Lets users in by their passwords, whatever the API they come by, and slows guessing down. Blocking; any
/// thread.
public final class PasswordLogins {
    private static final int CHECKS_AT_ONCE = 2;

    private final Callers callers;
    private final LoginGuard guard;

    /// A password check is made to be slow; more of them at once would let guessers take the machine.
    private final Semaphore checks = new Semaphore(CHECKS_AT_ONCE, true);

    public PasswordLogins(Callers callers, LoginGuard guard) {
        this.callers = callers;
        this.guard = guard;
    }

    /// A bearer token for a user who proves the password; UNAUTHENTICATED otherwise, OVERLOADED after too many
    /// wrong passwords from there.
    ///
    /// @param address of the peer, without port
    public Secret login(String address, String user, String password, Duration lifetime) throws InterruptedException {
        String from = "web:" + address;
        checks.acquire();
        try {
            if (guard.blocks(from)) {
                throw new ProblemException(Problem.OVERLOADED, "too many wrong passwords from here; try again later");
            }
            Secret token = callers.login(user, secret(password), lifetime);
            guard.succeeded(from);
            return token;
        } catch (ProblemException e) {
            if (e.problem() == Problem.UNAUTHENTICATED) {
                guard.failed(from);
            }
            throw e;
        } finally {
            checks.release();
        }
    }

    private static Secret secret(String password) {
        try {
            return new Secret(password);
        } catch (ProblemException e) {
            throw new ProblemException(Problem.UNAUTHENTICATED, "wrong user or password", e);
        }
    }
}
