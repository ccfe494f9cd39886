package io.berth.core.caller;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.Secret;
import io.berth.core.login.LoginFault;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.RefusedCalls;
import io.berth.core.login.RefusedCalls.RefusedCall;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// Where passwords are tried. Wrong ones close it to the address they came from for a while, and the operator
/// can see them. Blocking; any thread.
public final class PasswordDoor {
    private static final int CHECKS_AT_ONCE = 2;

    private final String api;
    private final Callers callers;
    private final LoginGuard guard;
    private final RefusedCalls refused;

    /// A password check is made to be slow; more of them at once would let guessers take the machine.
    private final Semaphore checks = new Semaphore(CHECKS_AT_ONCE, true);

    /// @param api the word of the application interface it belongs to
    public PasswordDoor(String api, Callers callers, LoginGuard guard, RefusedCalls refused) {
        this.api = api;
        this.callers = callers;
        this.guard = guard;
        this.refused = refused;
    }

    /// A token for the user; UNAUTHENTICATED, or OVERLOADED after too many wrong passwords from this peer.
    public Secret token(String peer, String user, String password, Duration lifetime) throws InterruptedException {
        String address = "web:" + peer;
        checks.acquire();
        try {
            if (guard.blocks(address)) {
                throw new ProblemException(Problem.OVERLOADED, "too many wrong passwords from here; try again later");
            }
            Secret token = callers.login(user, secret(password), lifetime);
            guard.succeeded(address);
            return token;
        } catch (ProblemException e) {
            if (e.problem() == Problem.UNAUTHENTICATED) {
                guard.failed(address);
                refused.record(explained(peer, user));
            }
            throw e;
        } finally {
            checks.release();
        }
    }

    private RefusedCall explained(String peer, String user) {
        return callers.users()
                .find(user)
                .map(known -> known.enabled()
                        ? call(peer, user, LoginFault.WRONG_SIGNATURE, "the password is wrong", "berth user password")
                        : call(peer, user, LoginFault.CALLER_DISABLED, "the user is disabled", "berth user enable"))
                .orElseGet(() -> call(
                        peer, user, LoginFault.UNKNOWN_CALLER, "there is no user of this name", "berth user create"));
    }

    private RefusedCall call(String peer, String user, LoginFault fault, String cause, String fix) {
        return new RefusedCall(api, user, peer, fault, cause, fix, Map.of("user", user), null);
    }

    private static Secret secret(String password) {
        try {
            return new Secret(password);
        } catch (ProblemException e) {
            throw new ProblemException(Problem.UNAUTHENTICATED, "wrong user or password", e);
        }
    }
}
