package io.berth.api;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.dialect.AppAnswer;
import io.berth.dialect.AppDialect;
import io.berth.dialect.AppRequest;
import io.berth.web.Endpoint;
import io.berth.web.Endpoint.Method;
import io.berth.web.Exchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The endpoints of a vendor's application API: requests go to its dialect as they came.
public final class AppEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(AppEndpoints.class);

    private AppEndpoints() {}

    public static List<Endpoint> of(AppDialect dialect) {
        return dialect.paths().stream()
                .map(path ->
                        new Endpoint(Method.valueOf(path.method()), path.path(), exchange -> serve(dialect, exchange)))
                .toList();
    }

    private static void serve(AppDialect dialect, Exchange exchange) throws IOException {
        AppRequest request = new Request(exchange);
        AppAnswer answer;
        try {
            answer = dialect.answer(request);
        } catch (UncheckedIOException e) {
            throw e.getCause(); // the client is gone
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.method(), request.path(), e);
            answer = dialect.fault(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.answer(503); // the server stops
            return;
        }
        answer.headers().forEach(exchange::putHeader);
        if (answer.contentType().isEmpty()) {
            exchange.answer(answer.status());
        } else {
            exchange.answer(answer.status(), answer.contentType(), answer.body().toBytes());
        }
    }

    private record Request(Exchange exchange) implements AppRequest {
        @Override
        public String method() {
            return exchange.method();
        }

        @Override
        public String path() {
            return exchange.path();
        }

        @Override
        public String query() {
            return exchange.rawQuery();
        }

        @Override
        public @Nullable String header(String name) {
            return exchange.header(name);
        }

        @Override
        public String peer() {
            return exchange.peer();
        }

        @Override
        public boolean isSecure() {
            return exchange.isEncrypted();
        }

        @Override
        public Payload body(int maxBytes) {
            try {
                return Payload.owned(exchange.body(maxBytes)
                        .orElseThrow(() -> new ProblemException(
                                Problem.TOO_LARGE, "the body is larger than " + maxBytes + " bytes")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
