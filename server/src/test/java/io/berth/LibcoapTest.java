package io.berth;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.credential.Hmac;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The client of libcoap, as Debian has it (package libcoap3-bin), on GnuTLS and on OpenSSL.
final class LibcoapTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String IDENTITY = "devicename|hmacsha256|a1pk&dev1|2524608000000";
    private static final String KEY =
            signed(Hmac.SHA256, "ida1pk&dev1timestamp2524608000000").toUpperCase(Locale.ROOT);
    private static final String BODY = "{\"productKey\":\"a1pk\",\"deviceName\":\"dev1\",\"clientId\":\"c\",\"sign\":\""
            + signed(Hmac.MD5, "clientIdcdeviceNamedev1productKeya1pk") + "\"}";

    @TempDir
    static Path data;

    private static RunningBerth berth;

    @BeforeAll
    static void start() {
        berth = RunningBerth.on(data);
        berth.operator().does("product", "create", "Meter", "--key", "a1pk");
        berth.operator().does("device", "create", "a1pk", "dev1", "--secret", SECRET);
    }

    @AfterAll
    static void stop() {
        berth.close();
    }

    private static String signed(Hmac method, String content) {
        return method.hex(SECRET.getBytes(StandardCharsets.US_ASCII), content.getBytes(StandardCharsets.US_ASCII));
    }

    /// What the client prints: at this level, each message it sends and gets.
    private static String runs(String program, String... words) throws IOException, InterruptedException {
        Path client = Path.of("/usr/bin", program);
        assertThat(Files.isExecutable(client))
                .as("%s, of Debian's libcoap3-bin", client)
                .isTrue();
        List<String> command = new ArrayList<>(List.of(client.toString(), "-v", "6", "-B", "60"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static String coap(String path) {
        return "coap://127.0.0.1:" + berth.port("coap-sym") + path;
    }

    private static String coaps(String path) {
        return "coaps://127.0.0.1:" + berth.port("coaps") + path;
    }

    private static String token(String said) {
        assertThat(said).contains("2.05").contains("{\"token\":\"");
        int at = said.indexOf("{\"token\":\"") + 10;
        return said.substring(at, said.indexOf('"', at));
    }

    @Test
    void logs_in_in_clear_and_finds_nothing_else() throws Exception {
        assertThat(runs("coap-client-notls", "-m", "post", "-t", "json", "-e", BODY, coap("/auth")))
                .contains("2.05")
                .contains("\"seqOffset\":1");
        assertThat(runs("coap-client-notls", "-m", "get", coap("/.well-known/core")))
                .contains("4.04");
        assertThat(runs("coap-client-notls", "-m", "put", "-e", "x", coap("/auth")))
                .contains("4.05");
    }

    @Test
    void logs_in_with_a_body_in_small_blocks() throws Exception {
        assertThat(runs("coap-client-notls", "-b", "64", "-m", "post", "-t", "json", "-e", BODY, coap("/auth")))
                .contains("Block1:1/_/64")
                .contains("\"seqOffset\":1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"coap-client-gnutls", "coap-client-openssl"})
    void reports_with_a_pre_shared_key(String program) throws Exception {
        String token =
                token(runs(program, "-u", IDENTITY, "-k", KEY, "-m", "post", "-t", "json", "-e", BODY, coaps("/auth")));

        assertThat(runs(
                        program,
                        "-u",
                        IDENTITY,
                        "-k",
                        KEY,
                        "-m",
                        "post",
                        "-O",
                        "2088," + token,
                        "-e",
                        "hello",
                        coaps("/topic/a1pk/dev1/user/update")))
                .contains("2.05")
                .contains("2090:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"coap-client-gnutls", "coap-client-openssl"})
    void reports_to_a_server_it_knows_by_certificate(String program) throws Exception {
        String root = data.resolve("tls/ca.pem").toString();

        assertThat(token(runs(program, "-R", root, "-C", root, "-m", "post", "-t", "json", "-e", BODY, coaps("/auth"))))
                .hasSizeBetween(20, 192);
    }
}
