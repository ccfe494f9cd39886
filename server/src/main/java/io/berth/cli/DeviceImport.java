package io.berth.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// One import of devices: streams the file up, then reads what became of its lines.
final class DeviceImport {
    private final Api api;
    private final Shell shell;
    private final Output output;
    private final boolean dryRun;

    DeviceImport(Api api, Shell shell, Output output, boolean dryRun) {
        this.api = api;
        this.shell = shell;
        this.output = output;
        this.dryRun = dryRun;
    }

    /// Returns the exit code: 1 when a line was refused.
    int run(String file) {
        // a server that refuses the caller closes the connection under the upload, and its reason is lost
        api.get(Route.of("batches").with("limit", 1)); // needs the same area
        Route route = Route.of("devices", "import")
                .with("dryRun", dryRun)
                .with("verdicts", output.isJson() ? "all" : "refused");
        UploadProgress csv = UploadProgress.of(file, shell);
        try (csv;
                AnswerLines answer = api.send(route, "text/csv", csv)) {
            csv.clear();
            return report(answer, file.equals("-") ? "stdin" : file);
        } catch (IOException e) {
            throw RefusedException.unreadable(Path.of(file), e);
        } catch (RefusedException e) {
            csv.clear();
            throw new RefusedException(
                    e.getMessage() + " (run the import again: devices that are there already stay as they are)");
        }
    }

    private int report(AnswerLines answer, String file) {
        Optional<JsonObject> summary = Optional.empty();
        for (Optional<JsonObject> line = answer.next(); line.isPresent(); line = answer.next()) {
            JsonObject told = line.get();
            if (told.has("verdict")) {
                verdict(told, file);
            }
            summary = told.object("summary");
        }
        JsonObject total =
                summary.orElseThrow(() -> new RefusedException("the server ended its answer without a summary"));
        output.say(new JsonObject().with("summary", total), sentence(total));
        return total.number("refused") > 0 ? 1 : 0;
    }

    private void verdict(JsonObject line, String file) {
        if (output.isJson()) {
            output.out().println(line);
        } else if (line.text("verdict").equals("refused")) {
            shell.err().println(file + ":" + line.text("line") + "  " + Printable.of(line.text("detail")));
        }
    }

    private static String sentence(JsonObject total) {
        long perSecond = total.number("lines") * 1000 / Math.max(1, total.number("millis"));
        return total.text("lines") + " lines: " + total.text("created")
                + (total.is("dryRun") ? " to create, " : " created, ") + total.text("unchanged") + " unchanged, "
                + total.text("refused") + " refused, in " + total.text("millis") + " ms (" + perSecond + "/s)";
    }
}
