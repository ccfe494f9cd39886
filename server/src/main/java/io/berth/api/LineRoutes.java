package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.caller.Area;
import io.berth.core.line.Line;
import io.berth.core.line.LineBatch;
import io.berth.core.line.LineBatch.HandOut;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Batches of a factory line.
public final class LineRoutes implements NativeApi.Group {
    private final Line line;

    public LineRoutes(Line line) {
        this.line = line;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String batch = "/line/batches/{batch}";
        return List.of(
                Route.get(
                        "/line/batches",
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Lists batches of the line",
                        Paging.class,
                        BatchPage.class,
                        this::list),
                Route.create(
                                "/line/batches",
                                Demand.operate(Area.DEVICES).withinSpaces(),
                                "Begins a batch of devices that are made together",
                                NewBatch.class,
                                ShownBatch.class,
                                this::create)
                        .about(NewBatch::name),
                Route.get(
                        batch,
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Tells how far a batch of the line is",
                        Nothing.class,
                        Progress.class,
                        this::progress),
                Route.post(
                        batch + "/close",
                        Demand.operate(Area.DEVICES).withinSpaces(),
                        "Ends a batch: nothing of it is handed out any more",
                        Nothing.class,
                        ShownBatch.class,
                        call -> ShownBatch.of(line.batches().close(reached(call).name()))));
    }

    /// @param quota how many devices are registered at most
    /// @param handOut `repeatable` unless told otherwise
    public record NewBatch(
            String name,
            String product,
            long quota,
            @Nullable HandOut handOut) {}

    /// @param taken places of the quota that are gone
    public record ShownBatch(
            String name,
            String product,
            long quota,
            long taken,
            HandOut handOut,
            Instant created,
            @Nullable Instant closed) {
        private static ShownBatch of(LineBatch batch) {
            return new ShownBatch(
                    batch.name(),
                    batch.product(),
                    batch.quota(),
                    batch.taken(),
                    batch.handOut(),
                    batch.created(),
                    batch.closed());
        }
    }

    public record BatchPage(
            List<ShownBatch> items, @Nullable String next) {}

    /// @param proven units that were confirmed or logged in
    public record Progress(
            String name,
            String product,
            long quota,
            long taken,
            HandOut handOut,
            Instant created,
            @Nullable Instant closed,
            long listed,
            long registered,
            long burned,
            long activated,
            long proven,
            long blocked) {}

    private BatchPage list(Call<Paging> call) {
        var page = line.of(call.rights()).batches(call.input().request());
        return new BatchPage(Paging.items(page, ShownBatch::of), page.next());
    }

    private ShownBatch create(Call<NewBatch> call) {
        NewBatch wanted = call.input();
        return ShownBatch.of(line.of(call.rights())
                .begin(
                        wanted.name(),
                        wanted.product(),
                        wanted.quota(),
                        Objects.requireNonNullElse(wanted.handOut(), HandOut.REPEATABLE)));
    }

    private Progress progress(Call<Nothing> call) {
        LineBatch batch = reached(call);
        LineBatch.Tally tally = line.batches().tally(batch.name());
        return new Progress(
                batch.name(),
                batch.product(),
                batch.quota(),
                batch.taken(),
                batch.handOut(),
                batch.created(),
                batch.closed(),
                tally.listed(),
                tally.registered(),
                tally.burned(),
                tally.activated(),
                tally.proven(),
                tally.blocked());
    }

    private LineBatch reached(Call<?> call) {
        return line.of(call.rights()).batch(call.path("batch"));
    }
}
