package io.berth;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.Ledger.Deliveries;
import io.berth.stream.group.GroupsConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nothing that a device was told is accepted is lost. [Torture] does the same for longer, and to Kafka too.
@Tag("slow")
@Timeout(900)
final class LedgerTest {
    private static final int KILLS = 3;

    /// How long before a kill an event may have been accepted that comes again all the same: until it is next
    /// written down where groups stand. The rest is for a machine that has other things to do, and less than
    /// the server runs before the first kill; see docs/events.md.
    private static final Duration MAY_BE_FORGOTTEN =
            GroupsConfig.DEFAULT.saveEvery().plusSeconds(5);

    @TempDir
    Path data;

    @Test
    void every_acknowledged_message_comes_to_every_group_through_kills_of_the_server_and_crashes_of_consumers()
            throws Exception {
        try (LedgerRun run = new LedgerRun(data, 1)) {
            run.runs(7_000, 8_000);
            for (int i = 0; i < KILLS; i++) {
                run.runs(500, 1_500).consumerCrashes().runs(100, 700).serverIsKilled();
            }
            run.runs(500, 1_000).provesThatNothingIsLost();

            System.out.println("ledger: " + run);
            Deliveries one = run.deliveries("one");
            assertThat(one.unaccepted())
                    .as("what its consumer had not accepted when the server was killed, " + run)
                    .isLessThanOrEqualTo((long) KILLS * LedgerReader.ACKNOWLEDGED_AT_ONCE);
            assertThat(one.furthestForgotten())
                    .as("what was accepted since it was written down last, " + run)
                    .isLessThanOrEqualTo(MAY_BE_FORGOTTEN);
        }
    }
}
