package io.berth;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server in a process of its own, on free ports: to be killed, drained, and started wrongly.
final class ServerProcess implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path data;
    private final Path output;

    private ServerProcess(Process process, Path data, Path output) {
        this.process = process;
        this.data = data;
        this.output = output;
    }

    /// Starts `up` on the directory with every listener on a free port; `more` arguments follow.
    static ServerProcess launch(Path data, String... more) throws IOException {
        return launch(data, Map.of(), more);
    }

    static ServerProcess launch(Path data, Map<String, String> environment, String... more) throws IOException {
        return launch(Path.of(System.getProperty("java.io.tmpdir")), data, environment, more);
    }

    /// Starts `up` with a temporary directory of its own.
    static ServerProcess launchIn(Path temporary, Path data, String... more) throws IOException {
        return launch(temporary, data, Map.of(), more);
    }

    private static ServerProcess launch(Path temporary, Path data, Map<String, String> environment, String... more)
            throws IOException {
        if (List.of(more).stream().noneMatch(argument -> argument.startsWith("storage.url="))) {
            FirstStart.spare(data);
        }
        Path output = Files.createTempFile("berth-server-", ".out");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                "io.berth.Main",
                "up",
                "--data",
                data.toString()));
        for (String listener : List.of("mqtt", "mqtts", "https", "coap-sym", "coaps", "amqp", "amqps", "web")) {
            command.add("--set");
            command.add("listener." + listener + ".port=0");
        }
        command.addAll(List.of("--set", "passwords.rounds=1000"));
        command.addAll(List.of(more));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start(), data, output);
    }

    ServerProcess awaitReady() {
        await("a ready server, so far it said: " + output())
                .atMost(PATIENCE)
                .until(() -> !process.isAlive() || isRuntimeFileItsOwn());
        if (!process.isAlive()) {
            throw new AssertionError("the server ended: " + output());
        }
        return this;
    }

    /// Waits until it said this, and answers all it said.
    String awaitOutput(String text) {
        return await(text).until(this::output, said -> said.contains(text));
    }

    /// A killed server leaves its file behind.
    private boolean isRuntimeFileItsOwn() {
        return Files.exists(data.resolve(RuntimeFile.NAME))
                && runtime().path("pid").asLong(0) == process.pid();
    }

    /// `runtime.json` as it stands.
    JsonNode runtime() {
        try {
            return JSON.readTree(Files.readString(data.resolve(RuntimeFile.NAME)));
        } catch (NoSuchFileException _) {
            return JSON.missingNode(); // withdrawn a moment ago
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Operator operator() {
        return new Operator(data);
    }

    /// 0 while the server does not say.
    int port(String listener) {
        return runtime().path("listeners").path(listener).path("port").asInt(0);
    }

    /// Waits for the end and gives the exit code.
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the server does not end; it said: " + output());
        }
        return process.exitValue();
    }

    String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// SIGTERM.
    void terminate() {
        process.destroy();
    }

    /// SIGKILL.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(output);
    }
}
