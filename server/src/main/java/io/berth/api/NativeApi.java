package io.berth.api;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.audit.AuditedCalls;
import io.berth.core.audit.AuditedCalls.Attempt;
import io.berth.core.audit.AuditedCalls.Task;
import io.berth.core.audit.MadeName;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Role;
import io.berth.web.Endpoint;
import io.berth.web.Endpoint.Method;
import io.berth.web.Exchange;
import io.berth.web.Json;
import io.berth.web.ProblemDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the table of routes: tells who calls, reads the input, acts if the caller may, answers. Who changed
/// what is written down before the answer goes out.
public final class NativeApi {
    static final String ROOT = "/api/v1";

    /// The word of this API in the audit and beside the last use of a credential.
    static final String NAME = "native";

    private static final Logger LOG = LoggerFactory.getLogger(NativeApi.class);

    /// What made things are called in answers.
    private static final List<String> MADE = List.of("id", "key");

    private final Gate gate;
    private final AuditedCalls audited;
    private final SpaceGuard spaces;
    private final List<Route<?, ?>> routes;
    private final OpenApi document;

    /// Some rows of the table.
    @FunctionalInterface
    public interface Group {
        List<Route<?, ?>> routes();
    }

    public NativeApi(Gate gate, AuditedCalls audited, SpaceGuard spaces, String version, List<Group> groups) {
        this.gate = gate;
        this.audited = audited;
        this.spaces = spaces;
        this.routes = groups.stream().flatMap(group -> group.routes().stream()).toList();
        this.document = new OpenApi(version, routes);
    }

    public List<Route<?, ?>> routes() {
        return routes;
    }

    public List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Route<?, ?> route : routes) {
            endpoints.add(new Endpoint(route.method(), ROOT + route.path(), exchange -> serve(route, exchange)));
        }
        endpoints.add(new Endpoint(
                Method.GET,
                ROOT + "/openapi.json",
                exchange -> exchange.answer(200, Json.CONTENT_TYPE, document.json())));
        return endpoints;
    }

    private <I extends Record, O extends Record> void serve(Route<I, O> route, Exchange exchange) throws IOException {
        Lines lines = new Lines(exchange);
        try {
            Optional<Caller> caller = gate.admit(exchange, route.demand());
            Call<I> call = new Call<>(exchange, caller, spaces, input(route, exchange));
            Role role = route.demand().role();
            Optional<O> answer = caller.isPresent() && role != null
                    ? act(attempt(route, role, caller.get(), call), route, call, lines)
                    : act(route, call, lines);
            answer(route, exchange, answer);
        } catch (ProblemException e) {
            refuse(exchange, lines, e);
        }
    }

    private <I extends Record, O extends Record> Optional<O> act(
            Attempt attempt, Route<I, O> route, Call<I> call, Lines lines) throws IOException {
        return audited.run(
                attempt,
                () -> {
                    spaces.admit(attempt.caller().rights(), route, call);
                    return act(route, call, lines);
                },
                answer -> attempt.target().isEmpty() ? made(answer) : attempt.target());
    }

    private static String made(Optional<? extends Record> answer) {
        return answer.map(record -> MadeName.of(record, MADE)).orElse("");
    }

    private static <I extends Record> Attempt attempt(Route<I, ?> route, Role role, Caller caller, Call<I> call) {
        Task task = new Task(route.name(), role, route.demand().area(), route.audited());
        return new Attempt(caller, call.exchange().peer(), NAME, task, target(route, call));
    }

    /// What the path names, from left to right, and what the input names.
    private static <I extends Record> String target(Route<I, ?> route, Call<I> call) {
        return Stream.concat(
                        route.parameters().map(call::path),
                        Stream.of(route.about().apply(call.input())))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining("/"));
    }

    private static <I extends Record> I input(Route<I, ?> route, Exchange exchange) throws IOException {
        return route.readsBody()
                ? Input.fromJson(exchange.body(), route.input())
                : Input.fromQuery(exchange.query(), route.input());
    }

    /// Empty where there is nothing more to answer.
    private static <I extends Record, O extends Record> Optional<O> act(Route<I, O> route, Call<I> call, Lines lines)
            throws IOException {
        try {
            switch (route.action()) {
                case Route.Action.Answer<I, O> answer -> {
                    return Optional.of(answer.to(call));
                }
                case Route.Action.Act<I, O> act -> act.on(call);
                case Route.Action.Stream<I, O> stream -> stream.answer(call, lines);
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopping", e);
        }
    }

    private static void answer(Route<?, ?> route, Exchange exchange, Optional<? extends Record> answer)
            throws IOException {
        if (answer.isPresent()) {
            exchange.answerJson(route.status(), answer.get());
        } else if (!route.streams()) {
            exchange.answer(route.status());
        }
    }

    private static void refuse(Exchange exchange, Lines lines, ProblemException e) throws IOException {
        if (e.problem() == Problem.INTERNAL || e.problem() == Problem.STORAGE_UNAVAILABLE) {
            LOG.error("{} {}: {}", exchange.method(), exchange.path(), e.detail(), e);
        }
        if (lines.end(e)) {
            return;
        }
        if (e.problem() == Problem.UNAUTHENTICATED) {
            exchange.putHeader("WWW-Authenticate", "Bearer");
        }
        if (e.problem() == Problem.OVERLOADED) {
            exchange.putHeader("Retry-After", "1");
        }
        ProblemDocument document = Problems.document(e);
        exchange.answer(document);
    }
}
