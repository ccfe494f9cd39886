package io.berth.core.batch;

import static io.berth.core.ProblemException.require;

import java.time.Duration;

/// How batches may use the server.
///
/// @param maxRunning batches that run at once
/// @param maxOpen batches that are not over
/// @param maxTargets devices of one list
/// @param maxGenerated devices of one registration with made up names
/// @param maxGathered devices of one file, query, group or earlier batch
/// @param maxFileBytes of one such file
/// @param parallel devices of one batch that are worked on at once
/// @param perSecond devices that are worked on in a second, over all batches
/// @param registeredPerSecond devices that are registered in a second, over all batches
/// @param chunk devices that are registered in one transaction
/// @param kept how long a batch is kept after its end
public record BatchLimits(
        int maxRunning,
        int maxOpen,
        int maxTargets,
        int maxGenerated,
        int maxGathered,
        long maxFileBytes,
        int parallel,
        int perSecond,
        int registeredPerSecond,
        int chunk,
        Duration kept) {
    public static final BatchLimits DEFAULT = new BatchLimits(
            4, 1_000, 100_000, 10_000_000, 10_000_000, 4L << 30, 32, 1_000, 50_000, 2_000, Duration.ofDays(30));

    public BatchLimits {
        require(maxRunning > 0 && maxOpen > 0, "batch.max-running and batch.max-open must be positive");
        require(maxTargets > 0 && maxGenerated > 0, "batch.max-targets and batch.max-generated must be positive");
        require(maxGathered > 0 && maxFileBytes > 0, "batch.max-gathered and batch.max-file-bytes must be positive");
        require(parallel > 0 && chunk > 0, "batch.parallel and batch.chunk must be positive");
        require(perSecond > 0 && registeredPerSecond > 0, "batch.per-second and its like must be positive");
    }
}
