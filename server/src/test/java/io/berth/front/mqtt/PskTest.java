package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections with pre-shared keys, and what strangers send to their listener: the others go on.
final class PskTest {
    private static final int SUITE = CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA;

    /// The beginning of a ClientHello whose end never comes.
    private static final String HALF_A_HELLO = "1603010200010001fc0303";

    private final MqttBed bed = MqttBed.with()
            .preSharedKeys(new MqttConfig.Psk(3, 2))
            .connectTimeout(MqttBed.NO_HURRY)
            .start();
    private final RawClient bystander = bed.client();

    @BeforeEach
    void bystander_comes() {
        bystander.login("bystander");
    }

    @AfterEach
    void bystander_is_unharmed() {
        assertThat(bystander.isAlive()).isTrue();
        bystander.close();
        bed.close();
    }

    private PskClient open(String identity, String key, int suite) throws IOException {
        return PskClient.open(bed.port("mqtt-psk"), identity, key, suite);
    }

    /// OpenSSL knows no such suites; those it knows are in `PskDevicesTest`.
    @ParameterizedTest
    @ValueSource(
            ints = {CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384
            })
    void suites_with_forward_secrecy_are_spoken(int suite) throws IOException {
        try (PskClient client = open("key-of d1", "right", suite)) {
            assertThat(client.logsIn("d1")).isZero();
        }
    }

    @Test
    void packets_longer_than_a_record_pass_both_ways() throws IOException {
        try (PskClient client = open("key-of d1", "right", SUITE)) {
            assertThat(client.logsIn("d1")).isZero();

            // 50,000 octets at QoS 0 on a topic that echoes
            client.sends("30d98603" + "0007" + "75702f6563686f" + "78".repeat(50_000));

            assertThat(client.hears(8)).startsWith(0x30);
        }
    }

