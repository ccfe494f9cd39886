package io.berth.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A Berth that is up, as its `runtime.json` describes it: somebody else's, or a child process on free ports whose
/// state is gone after [#close].
final class BerthServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

    /// A client on a busy machine may take its time, and one that keeps its connections for half a minute must not
    /// find that the server ended one at that very moment.
    private static final List<String> PATIENT =
            List.of("mqtt.connect-timeout=60s", "http.request-timeout=60s", "web.idle-timeout=10m");

    private final Path data;
    private final JsonNode runtime;
    private final NativeApi api;
    private final @Nullable Process child;

    private BerthServer(Path data, @Nullable Process child) throws IOException {
        this.data = data;
        this.child = child;
        this.runtime = JsonMapper.shared().readTree(Files.readString(runtimeFile(data)));
        this.api = new NativeApi(
                URI.create(runtime.path("url").asString()),
                Files.readString(Path.of(runtime.path("tokenFile").asString())).strip());
    }

    /// Whether a server runs on this directory; the file of one that was killed does not count.
    static boolean isUp(Path data) throws IOException {
        if (!Files.exists(runtimeFile(data))) {
            return false;
        }
        long pid = JsonMapper.shared()
                .readTree(Files.readString(runtimeFile(data)))
                .path("pid")
                .asLong();
        return ProcessHandle.of(pid).isPresent();
    }

    static BerthServer at(Path data) throws IOException {
        return new BerthServer(data, null);
    }

    static BerthServer start() throws IOException {
        Path data = Files.createTempDirectory("berth-compat-");
        List<String> command = new ArrayList<>(List.of(
                Checkout.java().toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Checkout.serverJar().toString(),
                "up",
                "--ephemeral",
                "--data",
                data.toString()));
        command.addAll(List.of("--set", "listener.mqtt-psk.enabled=true"));
        for (String listener :
                List.of("mqtt", "mqtts", "mqtt-psk", "https", "coap-sym", "coaps", "amqp", "amqps", "web")) {
            command.addAll(List.of("--set", "listener." + listener + ".port=0"));
        }
        command.addAll(List.of("--set", "rule.allow=127.0.0.1")); // for rules that send to a test
        PATIENT.forEach(setting -> command.addAll(List.of("--set", setting)));
        Process child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(data).toFile())
                .start();
        // whatever ends us ends it
        Runtime.getRuntime().addShutdownHook(new Thread(child::destroy, "stop berth"));
        try {
            awaitReady(child, data);
            return new BerthServer(data, child);
        } catch (IOException | RuntimeException e) {
            child.destroyForcibly();
            throw e;
        }
    }

    Path data() {
        return data;
    }

    String url() {
        return runtime.path("url").asString();
    }

    NativeApi api() {
        return api;
    }

    int port(String listener) {
        JsonNode port = runtime.path("listeners").path(listener).path("port");
        if (port.isMissingNode()) {
            throw new IllegalStateException("this Berth has no listener " + listener);
        }
        return port.asInt();
    }

    /// The one root that signed the server's certificate, PEM.
    Path caFile() {
        return Path.of(runtime.path("caFile").asString());
    }

    /// Runs a command of the operator's CLI against this server and returns what it prints.
    String cli(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Checkout.java().toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-jar", Checkout.serverJar().toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.inputReader()) {
            return output.readAllAsString();
        }
    }

    @Override
    public void close() throws IOException {
        if (child == null) {
            return;
        }
        child.destroy();
        if (!hasEnded(child, STOP_LIMIT)) {
            hasEnded(child.destroyForcibly(), STOP_LIMIT);
        }
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).forEach(BerthServer::delete);
        }
    }

    private static void awaitReady(Process child, Path data) throws IOException {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (!isUp(data)) {
            if (hasEnded(child, Duration.ofMillis(50)) || Instant.now().isAfter(limit)) {
                throw new IOException("Berth did not come up:\n" + Files.readString(log(data)));
            }
        }
    }

    private static boolean hasEnded(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Path runtimeFile(Path data) {
        return data.resolve("runtime.json");
    }

    private static Path log(Path data) {
        return data.resolve("server.log");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
