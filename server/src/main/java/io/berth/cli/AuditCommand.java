package io.berth.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The newest first: a table of some, or with `--csv` or `--json` all there are.
@Command(name = "audit")
final class AuditCommand implements Runnable {
    private static final List<String> COLUMNS =
            List.of("time", "caller", "address", "api", "action", "target", "outcome");
    private static final long TABLE = 100;

    private final Root root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--since", paramLabel = "TIME", description = "Like 2026-01-02T03:04:05Z, or 1h for an hour ago.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "The same; not included.")
    private @Nullable String until;

    @Option(names = "--caller", paramLabel = "C", description = "A user, a token's name, an access key, or local.")
    private @Nullable String caller;

    @Option(names = "--api", paramLabel = "A", description = "native, aliyun or huawei.")
    private @Nullable String api;

    @Option(names = "--action", paramLabel = "A", description = "What the call is named in its API.")
    private @Nullable String action;

    @Option(names = "--target", paramLabel = "T", description = "How what it was about begins, as PRODUCT/DEVICE.")
    private @Nullable String target;

    @Option(names = "--failed", description = "Only calls that were refused or went wrong.")
    private boolean failed;

    @Option(names = "--limit", paramLabel = "N", description = "At most N (100 in a table, else all).")
    private @Nullable Long limit;

    @Option(names = "--csv", description = "Comma-separated values with a header.")
    private boolean csv;

    AuditCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        Route audit = Route.of("audit")
                .with("from", moment("--since", since))
                .with("to", moment("--until", until))
                .with("caller", caller)
                .with("api", api)
                .with("action", action)
                .with("target", target)
                .with("failed", failed ? true : null);
        boolean whole = csv || root.output().isJson();
        long most = limit != null ? limit : whole ? Long.MAX_VALUE : TABLE;
        if (csv) {
            PrintWriter out = root.output().out();
            out.println(String.join(",", COLUMNS));
            root.api().list(audit, most, items -> items.forEach(item -> out.println(line(item))));
        } else {
            root.output().list(root.api(), audit, most, COLUMNS.toArray(String[]::new));
        }
    }

    private static String line(JsonObject item) {
        return COLUMNS.stream().map(item::text).map(AuditCommand::quoted).collect(Collectors.joining(","));
    }

    /// As RFC 4180 has it.
    private static String quoted(String text) {
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }

    private @Nullable Instant moment(String option, @Nullable String text) {
        return text == null
                ? null
                : Times.moment(text, root.shell().clock().instant())
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(),
                                option + " is a time like 2026-01-02T03:04:05Z, or how long ago, like 1h, not "
                                        + text));
    }
}
