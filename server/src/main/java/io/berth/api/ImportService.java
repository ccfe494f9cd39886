package io.berth.api;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Imports devices from a table; the composition root hands in who does it.
@FunctionalInterface
public interface ImportService {
    /// Reads the table to its end and tells what became of each line, in order.
    void run(InputStream csv, boolean dryRun, Listener listener) throws IOException;

    @FunctionalInterface
    interface Listener {
        void line(Line line);
    }

    enum Verdict {
        CREATED,
        UNCHANGED,
        REFUSED
    }

    /// @param line counted from 1, the heading included
    /// @param product null when the line could not be read so far, like the name
    /// @param detail why it was refused
    record Line(
            long line,
            @Nullable String product,
            @Nullable String name,
            Verdict verdict,
            @Nullable String detail) {}
}
