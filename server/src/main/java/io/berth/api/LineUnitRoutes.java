package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.api.Route.Upload;
import io.berth.core.CsvLines;
import io.berth.core.Page;
import io.berth.core.caller.Area;
import io.berth.core.line.HardwareId;
import io.berth.core.line.Line;
import io.berth.core.line.LineBatch;
import io.berth.core.line.LineBatches;
import io.berth.core.line.LineUnit;
import io.berth.core.line.LineUnit.Visit;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hardware ids a line may make devices of, and what became of them.
public final class LineUnitRoutes implements NativeApi.Group {
    private final Line line;

    public LineUnitRoutes(Line line) {
        this.line = line;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String ofBatch = "/line/batches/{batch}/units";
        String one = "/line/units/{unit}";
        return List.of(
                Route.stream(
                        ofBatch,
                        Demand.operate(Area.DEVICES).withinSpaces(),
                        "Lists hardware ids in a batch from CSV",
                        Upload.CSV,
                        Nothing.class,
                        AllowLine.class,
                        this::allow),
                Route.get(
                        ofBatch,
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Tells what became of the hardware ids of a batch",
                        Paging.class,
                        UnitPage.class,
                        this::list),
                Route.get(
                        one,
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Tells what became of a hardware id",
                        Nothing.class,
                        ShownUnit.class,
                        call -> ShownUnit.of(reached(call))),
                Route.post(
                        one + "/block",
                        Demand.operate(Area.DEVICES).withinSpaces(),
                        "Stops a hardware id",
                        Nothing.class,
                        ShownUnit.class,
                        call -> ShownUnit.of(line.units().block(reached(call).id(), true))),
                Route.post(
                        one + "/unblock",
                        Demand.operate(Area.DEVICES).withinSpaces(),
                        "Lets a hardware id go on",
                        Nothing.class,
                        ShownUnit.class,
                        call -> ShownUnit.of(line.units().block(reached(call).id(), false))),
                Route.post(
                        one + "/reissue",
                        Demand.operate(Area.DEVICES).withinSpaces(),
                        "Lets the identity of a device be fetched again",
                        Reissue.class,
                        ShownUnit.class,
                        call -> ShownUnit.of(line.units()
                                .reissue(
                                        reached(call).id(),
                                        Boolean.TRUE.equals(call.input().rotate())))));
    }

    /// A line that lists nothing, or at the end the `summary`.
    public record AllowLine(
            @Nullable Long line,
            @Nullable String detail,
            @Nullable Summary summary) {}

    public record Summary(long lines, long listed, long unchanged, long refused) {
        private static Summary of(LineBatches.Summary summary) {
            return new Summary(summary.lines(), summary.listed(), summary.unchanged(), summary.refused());
        }
    }

    /// @param rotate whether the device gets another secret
    public record Reissue(@Nullable Boolean rotate) {}

    public enum State {
        LISTED,
        ISSUED,
        /// Confirmed by whoever burned it.
        BURNED,
        /// It logged in.
        ACTIVATED,
        BLOCKED
    }

    /// @param device its name in the product, once it is registered
    /// @param issues how often its secret was handed out since it was opened last
    public record ShownUnit(
            String id,
            String batch,
            String product,
            @Nullable String device,
            State state,
            Instant listed,
            @Nullable Instant registered,
            long issues,
            @Nullable ShownVisit issued,
            @Nullable ShownVisit burned,
            @Nullable Instant activated) {
        private static ShownUnit of(LineUnit unit) {
            return new ShownUnit(
                    unit.id().text(),
                    unit.batch().name(),
                    unit.batch().product(),
                    unit.registered() == null ? null : unit.device().name(),
                    state(unit),
                    unit.listed(),
                    unit.registered(),
                    unit.issues(),
                    ShownVisit.of(unit.issued()),
                    ShownVisit.of(unit.burned()),
                    unit.activated());
        }

        private static State state(LineUnit unit) {
            if (unit.blocked()) {
                return State.BLOCKED;
            }
            if (unit.activated() != null) {
                return State.ACTIVATED;
            }
            return unit.burned() != null ? State.BURNED : unit.issued() != null ? State.ISSUED : State.LISTED;
        }
    }

    public record ShownVisit(Instant at, String station, String address) {
        private static @Nullable ShownVisit of(@Nullable Visit visit) {
            return visit == null ? null : new ShownVisit(visit.at(), visit.station(), visit.address());
        }
    }

    public record UnitPage(List<ShownUnit> items, @Nullable String next) {}

    /// The bad lines wait until all was read: see [ImportRoutes].
    private void allow(Call<Nothing> call, Lines lines) throws IOException {
        try (Spool spool = new Spool();
                Reader csv = new InputStreamReader(call.body(), StandardCharsets.UTF_8)) {
            LineBatches.Summary summary = line.batches()
                    .allow(
                            batch(call).name(),
                            new CsvLines(csv),
                            bad -> keep(spool, new AllowLine(bad.number(), bad.reason(), null)));
            spool.drainTo(lines.open());
            lines.write(new AllowLine(null, null, Summary.of(summary)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void keep(Spool spool, AllowLine line) {
        try {
            spool.add(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private UnitPage list(Call<Paging> call) {
        Page<LineUnit> page = line.units().list(batch(call).name(), call.input().request());
        return new UnitPage(Paging.items(page, ShownUnit::of), page.next());
    }

    private LineBatch batch(Call<?> call) {
        return line.of(call.rights()).batch(call.path("batch"));
    }

    private LineUnit reached(Call<?> call) {
        return line.of(call.rights()).unit(HardwareId.of(call.path("unit")));
    }
}
