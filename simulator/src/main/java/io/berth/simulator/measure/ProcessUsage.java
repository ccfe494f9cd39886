package io.berth.simulator.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the kernel has counted for a process so far.
///
/// @param cpuSeconds user and system time of all its threads
/// @param rssBytes resident memory
/// @param pssBytes resident memory with shared pages divided among their users
public record ProcessUsage(double cpuSeconds, long rssBytes, long pssBytes) {
    /// USER_HZ: the unit of /proc/PID/stat is a hundredth of a second on every Linux a user sees.
    private static final double TICKS_PER_SECOND = 100;

    public static ProcessUsage of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            return new ProcessUsage(
                    cpuSeconds(Files.readString(process.resolve("stat"))),
                    kilobytes(Files.readString(process.resolve("status")), "VmRSS:"),
                    kilobytes(Files.readString(process.resolve("smaps_rollup")), "Pss:"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot account process " + pid + ": is it running, and ours to read?", e);
        }
    }

    /// CPU time alone: cheap, for reading around a window.
    public static double cpuSecondsOf(long pid) {
        try {
            return cpuSeconds(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (IOException e) {
            throw new UncheckedIOException("the server process " + pid + " has ended", e);
        }
    }

    static double cpuSeconds(String stat) {
        // The second field is the command in parentheses and may itself hold blanks and parentheses.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    static long kilobytes(String text, String label) {
        return text.lines()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()).replace("kB", "").strip())
                .mapToLong(number -> Long.parseLong(number) * 1024)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no line " + label));
    }
}
