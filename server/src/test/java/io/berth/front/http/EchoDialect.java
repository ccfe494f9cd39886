package io.berth.front.http;

import io.berth.dialect.HttpAnswer;
import io.berth.dialect.HttpDialect;
import io.berth.dialect.HttpFault;
import io.berth.dialect.HttpReader;
import io.berth.dialect.HttpReading;
import io.berth.dialect.HttpRequest;
import java.util.concurrent.CompletableFuture;

/// Answers with what came; what is asked at `/held` only when the test says so.
final class EchoDialect implements HttpDialect {
    static final int MAX_BODY = 1000;

    final CompletableFuture<Void> held = new CompletableFuture<>();

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith("/echo") || path.startsWith("/held") || path.startsWith("/broken");
    }

    @Override
    public int maxBodyBytes() {
        return MAX_BODY;
    }

    @Override
    public HttpAnswer answer(HttpFault fault) {
        return HttpAnswer.json(200, "\"" + fault + "\"");
    }

    @Override
    public HttpReader open() {
        return request -> {
            if (request.path().startsWith("/held")) {
                return new HttpReading.Later(() -> {
                    held.join();
                    return echo(request);
                });
            }
            if (request.path().startsWith("/broken")) {
                return new HttpReading.Later(() -> {
                    throw new IllegalStateException("a fault of ours");
                });
            }
            return echo(request);
        };
    }

    private static HttpReading echo(HttpRequest request) {
        String query = request.query() == null ? "" : "?" + request.query();
        return new HttpReading.Served(HttpAnswer.json(
                200,
                request.method() + " " + request.path() + query + " "
                        + request.body().text()));
    }
}
