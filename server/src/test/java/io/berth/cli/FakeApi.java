package io.berth.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A server on loopback that answers as told and remembers what it was asked.
final class FakeApi implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1", this::serve);
        server.start();
    }

    /// @param target path and query as they came, below the root of the API
    record Call(String method, String target, String authorization, String body) {
        JsonObject json() {
            return Json.read(body);
        }
    }

    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Call> calls() {
        return calls;
    }

    Call lastCall() {
        return calls.getLast();
    }

    /// Answers the next call of this method and path; several answers are given in turn.
    FakeApi on(String methodAndPath, Answer answer) {
        answers.computeIfAbsent(methodAndPath, _ -> new ArrayDeque<>()).add(answer);
        return this;
    }

    FakeApi on(String methodAndPath, String json) {
        return on(methodAndPath, 200, json);
    }

    FakeApi on(String methodAndPath, int status, String text) {
        return on(methodAndPath, exchange -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    /// Answers with lines, the last of which may end the answer or leave it open until the connection is cut.
    FakeApi onStream(String methodAndPath, String... lines) {
        return on(methodAndPath, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            for (String line : lines) {
                body.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                body.flush();
            }
        });
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestURI().toString().substring("/api/v1".length());
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            calls.add(new Call(
                    exchange.getRequestMethod(),
                    target,
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    body));
            Deque<Answer> ready = answers.get(exchange.getRequestMethod() + " " + target.split("\\?", 2)[0]);
            if (ready == null || ready.isEmpty()) {
                exchange.sendResponseHeaders(501, -1);
            } else {
                ready.poll().to(exchange);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
