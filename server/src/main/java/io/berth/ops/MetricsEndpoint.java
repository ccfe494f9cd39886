package io.berth.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.audit.AuditedCalls;
import io.berth.core.audit.AuditedCalls.Attempt;
import io.berth.core.audit.AuditedCalls.Task;
import io.berth.core.caller.Area;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Callers;
import io.berth.core.caller.Role;
import io.berth.core.credential.Secret;
import io.berth.web.Exchange;
import io.berth.web.ProblemDocument;
import java.io.IOException;

/// Who may read the metrics: peers on this machine, which need no token, and readers of all the platform.
record MetricsEndpoint(Metrics metrics, Callers callers, AuditedCalls calls) {
    static final String PATH = "/metrics";

    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String SCHEME = "Bearer ";
    private static final Task TASK = new Task("GET " + PATH, Role.READER, Area.PLATFORM, false);

    void answer(Exchange exchange) throws IOException {
        try {
            exchange.answer(200, CONTENT_TYPE, scrape(exchange).getBytes(UTF_8));
        } catch (ProblemException e) {
            int status = status(e.problem());
            if (status == 401) {
                exchange.putHeader("WWW-Authenticate", "Bearer");
            }
            exchange.answer(ProblemDocument.of(e.problem().name(), status, e.detail()));
        }
    }

    private String scrape(Exchange exchange) {
        if (exchange.isLocal()) {
            return metrics.scrape();
        }
        Caller caller = callers.authenticate(token(exchange));
        return calls.run(new Attempt(caller, exchange.peer(), "native", TASK, ""), () -> {
            caller.rights().demandAllSpaces();
            return metrics.scrape();
        });
    }

    private static Secret token(Exchange exchange) {
        String header = exchange.header("Authorization");
        if (header == null || !header.startsWith(SCHEME)) {
            throw new ProblemException(Problem.UNAUTHENTICATED, "metrics need a token, or a local peer");
        }
        try {
            return new Secret(header.substring(SCHEME.length()).strip());
        } catch (ProblemException e) {
            throw new ProblemException(Problem.UNAUTHENTICATED, "unknown or expired token", e);
        }
    }

    private static int status(Problem problem) {
        return switch (problem) {
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case STORAGE_UNAVAILABLE, OVERLOADED -> 503;
            default -> 500;
        };
    }
}
