package io.berth.api;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Callers;
import io.berth.core.credential.Secret;
import io.berth.web.Exchange;
import java.util.Optional;

/// Tells who calls. Whoever it cannot tell, it refuses; what callers may do is decided in [AuditedCalls].
public final class Gate {
    private static final String SCHEME = "Bearer ";

    private final Callers callers;

    public Gate(Callers callers) {
        this.callers = callers;
    }

    /// Who calls, if they say so; UNAUTHENTICATED when they cannot prove it, or must and do not.
    Optional<Caller> admit(Exchange exchange, Demand demand) {
        String header = exchange.header("Authorization");
        if (header != null) {
            return Optional.of(callers.authenticate(token(header)));
        }
        if (demand.role() == null) {
            return Optional.empty();
        }
        throw new ProblemException(Problem.UNAUTHENTICATED, "send a token: Authorization: Bearer …");
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
