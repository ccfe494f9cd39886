package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.UncheckedIOException;

/// Any bytes at all, after a login or before one, must leave a bystander alone. Without `JAZZER_FUZZ=1` only the
/// recorded inputs run.
final class PacketFuzzTest {
    private static final MqttBed BED = MqttBed.start();
    private static final RawClient BYSTANDER = BED.client().login("bystander", true, 0);

    @FuzzTest(maxDuration = "5s")
    void any_bytes_leave_others_alone(FuzzedDataProvider data) {
        boolean loggedIn = data.consumeBoolean();
        try (RawClient client = BED.client()) {
            if (loggedIn) {
                client.login("fuzzed", data.consumeBoolean(), 60);
            }
            client.send(data.consumeRemainingAsBytes());
        } catch (UncheckedIOException _) {
            // the server closed in the middle of it
        }
        assertThat(BYSTANDER.isAlive()).isTrue();
    }
}
