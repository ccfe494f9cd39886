package io.berth.simulator.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process held on some cores. Closing gives it back the cores it had.
public final class Pinning implements AutoCloseable {
    private final long pid;
    private final String before;

    private Pinning(long pid, String before) {
        this.pid = pid;
        this.before = before;
    }

    /// @param cpus a list as taskset reads it: `0`, `0,1`, `0-3`
    public static Pinning of(long pid, String cpus) {
        Pinning pinning = new Pinning(pid, allowed(pid));
        pinning.apply(cpus);
        return pinning;
    }

    @Override
    public void close() {
        if (ProcessHandle.of(pid).isPresent()) {
            apply(before);
        }
    }

    private void apply(String cpus) {
        try {
            // -a: the threads that run already, too
            Process taskset = new ProcessBuilder("taskset", "-a", "-c", "-p", cpus, Long.toString(pid))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(taskset.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (taskset.waitFor() != 0) {
                throw new IllegalArgumentException("cannot pin process " + pid + " to cpu " + cpus + ": "
                        + said.lines().reduce("", (first, last) -> last));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("taskset is missing", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String allowed(long pid) {
        String label = "Cpus_allowed_list:";
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith(label))
                    .map(line -> line.substring(label.length()).strip())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("no process " + pid, e);
        }
    }
}
