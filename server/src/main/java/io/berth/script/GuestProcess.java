package io.berth.script;

import io.berth.core.product.ScriptBench;
import io.berth.core.product.ScriptBench.Trial;
import io.berth.core.product.Scripts.Fault;
import io.berth.core.product.Scripts.Result;
import io.berth.script.Worker.Turn;
import io.berth.script.host.Host;
import io.berth.script.host.Request;
import io.berth.script.host.Wire;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One process that runs scripts. Of one worker: never two calls at a time.
final class GuestProcess implements AutoCloseable {
    /// What the engine needs beside the scripts it runs; measured in docs/decisions/0008.
    private static final int ENGINE_BYTES = 48 * 1024 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;

    /// Calls on the way at once, and from how many bytes on there is no other; a pipe holds 64 KB.
    static final int BATCH = 16;

    private static final int BATCH_BYTES = 8 * 1024;

    /// Scripts a process keeps ready, some 100 KB each.
    private static final int MAX_READY = 64;

    private static final Duration END_PATIENCE = Duration.ofSeconds(2);

    /// More options of the virtual machine, from whoever starts many short-lived ones.
    private static final List<String> JAVA_OPTIONS = Stream.of(
                    System.getProperty("berth.script.java-options", "").split(" "))
            .filter(option -> !option.isEmpty())
            .toList();

    private final Process process;
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream();
    private final DataOutputStream requests = new DataOutputStream(batch);
    private final DataInputStream trials;
    private final ScriptConfig config;

    /// The sources the process has, the longest unused first.
    private final SequencedMap<Source, Long> ready = new LinkedHashMap<>(16, 0.75f, true);

    private long lastNumber;
    private boolean hasEnded;

    private GuestProcess(Process process, ScriptConfig config) {
        this.process = process;
        this.config = config;
        this.trials = new DataInputStream(new BufferedInputStream(process.getInputStream(), BUFFER_BYTES));
    }

    /// A source by what it is: equal texts are one script.
    record Source(String text) {}

    static GuestProcess start(ScriptConfig config) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        long heapMegabytes = (ENGINE_BYTES + (long) config.memoryBytes()) >> 20;
        List<String> command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC"));
        command.addAll(JAVA_OPTIONS);
        command.addAll(List.of(
                "-Xmx" + heapMegabytes + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ReservedCodeCacheSize=48m",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Host.class.getName(),
                Long.toString(config.time().toMillis())));
        ProcessBuilder builder = new ProcessBuilder(command);
        // the server's environment may hold its master key
        builder.environment().clear();
        builder.directory(new File(System.getProperty("java.io.tmpdir")));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return new GuestProcess(builder.start(), config);
    }

    /// Has the process run as many of these as go on the way at once, and at least one; how many.
    ///
    /// More than a pipe holds are not sent before answers are read: both sides would wait for the other to
    /// read.
    int send(Iterable<Turn> turns) {
        int sent = 0;
        try {
            for (Turn turn : turns) {
                request(turn.source(), turn.call()).write(requests);
                sent++;
                if (batch.size() > BATCH_BYTES || sent == BATCH) {
                    break;
                }
            }
            batch.writeTo(process.getOutputStream());
            process.getOutputStream().flush();
        } catch (IOException _) {
            // it has ended; the answer that does not come tells how
        }
        batch.reset();
        return sent;
    }

    /// The answer to the oldest call that has none. Blocks until the process answers or ends; it ends itself
    /// when a script does not stop in time.
    Trial receive() {
        try {
            return Wire.readTrial(trials);
        } catch (IOException e) {
            return ended(e);
        }
    }

    /// Whether the last answer was that there is none: what was sent after that call has to be sent to another.
    boolean hasEnded() {
        return hasEnded;
    }

    private Request request(Source source, Optional<ScriptBench.Call> call) {
        Long number = ready.get(source);
        if (number != null) {
            return new Request(number, Optional.empty(), Request.NONE, call);
        }
        long forget = Request.NONE;
        if (ready.size() >= MAX_READY) {
            forget = Objects.requireNonNull(ready.pollFirstEntry()).getValue();
        }
        ready.put(source, ++lastNumber);
        return new Request(lastNumber, Optional.of(source.text()), forget, call);
    }

    private Trial ended(IOException cause) {
        hasEnded = true;
        String detail = switch (exitCode()) {
            case Host.TIME_EXIT -> "it took more than " + config.time().toMillis() + " ms and did not stop";
            case Host.MEMORY_EXIT -> "it took more than " + (config.memoryBytes() >> 20) + " MB of memory";
            default -> "its process ended (" + cause + ")";
        };
        return new Trial(new Result.Failed(Fault.EXHAUSTED, detail), 0, config.time());
    }

    private int exitCode() {
        try {
            if (!process.waitFor(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return -1;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
