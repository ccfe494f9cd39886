package io.berth.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A foreign server as a process of its own, from the jars of the `peers` module.
final class PeerProcess implements AutoCloseable {
    private static final Path JARS = Path.of("..", "peers", "target", "jars").toAbsolutePath();

    /// How long one may take until it answers, on a machine that starts others meanwhile.
    static final Duration START = Duration.ofMinutes(2);

    private final Process process;

    private PeerProcess(Process process) {
        this.process = process;
    }

    /// Starts the main class; what it prints goes to `log`.
    static PeerProcess start(Path log, List<String> options, String main, String... arguments) {
        try {
            Process process = new ProcessBuilder(command(options, main, arguments))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new PeerProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs the main class to its end, which must be a good one.
    static void run(Path log, String main, String... arguments) {
        try (PeerProcess peer = start(log, List.of(), main, arguments)) {
            if (!peer.process.waitFor(START.toSeconds(), TimeUnit.SECONDS) || peer.process.exitValue() != 0) {
                throw new IllegalStateException(main + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// As a crash ends it.
    void kill() {
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /// Stops it in time for any `close`.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    static boolean answers(KeptPort port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number()), (int)
                    Duration.ofMillis(200).toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> command(List<String> options, String main, String... arguments) {
        if (!Files.isDirectory(JARS)) {
            throw new IllegalStateException(JARS + " is missing: run scripts/mvn -pl peers generate-resources");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", JARS + "/*", main));
        command.addAll(List.of(arguments));
        return command;
    }
}
