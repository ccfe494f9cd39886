package io.berth.api;

import io.berth.api.Route.Upload;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceCsv;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceImport;
import io.berth.core.device.DeviceImport.Verdict;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Imports of many devices. While the table arrives, only progress is answered: most HTTP clients send their
/// whole body before they read, and answering a million verdicts to one of those would block both sides for
/// good. The verdicts wait in a [Spool] and follow when the table has been read.
public final class ImportRoutes implements NativeApi.Group {
    private static final int LINES_PER_PROGRESS = 10_000;

    private final DeviceImport imports;

    public ImportRoutes(DeviceImport imports) {
        this.imports = imports;
    }

    @Override
    public List<Route<?, ?>> routes() {
        return List.of(Route.stream(
                "/devices/import",
                Demand.operate(Area.DEVICES).withinSpaces(),
                "Imports devices from CSV",
                Upload.CSV,
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

    public enum Outcome {
        CREATED,
        UNCHANGED,
        REFUSED
    }

    /// One line of the answer: a verdict, or `progress`, or at the end the `summary`.
    public record ImportLine(
            @Nullable Long line,
            @Nullable String product,
            @Nullable String name,
            @Nullable Outcome verdict,
            @Nullable String detail,
            @Nullable Long progress,
            @Nullable Summary summary) {
        static ImportLine of(Verdict verdict) {
            return switch (verdict) {
                case Verdict.Created(long line, DeviceId device) -> of(line, device, Outcome.CREATED, null);
                case Verdict.Unchanged(long line, DeviceId device) -> of(line, device, Outcome.UNCHANGED, null);
                case Verdict.Refused(long line, DeviceId device, var _, String reason) ->
                    of(line, device, Outcome.REFUSED, reason);
            };
        }

        private static ImportLine of(long line, @Nullable DeviceId device, Outcome outcome, @Nullable String detail) {
            String product = device == null ? null : device.product();
            String name = device == null ? null : device.name();
            return new ImportLine(line, product, name, outcome, detail, null, null);
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
        long start = System.nanoTime();
        boolean dryRun = Boolean.TRUE.equals(call.input().dryRun());
        try (Spool spool = new Spool();
                Reader csv = new InputStreamReader(call.body(), StandardCharsets.UTF_8)) {
            Verdicts wanted = Objects.requireNonNullElse(call.input().verdicts(), Verdicts.ALL);
            lines.open(); // the client sees at once that it is heard
            Answer answer = new Answer(wanted, lines, spool);
            DeviceImport.Summary summary = imports.within(
                            product -> call.rights().reach(product.space()))
                    .run(new DeviceCsv(csv), dryRun, answer);
            spool.drainTo(lines.open());
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            lines.write(ImportLine.summary(new Summary(
                    answer.total, summary.created(), summary.unchanged(), summary.refusals(), dryRun, millis)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Keeps each verdict for later and tells of progress at once.
    private static final class Answer implements Consumer<Verdict> {
        private final Verdicts wanted;
        private final Lines lines;
        private final Spool spool;
        private long total;

        private Answer(Verdicts wanted, Lines lines, Spool spool) {
            this.wanted = wanted;
            this.lines = lines;
            this.spool = spool;
        }

        @Override
        public void accept(Verdict verdict) {
            total++;
            try {
                if (wanted == Verdicts.ALL || verdict instanceof Verdict.Refused) {
                    spool.add(ImportLine.of(verdict));
                }
                if (total % LINES_PER_PROGRESS == 0) {
                    lines.write(ImportLine.progress(total));
                    lines.flush();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
