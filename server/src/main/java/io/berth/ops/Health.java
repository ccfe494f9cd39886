package io.berth.ops;

import io.berth.web.Endpoint;
import io.berth.web.Endpoint.Method;
import io.berth.web.Exchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the process lives, and whether it should get traffic. Needs no token and tells only names of checks.
public final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final Map<String, BooleanSupplier> checks;
    private final Duration patience;

    /// @param checks what must hold to be ready, by name; each may block and is given up after `patience`
    public Health(Map<String, BooleanSupplier> checks, Duration patience) {
        this.checks = new LinkedHashMap<>(checks);
        this.patience = patience;
    }

    /// @param failing the checks that do not hold
    public record Report(String status, List<String> failing) {}

    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        Method.GET,
                        "/health/live",
                        exchange -> exchange.answerJson(200, new Report("live", List.of()))),
                new Endpoint(Method.GET, "/health/ready", this::ready));
    }

    private void ready(Exchange exchange) throws IOException {
        List<String> failing = failing();
        if (failing.isEmpty()) {
            exchange.answerJson(200, new Report("ready", failing));
        } else {
            exchange.answerJson(503, new Report("not ready", failing));
        }
    }

    /// The checks run side by side: one that hangs does not make the others late.
    private List<String> failing() {
        Map<String, FutureTask<Boolean>> running = new LinkedHashMap<>();
        checks.forEach((name, check) -> {
            FutureTask<Boolean> task = new FutureTask<>(check::getAsBoolean);
            Thread.ofVirtual().name("health-" + name).start(task);
            running.put(name, task);
        });
        List<String> failing = new ArrayList<>();
        running.forEach((name, task) -> {
            if (!holds(name, task)) {
                failing.add(name);
            }
        });
        return failing;
    }

    private boolean holds(String name, FutureTask<Boolean> task) {
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            LOG.warn("health check {} failed", name, e.getCause());
            return false;
        } catch (TimeoutException e) {
            LOG.warn("health check {} gave no answer within {} ms", name, patience.toMillis());
            task.cancel(true);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
