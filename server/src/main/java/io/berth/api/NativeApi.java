package io.berth.api;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Caller;
import io.berth.web.Endpoint;
import io.berth.web.Endpoint.Method;
import io.berth.web.Exchange;
import io.berth.web.Json;
import io.berth.web.ProblemDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the table of routes: admits the caller, reads the input, acts, answers, and logs who changed what.
public final class NativeApi {
    static final String ROOT = "/api/v1";

    private static final Logger LOG = LoggerFactory.getLogger(NativeApi.class);

    private final Gate gate;
    private final List<Route<?, ?>> routes;
    private final OpenApi document;

    /// Some rows of the table.
    @FunctionalInterface
    public interface Group {
        List<Route<?, ?>> routes();
    }

    public NativeApi(Gate gate, String version, List<Group> groups) {
        this.gate = gate;
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
        String who = "nobody";
        String result = "done";
        try {
            Optional<Caller> caller = gate.admit(exchange, route.right());
            who = caller.map(Caller::name).orElse(who);
            act(route, new Call<>(exchange, caller, input(route, exchange)), lines);
        } catch (ProblemException e) {
            result = e.problem().name();
            refuse(exchange, lines, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopping", e);
        } finally {
            if (route.audited()) {
                LOG.info("{}: {} {}: {}", who, exchange.method(), exchange.path(), result);
            }
        }
    }

    private static <I extends Record> I input(Route<I, ?> route, Exchange exchange) throws IOException {
        return route.readsBody()
                ? Input.fromJson(exchange.body(), route.input())
                : Input.fromQuery(exchange.query(), route.input());
    }

    private static <I extends Record, O extends Record> void act(Route<I, O> route, Call<I> call, Lines lines)
            throws IOException, InterruptedException {
        switch (route.action()) {
            case Route.Action.Answer<I, O> answer -> call.exchange().answerJson(route.status(), answer.to(call));
            case Route.Action.Act<I, O> act -> {
                act.on(call);
                call.exchange().answer(route.status());
            }
            case Route.Action.Stream<I, O> stream -> stream.answer(call, lines);
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
