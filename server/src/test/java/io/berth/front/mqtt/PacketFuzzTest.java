package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Any bytes at all, after a login or before one, must leave a bystander alone. Without `JAZZER_FUZZ=1` only the
/// recorded inputs run.
@Tag("slow")
final class PacketFuzzTest {
    private static final MqttBed BED = MqttBed.start();
    private static final RawClient BYSTANDER = BED.client().login("bystander", true, 0);

    @AfterAll
    static void stop() {
        BYSTANDER.close();
        BED.close();
    }

    /// The short form for every build: sound packets with bytes changed, cut or doubled, the same ones each time.
    @Test
    void changed_packets_leave_others_alone() {
        Random random = new Random(20_261_121);
        for (int i = 0; i < 400; i++) {
            byte[] login = RawClient.connect("MQTT", i % 3 + 3, 0xC2, 60, "c", "fuzzed", "right");
            byte[] bytes = i % 4 == 0 ? login : sound(random.nextInt(4));
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try (RawClient client = BED.client()) {
                if (i % 4 != 0) {
                    client.login("fuzzed", true, 60);
                }
                client.send(Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length + 8)));
            } catch (UncheckedIOException _) {
                // the server closed in the middle of it
            }
        }
        assertThat(BYSTANDER.isAlive()).isTrue();
        await().until(() -> BED.front.connections() == 1);
    }

    private static byte[] sound(int kind) {
        return switch (kind) {
            case 0 -> RawClient.publish("up/a", 1, 5, "hello");
            case 1 -> RawClient.subscribe(1, 1, "a/+", "b/#");
            case 2 -> RawClient.unsubscribe(2, "a/+");
            default -> RawClient.puback(3);
        };
    }

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
