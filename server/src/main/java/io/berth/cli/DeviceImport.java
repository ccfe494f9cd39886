package io.berth.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
        Progress csv = new Progress(open(file), shell);
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

    private InputStream open(String file) {
        try {
            return file.equals("-") ? shell.in() : Files.newInputStream(Path.of(file));
        } catch (IOException e) {
            throw RefusedException.unreadable(Path.of(file), e);
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

    /// Shows on a terminal how far the upload is; the server reads no faster than it imports.
    private static final class Progress extends FilterInputStream {
        private static final Duration STEP = Duration.ofMillis(200);

        private final Shell shell;
        private Instant shown;
        private long lines;
        private boolean visible;

        Progress(InputStream csv, Shell shell) {
            super(csv);
            this.shell = shell;
            this.shown = shell.clock().instant();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            for (int i = offset; i < offset + count; i++) {
                lines += bytes[i] == '\n' ? 1 : 0;
            }
            Instant now = shell.clock().instant();
            if (shell.shows() && !now.isBefore(shown.plus(STEP))) {
                shown = now;
                visible = true;
                shell.err().print("\r" + lines + " lines ");
                shell.err().flush();
            }
            return count;
        }

        void clear() {
            if (visible) {
                visible = false;
                shell.err().print("\r\u001b[K");
                shell.err().flush();
            }
        }
    }
}
