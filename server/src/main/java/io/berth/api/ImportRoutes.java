package io.berth.api;

import io.berth.api.ImportService.Verdict;
import io.berth.web.Endpoint.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Imports of many devices. While the table arrives, only progress is answered: most HTTP clients send their whole
/// body before they read, and answering a million verdicts to one of those would block both sides for good. The
/// verdicts wait in a [Spool] and follow when the table has been read.
public final class ImportRoutes implements NativeApi.Group {
    private static final int LINES_PER_PROGRESS = 10_000;

    private final ImportService imports;

    public ImportRoutes(ImportService imports) {
        this.imports = imports;
    }

    @Override
    public List<Route<?, ?>> routes() {
        return List.of(Route.stream(
                Method.POST,
                "/devices/import",
                Right.OPERATOR,
                "Imports devices from CSV",
                Wanted.class,
                ImportLine.class,
                this::run));
    }

    /// @param verdicts `refused` to be told of refused lines only
    public record Wanted(@Nullable Boolean dryRun, @Nullable Verdicts verdicts) {}

    public enum Verdicts {
        ALL,
        REFUSED
    }

    /// One line of the answer: a verdict, or `progress`, or at the end the `summary`.
    public record ImportLine(
            @Nullable Long line,
            @Nullable String product,
            @Nullable String name,
            @Nullable Verdict verdict,
            @Nullable String detail,
            @Nullable Long progress,
            @Nullable Summary summary) {
        static ImportLine of(ImportService.Line line) {
            return new ImportLine(line.line(), line.product(), line.name(), line.verdict(), line.detail(), null, null);
        }

        static ImportLine progress(long lines) {
            return new ImportLine(null, null, null, null, null, lines, null);
        }

        static ImportLine summary(Summary summary) {
            return new ImportLine(null, null, null, null, null, null, summary);
        }
    }

    public record Summary(long lines, long created, long unchanged, long refused, boolean dryRun, long millis) {}

    private void run(Call<Wanted> call, Lines lines) throws IOException {
        try (Spool spool = new Spool()) {
            Run run = new Run(call.input(), lines, spool);
            lines.open();
            imports.run(call.body(), run.dryRun, run);
            spool.drainTo(lines.open());
            lines.write(ImportLine.summary(run.summary()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Counts verdicts and decides where each goes.
    private static final class Run implements ImportService.Listener {
        private final boolean dryRun;
        private final boolean onlyRefused;
        private final Lines lines;
        private final Spool spool;
        private final long start = System.nanoTime();
        private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        private long total;

        private Run(Wanted wanted, Lines lines, Spool spool) {
            this.dryRun = Boolean.TRUE.equals(wanted.dryRun());
            this.onlyRefused = wanted.verdicts() == Verdicts.REFUSED;
            this.lines = lines;
            this.spool = spool;
        }

        @Override
        public void line(ImportService.Line line) {
            counts.merge(line.verdict(), 1L, Long::sum);
            total++;
            try {
                if (!onlyRefused || line.verdict() == Verdict.REFUSED) {
                    spool.add(ImportLine.of(line));
                }
                if (total % LINES_PER_PROGRESS == 0) {
                    lines.write(ImportLine.progress(total));
                    lines.flush();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Summary summary() {
            return new Summary(
                    total,
                    counts.getOrDefault(Verdict.CREATED, 0L),
                    counts.getOrDefault(Verdict.UNCHANGED, 0L),
                    counts.getOrDefault(Verdict.REFUSED, 0L),
                    dryRun,
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
    }
}
