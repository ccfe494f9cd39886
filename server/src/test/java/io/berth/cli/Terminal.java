package io.berth.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/// Where a test types its commands: against one server, at one moment.
final class Terminal {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Map<String, String> environment = new HashMap<>();
    private Path defaultData = Path.of("no-such-data");
    private String input = "";
    private boolean interactive;
    private Runnable whenFlushed = () -> {};

    static Terminal of(FakeApi api) {
        return new Terminal().environment("BERTH_SERVER", api.url()).environment("BERTH_TOKEN", "t0ken");
    }

    record Result(int code, String out, String err) {
        JsonObject json() {
            return Json.read(out);
        }
    }

    Terminal environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Terminal defaultData(Path data) {
        defaultData = data;
        return this;
    }

    /// What stands on stdin when it is no terminal.
    Terminal piped(String text) {
        input = text;
        return this;
    }

    /// A person at the keyboard who types this.
    Terminal typed(String text) {
        input = text;
        interactive = true;
        return this;
    }

    /// Runs at each flush of what the command printed.
    Terminal whenFlushed(Runnable action) {
        whenFlushed = action;
        return this;
    }

    Result berth(String... args) {
        StringWriter out = new StringWriter() {
            @Override
            public void flush() {
                whenFlushed.run();
            }
        };
        StringWriter err = new StringWriter();
        Shell shell = new Shell(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                environment,
                defaultData,
                interactive,
                false,
                InstantSource.fixed(NOW),
                ZoneOffset.UTC);
        int code = Cli.run(args, shell);
        return new Result(code, out.toString(), err.toString());
    }
}
