package io.berth.compat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One subscriber on the AMQP client rhea, in a Node process of its own (`compat/node/subscriber.js`).
final class RheaSubscriber implements AutoCloseable {
    private final Process process;
    private final BufferedWriter commands;
    private final Arrivals<JsonNode> events = new Arrivals<>();

    private RheaSubscriber(Process process) {
        this.process = process;
        this.commands = process.outputWriter();
        Thread.ofVirtual().name("rhea").start(this::readEvents);
    }

    /// Connects and asks for a receiver; what comes of it are events.
    static RheaSubscriber connect(BerthServer server, SubscriberLogin login, String source) throws IOException {
        Process node = new ProcessBuilder("node", "subscriber.js")
                .directory(Checkout.nodeFolder().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        RheaSubscriber subscriber = new RheaSubscriber(node);
        Map<String, Object> options = Map.of(
                "host",
                "127.0.0.1",
                "port",
                server.port("amqp"),
                "username",
                login.user(),
                "password",
                login.password(),
                "idle_time_out",
                60_000,
                "reconnect",
                false);
        subscriber.command("connect", Map.of("options", options, "source", source, "credit", 10));
        return subscriber;
    }

    JsonNode take(String event) {
        return events.take(
                "the event " + event, each -> each.path("event").asString().equals(event));
    }

    /// Settles the oldest message: `accept`, `release`, `reject` or `modified`.
    void settle(String as) {
        command("settle", Map.of("as", as));
    }

    private void command(String what, Map<String, Object> with) {
        Map<String, Object> command = new HashMap<>(with);
        command.put("do", what);
        try {
            commands.write(JsonMapper.shared().writeValueAsString(command));
            commands.newLine();
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the Node process has gone", e);
        }
    }

    private void readEvents() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().map(JsonMapper.shared()::readTree).forEach(events::add);
        } catch (IOException e) {
            throw new IllegalStateException("lost the Node process", e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            command("end", Map.of());
        }
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
