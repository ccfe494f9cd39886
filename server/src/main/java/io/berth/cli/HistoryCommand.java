package io.berth.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "history")
final class HistoryCommand implements Runnable {
    private static final Duration PLOTTED = Duration.ofHours(24);

    private final Root root;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "The key of the device's product.")
    private String product = "";

    @Parameters(index = "1", paramLabel = "DEVICE", description = "The name of the device.")
    private String device = "";

    @Parameters(index = "2", paramLabel = "ID", description = "The property or event; of a module, MODULE:ID.")
    private String key = "";

    @Option(names = "--events", description = "ID is an event.")
    private boolean events;

    @Option(names = "--from", paramLabel = "TIME", description = "Like 2026-01-02T03:04:05Z, or 2h for two hours ago.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "The same; not included.")
    private @Nullable String to;

    @Option(
            names = "--bucket",
            paramLabel = "TIME",
            description = "Gather the numbers of a time: count, min, max, avg.")
    private @Nullable Duration bucket;

    @Option(names = "--plot", description = "Draw the averages, the last day's unless told otherwise.")
    private boolean plot;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most N values.")
    private long limit;

    @Option(names = "--oldest", description = "The oldest first.")
    private boolean oldest;

    HistoryCommand(Root root) {
        this.root = root;
    }

    @Override
    public void run() {
        Instant now = root.shell().clock().instant();
        Instant end = to == null ? null : moment("--to", to, now);
        Instant start = from == null ? null : moment("--from", from, now);
        if (plot) {
            plot(start, end == null ? now : end);
        } else if (bucket != null) {
            buckets(start, end, bucket);
        } else {
            values(start, end);
        }
    }

    private void values(@Nullable Instant start, @Nullable Instant end) {
        Route route = route(start, end).with("kind", events ? "event" : null).with("order", oldest ? "oldest" : null);
        root.output().list(root.api(), route, limit, "time", "value");
    }

    private void buckets(@Nullable Instant start, @Nullable Instant end, Duration width) {
        root.output().list(gathered(start, end, width).objects("buckets"), "start", "count", "min", "max", "average");
    }

    private void plot(@Nullable Instant start, Instant end) {
        Instant first = start == null ? end.minus(PLOTTED) : start;
        int columns = Plot.columns(root.shell().columns());
        Duration width = bucket == null ? Plot.width(Duration.between(first, end), columns) : bucket;
        JsonObject gathered = gathered(first, end, width);
        if (root.output().isJson()) {
            root.output().say(gathered, "");
            return;
        }
        List<Plot.Point> points = gathered.objects("buckets").stream()
                .map(each ->
                        new Plot.Point(each.instant("start").orElse(first), Double.parseDouble(each.text("average"))))
                .toList();
        if (points.isEmpty()) {
            throw new RefusedException(product + "/" + device + " has no numbers of " + key + " in that time");
        }
        new Plot(first, end, columns, root.output().times())
                .lines(points)
                .forEach(root.shell().out()::println);
    }

    private JsonObject gathered(@Nullable Instant start, @Nullable Instant end, Duration width) {
        return root.api().get(route(start, end).with("bucket", Math.max(1, width.toSeconds())));
    }

    private Route route(@Nullable Instant start, @Nullable Instant end) {
        return Route.of("products", product, "devices", device, "history")
                .with("key", key)
                .with("from", start)
                .with("to", end);
    }

    private Instant moment(String option, String text, Instant now) {
        return Times.moment(text, now)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        option + " is a time like 2026-01-02T03:04:05Z, or how long ago, like 2h, not " + text));
    }
}
