package io.berth.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What was made in a batch: to be printed and filed, or read by a spreadsheet or a program. Units pass page by
/// page: a batch may have millions.
final class LineReport {
    private final Root root;

    LineReport(Root root) {
        this.root = root;
    }

    void text(String batch) {
        JsonObject progress = root.api().get(Route.of("line", "batches", batch));
        root.output().out().println("Report of batch " + Printable.of(progress.text("name")));
        root.output().out().println();
        root.output().show(progress, "product", "quota", "taken", "handOut", "created", "closed");
        root.output().out().println();
        Table table =
                new Table(root.output().out(), "ID", "STATE", "ISSUED", "BY", "FROM", "BURNED", "ACTIVATED", "ISSUES");
        units(batch, page -> {
            page.forEach(unit -> table.row(
                    unit.text("id"),
                    unit.text("state"),
                    time(unit.object("issued"), "at"),
                    of(unit, "issued", "station"),
                    of(unit, "issued", "address"),
                    time(unit.object("burned"), "at"),
                    time(Optional.of(unit), "activated"),
                    unit.text("issues")));
            table.print();
        });
        root.output().out().flush();
    }

    /// The batch with its figures first, then each unit, one object a line.
    void json(String batch) {
        root.output().out().println(root.api().get(Route.of("line", "batches", batch)));
        units(batch, page -> page.forEach(root.output().out()::println));
        root.output().out().flush();
    }

    void csv(String batch) {
        root.output()
                .out()
                .println("deviceId,state,productKey,deviceName,registerTime,issueTime,station,address,burnTime,"
                        + "burnStation,burnAddress,activateTime,issues");
        units(batch, page -> page.forEach(unit -> root.output().out().println(line(unit))));
        root.output().out().flush();
    }

    private static String line(JsonObject unit) {
        return Stream.of(
                        unit.text("id"),
                        unit.text("state"),
                        unit.text("product"),
                        unit.text("device"),
                        unit.text("registered"),
                        of(unit, "issued", "at"),
                        of(unit, "issued", "station"),
                        of(unit, "issued", "address"),
                        of(unit, "burned", "at"),
                        of(unit, "burned", "station"),
                        of(unit, "burned", "address"),
                        unit.text("activated"),
                        unit.text("issues"))
                .map(LineReport::cell)
                .collect(Collectors.joining(","));
    }

    /// Spreadsheets take what begins so for a formula.
    private static String cell(String text) {
        return !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private void units(String batch, Consumer<List<JsonObject>> page) {
        root.api().list(Route.of("line", "batches", batch, "units"), Long.MAX_VALUE, page);
    }

    private static String of(JsonObject unit, String visit, String field) {
        return unit.object(visit).map(found -> found.text(field)).orElse("");
    }

    private String time(Optional<JsonObject> from, String field) {
        return from.flatMap(object -> object.instant(field))
                .map(root.output().times()::full)
                .orElse("-");
    }
}
