package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.testing.OpenSslClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Devices with pre-shared keys over TCP against a whole server, as OpenSSL speaks it.
final class PskDevicesTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String OTHER_SECRET = "fedcba9876543210fedcba9876543210";
    private static final String SUITE = "PSK-AES128-CBC-SHA";

    @TempDir
    static Path data;

    private static RunningBerth berth;

    @BeforeAll
    static void start() {
        berth = RunningBerth.on(data, "listener.mqtt-psk.enabled=true", "listener.mqtts.legacy-tls=true");
        Operator operator = berth.operator();
        operator.does("product", "create", "Meter", "--key", "a1pk");
        operator.does("device", "create", "a1pk", "dev1", "--secret", SECRET);
        operator.does("device", "create", "a1pk", "dev2", "--secret", OTHER_SECRET);
        operator.does("device", "create", "a1pk", "dev3", "--secret", SECRET);
        operator.does("device", "create", "a1pk", "dev4", "--secret", SECRET);
    }

    @AfterAll
    static void stop() {
        berth.close();
    }

    /// The identity and the key of the C SDK.
    private static OpenSslClient client(String device, String secret, String suite, String... options) {
        return OpenSslClient.withKey(
                berth.port("mqtt-psk"),
                "devicename|hmacsha256|a1pk&" + device + "|2524608000000",
                key(secret, "ida1pk&" + device + "timestamp2524608000000"),
                suite,
                options);
    }

    private static String key(String secret, String content) {
        return TestDevice.hmacSha256(secret, content).toUpperCase(Locale.ROOT);
    }

    private static int logsIn(OpenSslClient client, String device, String secret) {
        String id = "a1pk." + device;
        String sign = TestDevice.hmacSha256(
                secret, "clientId" + id + "deviceName" + device + "productKeya1pktimestamp2524608000000");
        return client.connects(
                id + "|securemode=2,signmethod=hmacsha256,timestamp=2524608000000|", device + "&a1pk", sign);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PSK-AES128-CBC-SHA",
                "PSK-AES256-CBC-SHA",
                "PSK-AES128-CBC-SHA256",
                "PSK-AES256-CBC-SHA384",
                "PSK-AES128-GCM-SHA256",
                "PSK-AES256-GCM-SHA384",
                "ECDHE-PSK-AES128-CBC-SHA",
                "ECDHE-PSK-AES256-CBC-SHA",
                "ECDHE-PSK-AES128-CBC-SHA256"
            })
    void a_device_logs_in_with_every_suite_of_firmware(String suite) {
        try (OpenSslClient client = client("dev1", SECRET, suite)) {
            assertThat(logsIn(client, "dev1", SECRET)).isZero();
        }
    }

    @Test
    void what_it_sends_arrives_and_is_acknowledged() {
        try (Tail tail = berth.tail("a1pk");
                OpenSslClient client = client("dev1", SECRET, SUITE)) {
            assertThat(logsIn(client, "dev1", SECRET)).isZero();

            String topic = "/a1pk/dev1/user/update";
            client.sends(HexFormat.of().parseHex("3227" + "0016" + hex(topic) + "0001" + hex("by pre-shared")));

            assertThat(client.hears(4)).containsExactly(0x40, 2, 0, 1);
            await().until(tail::line, line -> line.contains("by pre-shared"));
        }
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void the_form_of_the_manual_is_met_with_the_key_of_the_manual() {
        try (OpenSslClient client = OpenSslClient.withKey(
                berth.port("mqtt-psk"),
                "devicename|hmacsha256|a1pk&dev12524608000000",
                key(SECRET, "a1pk&dev12524608000000"),
                SUITE)) {
            assertThat(logsIn(client, "dev1", SECRET)).isZero();
        }
    }

    @Test
    void a_wrong_key_and_an_unknown_device_hear_the_same_and_the_operator_learns_which() {
        String wrong = heardWith("dev2", SECRET);
        String unknown = heardWith("nobody", SECRET);

        assertThat(wrong).contains("bad record mac").isEqualTo(unknown);
        assertThat(explained("dev2"))
                .contains("wrong-signature", "mqtt-psk", "ida1pk&dev2timestamp2524608000000")
                .doesNotContain(OTHER_SECRET);
        assertThat(explained("nobody")).contains("unknown-device", "there is no device \"nobody\"");
    }

    private static String heardWith(String device, String secret) {
        try (OpenSslClient client = client(device, secret, SUITE)) {
            return client.complains().replaceAll("(?m)^[0-9a-f]+:", "");
        }
    }

    private static String explained(String device) {
        return await("a refusal of " + device)
                .until(
                        () -> berth.operator().types("explain", "a1pk", device).out(),
                        text -> text.contains("mqtt-psk"));
    }

    @Test
    void a_device_does_not_get_in_through_the_key_of_another() {
        try (OpenSslClient client = client("dev1", SECRET, SUITE)) {
            assertThat(logsIn(client, "dev3", SECRET)).isEqualTo(5);
        }
        assertThat(explained("dev3")).contains("other-key", "a1pk/dev1", "TLSv1.2 TLS_PSK_WITH_AES_128_CBC_SHA");
    }

    @Test
    void the_key_does_not_stand_for_the_login() {
        try (OpenSslClient client = client("dev1", SECRET, SUITE)) {
            assertThat(logsIn(client, "dev1", OTHER_SECRET)).isEqualTo(4);
        }
    }

    @Test
    void a_disabled_device_is_told_so_once_it_has_logged_in() {
        berth.operator().does("device", "disable", "a1pk", "dev4");
        try (OpenSslClient client = client("dev4", SECRET, SUITE)) {
            assertThat(logsIn(client, "dev4", SECRET)).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1", "-tls1_1"})
    void old_versions_are_refused_where_they_are_not_switched_on(String version) {
        try (OpenSslClient client = client("dev1", SECRET, SUITE, version)) {
            assertThat(client.complains()).contains("protocol version");
        }
    }

    @Test
    void the_table_of_the_start_names_the_listener_and_warns_of_those_that_speak_old_tls() {
        assertThat(berth.announcement().lines())
                .anyMatch(line -> line.contains("mqtt-psk") && line.contains("pre-shared keys"))
                .filteredOn(line -> line.contains("LEGACY TLS, NOT SECURE"))
                .singleElement()
                .asString()
                .contains("mqtts");
    }
}
