package io.berth.api;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Callers;
import io.berth.core.credential.Secret;
import io.berth.web.Exchange;
import java.util.Optional;

/// The one place that decides who may do what. Whatever it cannot tell, it refuses.
public final class Gate {
    private static final String SCHEME = "Bearer ";

    private final Callers callers;

    public Gate(Callers callers) {
        this.callers = callers;
    }

    /// Who calls, if they say so; UNAUTHENTICATED when they cannot prove it, or must and do not, FORBIDDEN when they
    /// lack the right.
    Optional<Caller> admit(Exchange exchange, Right right) {
        String header = exchange.header("Authorization");
        if (header == null) {
            if (right == Right.NONE) {
                return Optional.empty();
            }
            throw new ProblemException(Problem.UNAUTHENTICATED, "send a token: Authorization: Bearer …");
        }
        Caller caller = callers.authenticate(token(header));
        demand(caller, right);
        return Optional.of(caller);
    }

    static void demand(Caller caller, Right right) {
        Right held = held(caller);
        if (held.compareTo(right) < 0) {
            throw new ProblemException(Problem.FORBIDDEN, "this needs the right of " + Words.of(right));
        }
    }

    private static Right held(Caller caller) {
        return switch (caller.rights().role()) {
            case READER -> Right.READER;
            case OPERATOR -> Right.OPERATOR;
            case ADMINISTRATOR -> Right.ADMINISTRATOR;
        };
    }

    private static Secret token(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new ProblemException(Problem.UNAUTHENTICATED, "only bearer tokens are understood");
        }
        try {
            return new Secret(header.substring(SCHEME.length()).strip());
        } catch (ProblemException e) {
            throw new ProblemException(Problem.UNAUTHENTICATED, "unknown or expired token", e);
        }
    }
}
