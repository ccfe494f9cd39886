package io.berth.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "tail")
final class TailCommand implements Runnable {
    private final Root root;

    @Option(names = "--product", paramLabel = "P", description = "Only devices of this product.")
    private @Nullable String product;

    @Option(names = "--device", paramLabel = "D", description = "Only this device.")
    private @Nullable String device;

    @Option(names = "--kind", paramLabel = "K", description = "Only message, property, event, status, …")
    private @Nullable String kind;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "First what the log has since a time, or how long ago.")
    private @Nullable String from;

    @Option(names = "--count", paramLabel = "N", description = "Stop after N events.")
    private @Nullable Long count;

    @Option(names = "--timeout", paramLabel = "TIME", description = "Stop after this time, as 30s.")
    private @Nullable Duration timeout;

    TailCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        Output output = root.output();
        // the operator who presses Ctrl-C has seen enough; that is no failure
        Thread enough = new Thread(() -> Runtime.getRuntime().halt(0));
        Runtime.getRuntime().addShutdownHook(enough);
        Instant start = root.shell().clock().instant();
        try (AnswerLines events = root.api().follow(route())) {
            long seen = watch(events, output);
            boolean timeIsOver =
                    timeout != null && !root.shell().clock().instant().isBefore(start.plus(timeout));
            if (!timeIsOver && !isEnough(seen) && !output.out().checkError()) {
                throw new RefusedException("the server ended the stream of events");
            }
        } finally {
            Runtime.getRuntime().removeShutdownHook(enough);
        }
    }

    /// How many events were shown when it was enough, or the server or the reader of our output went away.
    private long watch(AnswerLines events, Output output) {
        PrintWriter out = output.out();
        long seen = 0;
        while (!isEnough(seen)) {
            Optional<JsonObject> event = events.next();
            if (event.isEmpty()) {
                return seen;
            }
            out.println(output.isJson() ? event.get() : line(event.get(), output.times()));
            seen += event.get().has("dropped") ? 0 : 1;
            if (out.checkError()) {
                return seen;
            }
        }
        return seen;
    }

    private boolean isEnough(long seen) {
        return count != null && seen >= count;
    }

    private Route route() {
        return Route.of("tail")
                .with("product", product)
                .with("device", device)
                .with("kind", kind)
                .with("from", from == null ? null : since(from))
                .with("count", count)
                .with("timeoutMillis", timeout == null ? null : timeout.toMillis());
    }

    private String since(String text) {
        return Times.moment(text, root.shell().clock().instant())
                .orElseThrow(() ->
                        new RefusedException("--from is a time like 2026-01-02T03:04:05Z, or how long ago, like 10m"))
                .toString();
    }

    private static String line(JsonObject event, Times times) {
        if (event.has("dropped")) {
            return "… " + event.text("dropped") + " events left out: this reader is too slow …";
        }
        String payload = event.find("payload")
                .orElseGet(() -> event.find("payloadBase64")
                        .map(bytes -> "base64:" + bytes)
                        .orElse(""));
        return String.join(
                        "  ",
                        event.instant("time").map(times::ofDay).orElse("-"),
                        Printable.padded(event.text("product") + "/" + event.text("device"), 24),
                        Printable.padded(event.text("dialect"), 6),
                        Printable.padded(event.text("kind"), 9),
                        Printable.of(event.text("topic")),
                        event.find("qos").map(qos -> "q" + qos).orElse("-"),
                        Printable.of(payload))
                .stripTrailing();
    }
}
