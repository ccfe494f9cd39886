package io.berth.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What every batch may be told.
final class BatchTerms {
    @Option(names = "--name", paramLabel = "TEXT", description = "What to call the batch.")
    private @Nullable String name;

    @Option(names = "--at", paramLabel = "TIME", description = "Begin then, as 2026-01-02T03:04:05Z.")
    private @Nullable Instant schedule;

    @Option(names = "--retries", paramLabel = "N", description = "Try a device that failed again, up to 5 times.")
    private @Nullable Integer retries;

    @Option(names = "--retry-after", paramLabel = "TIME", description = "Let it rest before, as 10m.")
    private @Nullable String retryAfter;

    JsonObject into(JsonObject body) {
        return body.with("name", name)
                .with("schedule", schedule == null ? null : schedule.toString())
                .with("retries", retries)
                .with("retryInterval", retryAfter);
    }
}