    @Test
    void a_key_that_has_to_be_looked_up_holds_nobody_up() throws Exception {
        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> {
            try (PskClient client = open("key-of slow1", "right", SUITE)) {
                return client.logsIn("slow1");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(bystander.isAlive()).isTrue();
        assertThat(answer).isNotDone();

        bed.directory.lookup.complete(null);

        await().until(answer::isDone);
        assertThat(answer.get()).isZero();
    }

    @Test
    void a_store_that_does_not_answer_is_no_wrong_key() {
        bed.directory.lookup.completeExceptionally(new ProblemException(Problem.STORAGE_UNAVAILABLE, "no disk"));

        assertThatThrownBy(() -> open("key-of slow1", "right", SUITE))
                .satisfies(alert(AlertDescription.internal_error));

        assertThat(onlyRefusal().fault()).isEqualTo(LoginFault.UNAVAILABLE);
        assertThat(onlyRefusal().cause()).contains("no disk");
    }

    @Test
    void an_alert_reaches_also_who_is_still_sending() throws IOException {
        bed.directory.lookup.completeExceptionally(new ProblemException(Problem.STORAGE_UNAVAILABLE, "no disk"));

        assertThatThrownBy(() -> PskClient.openSlowly(bed.port("mqtt-psk"), "key-of slow1", "right", SUITE))
                .satisfies(alert(AlertDescription.internal_error));
        await().until(() -> bed.front.connections() == 1); // the bystander
    }

    @ParameterizedTest
    @ValueSource(strings = {"key-of d1", "key-of unknown1", "no form of anybody's"})
    void a_wrong_key_is_all_a_stranger_hears_of(String identity) {
        assertThatThrownBy(() -> open(identity, "wrong", SUITE)).satisfies(alert(AlertDescription.bad_record_mac));

        Refusal refusal = onlyRefusal();
        assertThat(refusal.claimed())
                .isEqualTo(identity.startsWith("key-of ") ? "p/" + identity.substring(7) : identity);
        assertThat(refusal.channel().listener()).isEqualTo("mqtt-psk");
        await().until(() -> bed.traffic.count("dropped tls handshake") == 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 300, 7_000})
    void an_identity_of_any_length_is_kept_short(int length) {
        assertThatThrownBy(() -> open("i".repeat(length), "right", SUITE))
                .satisfies(alert(AlertDescription.bad_record_mac));

        assertThat(onlyRefusal().claimed().length()).isEqualTo(Math.min(256, length));
    }

    @Test
    void an_identity_too_long_for_a_handshake_ends_it() {
        assertThatThrownBy(() -> open("i".repeat(60_000), "right", SUITE)).isInstanceOf(IOException.class);
        await().until(() -> bed.traffic.count("dropped tls handshake") == 1);
    }

    @Test
    void explanations_of_one_device_come_to_an_end() {
        for (int i = 0; i < 8; i++) {
            assertThatThrownBy(() -> open("key-of d1", "wrong", SUITE)).isInstanceOf(IOException.class);
        }

        await().until(() -> bed.traffic.count("login fake too_many_failures") == 3);
        assertThat(bed.refusals.all).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100c00044d5154540402003c0000", // MQTT in clear
                "474554202f20485454502f312e310d0a0d0a", // HTTP
                "160301ffff0101", // a record longer than any
                "16030100050100000100", // a hello without content
                "15030100020228", // an alert first
                "17030300050000000000", // data first
                "140303000101", // ChangeCipherSpec first
                "802e0103010015000000", // SSL 2
                "160301002d0100002903035a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a000002c02f0100", // no PSK
                "00000000000000000000000000000000"
            })
    void what_is_no_handshake_ends_at_once(String hex) throws IOException {
        for (int i = 0; i < 4; i++) { // more than may be under way
            try (RawClient client = RawClient.open(bed.port("mqtt-psk"))) {
                client.send(hex);
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
        assertThat(bed.traffic.count("dropped tls handshake")).isEqualTo(4);
        assertThat(bed.refusals.all).isEmpty();
    }

    @Test
    void more_than_a_handshake_takes_is_not_kept() throws IOException {
        try (RawClient client = RawClient.open(bed.port("mqtt-psk"))) {
            client.send("1603014000" + "01003ffc" + "00".repeat(16_380) + "1603014000" + "00".repeat(16_384));
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void handshakes_under_way_take_no_more_than_their_share() throws IOException {
        try (RawClient one = RawClient.open(bed.port("mqtt-psk"));
                RawClient two = RawClient.open(bed.port("mqtt-psk"))) {
            for (RawClient half : List.of(one, two)) {
                half.send(HALF_A_HELLO);
            }
            await().until(() -> bed.front.connections() == 3);
            // what they sent is read in the turn of the loop that reads the first of these, at the latest
            assertThat(bystander.isAlive()).isTrue();
            assertThat(bystander.isAlive()).isTrue();
            assertThatThrownBy(() -> open("key-of d1", "right", SUITE)).isInstanceOf(IOException.class);
            assertThat(bed.traffic.count("dropped too many handshakes")).isEqualTo(1);
        }
        await().until(() -> bed.front.connections() == 1); // the bystander
        try (PskClient client = open("key-of d1", "right", SUITE)) {
            assertThat(client.logsIn("d1")).isZero();
        }
    }

    @Test
    void handshakes_that_never_end_are_ended_and_leave_their_places_to_others() {
        try (MqttBed quick = MqttBed.with()
                .preSharedKeys(new MqttConfig.Psk(3, 2))
                .second(Duration.ofMillis(20))
                .start()) {
            for (int i = 0; i < 4; i++) { // more than may be under way
                try (RawClient half = RawClient.open(quick.port("mqtt-psk"))) {
                    half.send(HALF_A_HELLO);
                    assertThat(half.isClosedByServer()).isTrue();
                }
            }
            assertThat(quick.traffic.count("dropped connect timeout")).isEqualTo(4);
            assertThat(quick.traffic.count("dropped too many handshakes")).isZero();
        }
    }

    @Test
    void a_record_that_was_tampered_with_ends_the_connection() throws IOException {
        try (PskClient client = open("key-of d1", "right", SUITE)) {
            assertThat(client.logsIn("d1")).isZero();

            client.sendsInClear("1703030034" + "00".repeat(52));

            assertThatThrownBy(() -> client.hears(1)).satisfies(alert(AlertDescription.bad_record_mac));
        }
        await().until(() -> !bed.isOnline("d1"));
    }

    @Test
    void old_versions_are_spoken_where_they_are_switched_on() throws IOException {
        for (ProtocolVersion version : List.of(ProtocolVersion.TLSv10, ProtocolVersion.TLSv11)) {
            try (PskClient client = PskClient.open(bed.port("old-psk"), "key-of d1", "right", SUITE, version)) {
                assertThat(client.logsIn("d1")).isZero();
            }
            assertThatThrownBy(() -> PskClient.open(bed.port("mqtt-psk"), "key-of d1", "right", SUITE, version))
                    .satisfies(alert(AlertDescription.protocol_version));
        }
    }

    private Refusal onlyRefusal() {
        await().until(() -> !bed.refusals.all.isEmpty());
        assertThat(bed.refusals.all).hasSize(1);
        return bed.refusals.all.getFirst();
    }

    private static Consumer<Throwable> alert(short description) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        TlsFatalAlertReceived.class,
                        received -> assertThat(received.getAlertDescription()).isEqualTo(description));
    }
}
