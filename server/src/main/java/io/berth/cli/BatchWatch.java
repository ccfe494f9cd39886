package io.berth.cli;

import java.time.Duration;

/// Watches a batch until it is over; how far it is shows on a terminal.
final class BatchWatch {
    private static final Duration STEP = Duration.ofMillis(500);

    private final Api api;
    private final Shell shell;

    BatchWatch(Api api, Shell shell) {
        this.api = api;
        this.shell = shell;
    }

    /// The batch as it ended.
    JsonObject untilOver(JsonObject begun) {
        JsonObject batch = begun;
        try {
            while (!batch.has("ended")) {
                show(batch);
                Thread.sleep(STEP);
                batch = api.get(Route.of("batches", batch.text("id")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clear();
        return batch;
    }

    private void show(JsonObject batch) {
        if (shell.shows()) {
            long failed = batch.number("failed");
            shell.err()
                    .print("\r" + batch.text("state") + "  " + (batch.number("done") + failed) + " of "
                            + batch.text("total") + (failed == 0 ? "" : ", " + failed + " failed") + " ");
            shell.err().flush();
        }
    }

    private void clear() {
        if (shell.shows()) {
            shell.err().print("\r\u001b[K");
            shell.err().flush();
        }
    }
}
