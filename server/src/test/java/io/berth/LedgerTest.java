package io.berth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nothing that a device was told is accepted is lost. [Torture] does the same for longer, and to Kafka too.
@Timeout(180)
final class LedgerTest {
    private static final int KILLS = 3;

    /// What a kill can make come again: what was settled since the cursors were kept last, and what was under way.
    private static final long DUPLICATES_OF_A_KILL = 10_000;

    @TempDir
    Path data;

    @Test
    void every_acknowledged_message_comes_to_every_group_through_kills_of_the_server_and_crashes_of_consumers()
            throws Exception {
        try (LedgerRun run = new LedgerRun(data, 1)) {
            for (int i = 0; i < KILLS; i++) {
                run.runs(500, 1_500).consumerCrashes().runs(100, 700).serverIsKilled();
            }
            run.runs(500, 1_000).provesThatNothingIsLost();

            assertThat(run.duplicates("one")).isLessThan(KILLS * DUPLICATES_OF_A_KILL);
            System.out.println("ledger: " + run);
        }
    }
}
