package io.berth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "line")
final class LineCommands {
    private final Root root;

    private LineCommands(Root root) {
        this.root = root;
    }

    static CommandSpec of(Root root) {
        CommandSpec line = CommandSpec.forAnnotatedObject(new LineCommands(root));
        line.addSubcommand("station", new CommandLine(new LineStationCommands(root)));
        line.addSubcommand("batch", new CommandLine(new LineBatchCommands(root)));
        return line;
    }

    @Command(description = "List hardware ids in a batch; exit code 1 when a line was refused.")
    int allow(
            @Parameters(paramLabel = "BATCH", description = "The name of the batch.") String batch,
            @Parameters(paramLabel = "FILE", description = "MAC, IMEI or serial number a line; - for stdin.")
                    String file) {
        // a server that refuses the caller closes the connection under the upload, and its reason is lost
        root.api().get(Route.of("line", "batches", batch));
        try (InputStream csv = file.equals("-") ? root.shell().in() : Files.newInputStream(Path.of(file));
                AnswerLines answer = root.api().send(Route.of("line", "batches", batch, "units"), "text/csv", csv)) {
            return allowed(answer, file.equals("-") ? "stdin" : file);
        } catch (IOException e) {
            throw RefusedException.unreadable(Path.of(file), e);
        }
    }

    @Command(description = "Show what became of a hardware id.")
    void show(@Parameters(paramLabel = "ID", description = "MAC, IMEI or serial number.") String id) {
        root.output().show(root.api().get(unit(id)), "id", "state", "batch", "product", "device");
    }

    @Command(description = "Let the identity of a device be fetched again.")
    void reissue(
            @Parameters(paramLabel = "ID", description = "MAC, IMEI or serial number.") String id,
            @Option(names = "--rotate", description = "With another secret: who has the old one is out.")
                    boolean rotate) {
        JsonObject unit = root.api()
                .post(Route.of("line", "units", id, "reissue"), new JsonObject().with("rotate", rotate ? true : null));
        root.output().say(unit, unit.text("id") + " may be fetched again" + (rotate ? ", with another secret" : ""));
    }

    @Command(description = "Stop a hardware id: its identity is not handed out.")
    void block(@Parameters(paramLabel = "ID", description = "MAC, IMEI or serial number.") String id) {
        JsonObject unit = root.api().post(Route.of("line", "units", id, "block"), new JsonObject());
        root.output().say(unit, "blocked " + unit.text("id"));
    }

    @Command(description = "Let a hardware id go on.")
    void unblock(@Parameters(paramLabel = "ID", description = "MAC, IMEI or serial number.") String id) {
        JsonObject unit = root.api().post(Route.of("line", "units", id, "unblock"), new JsonObject());
        root.output().say(unit, "unblocked " + unit.text("id"));
    }

    @Command(description = "Print the report of a batch: what was made, and every unit.")
    void report(
            @Parameters(paramLabel = "BATCH", description = "The name of the batch.") String batch,
            @Option(names = "--csv", description = "The units as CSV, for a spreadsheet.") boolean csv) {
        LineReport report = new LineReport(root);
        if (csv) {
            report.csv(batch);
        } else if (root.output().isJson()) {
            report.json(batch);
        } else {
            report.text(batch);
        }
    }

    private int allowed(AnswerLines answer, String file) {
        Optional<JsonObject> summary = Optional.empty();
        for (Optional<JsonObject> line = answer.next(); line.isPresent(); line = answer.next()) {
            JsonObject told = line.get();
            if (told.has("line")) {
                bad(told, file);
            }
            summary = told.object("summary");
        }
        JsonObject total =
                summary.orElseThrow(() -> new RefusedException("the server ended its answer without a summary"));
        root.output()
                .say(
                        new JsonObject().with("summary", total),
                        total.text("lines") + " lines: " + total.text("listed") + " listed, " + total.text("unchanged")
                                + " unchanged, " + total.text("refused") + " refused");
        return total.number("refused") > 0 ? 1 : 0;
    }

    private void bad(JsonObject line, String file) {
        if (root.output().isJson()) {
            root.output().out().println(line);
        } else {
            root.shell().err().println(file + ":" + line.text("line") + "  " + Printable.of(line.text("detail")));
        }
    }

    private static Route unit(String id) {
        return Route.of("line", "units", id);
    }
}
