package io.berth;

import io.berth.storage.PostgresServer;
import io.berth.testing.KafkaPeer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills everything at random points for as long as `torture.minutes` says, and prints the figures. `make torture` runs
/// it; it is no part of `make check`.
final class Torture {
    private static final double MINUTES = Double.parseDouble(System.getProperty("torture.minutes", "3"));
    private static final Duration LENGTH = Duration.ofSeconds((long) (60 * MINUTES));
    private static final long SEED = Long.getLong("torture.seed", System.nanoTime());

    @TempDir
    Path directory;

    /// Small files and frequent housekeeping, so that kills meet commits, checkpoints and retention.
    @Test
    void the_embedded_log() throws Exception {
        try (LedgerRun run = new LedgerRun(directory.resolve("data"), SEED)) {
            Instant end = Instant.now().plus(LENGTH);
            while (Instant.now().isBefore(end)) {
                run.runs(200, 4_000).consumerCrashes().runs(100, 1_000).serverIsKilled();
            }
            run.provesThatNothingIsLost();
            System.out.println("torture of the embedded log, seed " + SEED + ": " + run);
        }
    }

    /// Kafka is killed and held, and the server with it.
    @Test
    void kafka() throws Exception {
        Random random = new Random(SEED);
        try (KafkaPeer broker = KafkaPeer.start(directory.resolve("kafka"));
                LedgerRun run = new LedgerRun(
                        directory.resolve("data"), SEED, "--set", "stream.kafka.servers=" + broker.servers())) {
            Instant end = Instant.now().plus(LENGTH);
            while (Instant.now().isBefore(end)) {
                run.runs(500, 4_000).consumerCrashes();
                if (random.nextBoolean()) {
                    broker.kill();
                    run.runs(100, 3_000);
                    broker.restart();
                } else {
                    run.runs(100, 1_000).serverIsKilled();
                }
            }
            run.provesThatNothingIsLost();
            System.out.println("torture of Kafka, seed " + SEED + ": " + run);
        }
    }

    /// The store is PostgreSQL, which crashes too: what it has not kept of cursors may come twice.
    @Test
    void postgres() throws Exception {
        Random random = new Random(SEED);
        PostgresServer postgres = PostgresServer.running();
        try (LedgerRun run =
                new LedgerRun(directory.resolve("data"), SEED, "--set", "storage.url=" + postgres.newSchema())) {
            Instant end = Instant.now().plus(LENGTH);
            while (Instant.now().isBefore(end)) {
                run.runs(500, 4_000).consumerCrashes();
                if (random.nextBoolean()) {
                    postgres.crash(() -> LockSupport.parkNanos(
                            Duration.ofMillis(random.nextInt(2_000)).toNanos()));
                } else {
                    run.runs(100, 1_000).serverIsKilled();
                }
            }
            run.provesThatNothingIsLost();
            System.out.println("torture of PostgreSQL, seed " + SEED + ": " + run);
        }
    }
}
