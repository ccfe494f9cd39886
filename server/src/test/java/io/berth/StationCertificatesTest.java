package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.berth.LineClient.Answer;
import io.berth.testing.ClientFiles;
import io.berth.testing.OpenSslAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Stations of the line that show a certificate on the web listener, and everybody else there, who has none.
@Tag("slow")
@SuppressWarnings("NullAway.Init") // made before all tests, the unit before each
final class StationCertificatesTest {
    @TempDir
    static Path data;

    @TempDir
    Path folder;

    private static RunningBerth berth;
    private static Operator operator;
    private static String url;

    private String unit;

    @BeforeAll
    static void start() {
        berth = RunningBerth.on(data, "listener.web.tls=true", "line.answer-time=10ms");
        operator = berth.operator();
        url = secured(berth);
        operator.does("product", "create", "Pump", "--key", "pump");
        operator.does("line", "batch", "create", "all", "--product", "pump", "--quota", "100");
    }

    @AfterAll
    static void stop() {
        berth.close();
    }

    @BeforeEach
    void list(TestInfo test) throws IOException {
        unit = "SN-" + Integer.toHexString(test.getDisplayName().hashCode()).toUpperCase(Locale.ROOT);
        Path file = Files.writeString(folder.resolve("list.csv"), unit);
        operator.does("line", "allow", "all", file.toString());
    }

    @Test
    void a_station_shows_the_certificate_that_was_made_for_it() throws IOException {
        ClientFiles bench = made("bench");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.key())))
                .isEqualTo("rw-------");
        LineClient station = showing(bench);

        Answer issued = station.asks("", unit);
        assertThat(issued.status()).as(issued.text()).isEqualTo(200);
        assertThat(issued.json().get("deviceName").asString()).isEqualTo(unit);
        assertThat(station.confirms("", unit).status()).isEqualTo(204);
        assertThat(operator.types("--json", "audit", "--target", unit).lines())
                .extracting(record -> record.get("caller").asString())
                .containsOnly("station bench");
        JsonNode listed = operator.types("--json", "line", "station", "list").lines().stream()
                .filter(line -> line.get("name").asString().equals("bench"))
                .findFirst()
                .orElseThrow();
        assertThat(listed.get("proof").asString()).isEqualTo("certificate");
        assertThat(listed.get("expires").asString()).startsWith("20");
        assertThat(listed.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void curl_shows_a_certificate_the_station_had_before() throws Exception {
        OpenSslAuthority works = OpenSslAuthority.root(folder.resolve("works"), "/O=Works/CN=Works root");
        ClientFiles burner = works.signs("burner", "/O=Works/CN=burner 4");
        JsonNode added = add("burner", "--certificate", burner.certificate().toString());
        assertThat(added.get("sha256").asString())
                .isEqualTo(works.fingerprint(burner, "sha256").replace(":", "").toLowerCase(Locale.ROOT));
        assertThat(added.has("privateKey")).isFalse();

        assertThat(curl(
                        "--cert",
                        burner.certificate().toString(),
                        "--key",
                        burner.key().toString()))
                .contains("\"deviceName\":\"" + unit + "\"");
        assertThat(curl()).contains("requester.unknown");
        assertThat(operator.isRefused(
                        "line",
                        "station",
                        "add",
                        "second",
                        "--network",
                        "127.0.0.1",
                        "--certificate",
                        burner.certificate().toString()))
                .contains("\"burner\" has this certificate");
    }

    @Test
    void a_certificate_of_somebody_else_is_nobodys_whatever_it_says() throws IOException {
        ClientFiles real = made("guarded");
        OpenSslAuthority forger = OpenSslAuthority.root(folder.resolve("forger"), "/CN=Berth devices");
        ClientFiles sameName = forger.signs("same", "/OU=line station/CN=guarded");
        operator.does("device", "create", "pump", "guarded");
        operator.does(
                "cert",
                "issue",
                "pump",
                "guarded",
                "--into",
                folder.resolve("device").toString());
        ClientFiles device = new ClientFiles(
                folder.resolve("device").resolve("guarded.crt"),
                folder.resolve("device").resolve("guarded.key"));

        for (ClientFiles wrong : List.of(sameName, device, forger.signsExpired("old", "/CN=old"))) {
            assertThat(showing(wrong).asks("", unit).status()).isEqualTo(401);
        }
        assertThat(empty().asks("", unit).status()).isEqualTo(401);
        // who has the certificate and not its key does not even get a connection
        LineClient thief = showing(new ClientFiles(real.certificate(), sameName.key()));
        assertThatThrownBy(() -> thief.asks("", unit)).isInstanceOf(LineClient.GoneException.class);

        List<JsonNode> refusals = refusals();
        assertThat(refusals)
                .extracting(refusal -> refusal.get("fault").asString())
                .containsExactly(
                        "missing-parameter", "untrusted-certificate", "untrusted-certificate", "untrusted-certificate");
        assertThat(refusals.getLast().get("fields").get("sha256").asString())
                .isEqualTo(
                        forger.fingerprint(sameName, "sha256").replace(":", "").toLowerCase(Locale.ROOT));
        assertThat(operator.types("explain", "--unit", unit).out())
                .contains("CN=guarded", "no station has", "web, 127.0.0.1, https");
        assertThat(showing(real).asks("", unit).status()).isEqualTo(200);
    }

    @Test
    void a_certificate_that_is_replaced_or_taken_back_is_worth_nothing_on_open_and_resumed_connections()
            throws IOException {
        SSLContext first = made("moving").context();
        LineClient open = new LineClient(url, first);
        assertThat(open.asks("", unit).status()).isEqualTo(200);
        assertThat(new LineClient(url, first).asks("", unit).status()).isEqualTo(200);

        Path again = folder.resolve("again");
        operator.does("line", "station", "rotate", "moving", "--into", again.toString());
        assertThat(open.asks("", unit).status()).isEqualTo(401);
        assertThat(new LineClient(url, first).asks("", unit).status()).isEqualTo(401);
        LineClient second = showing(new ClientFiles(again.resolve("moving.crt"), again.resolve("moving.key")));
        assertThat(second.asks("", unit).status()).isEqualTo(200);

        String token = operator.does("line", "station", "rotate", "moving", "--proof", "token")
                .get("secret")
                .asString();
        assertThat(second.asks("", unit).status()).isEqualTo(401);
        assertThat(second.asks(token, unit).status()).isEqualTo(200);

        operator.types("line", "station", "remove", "moving", "--yes");
        assertThat(second.asks(token, unit).status()).isEqualTo(401);
    }

    @Test
    void a_station_with_a_certificate_is_held_to_its_network_and_its_products() throws IOException {
        add("far", "--network", "10.0.0.0/8", "--proof", "certificate", "--into", folder.toString());
        assertThat(showing(filesOf("far")).asks("", unit).status()).isEqualTo(401);
        assertThat(refusals().getFirst().get("fault").asString()).isEqualTo("not-entitled");

        add("valves", "--product", "valve", "--proof", "certificate", "--into", folder.toString());
        assertThat(showing(filesOf("valves")).asks("", unit).status()).isEqualTo(404);
    }

    @Test
    void certificates_that_cannot_work_are_refused_when_they_are_given() throws IOException {
        OpenSslAuthority works = OpenSslAuthority.root(folder.resolve("works"), "/CN=Works root");
        String[] add = {"line", "station", "add", "none", "--network", "127.0.0.1"};
        String expired = works.signsExpired("old", "/CN=old").certificate().toString();
        assertThat(operator.isRefused(with(add, "--certificate", expired))).contains("ended at");
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "nothing");
        assertThat(operator.isRefused(with(add, "--certificate", garbage.toString())))
                .contains("PEM");
        String good = works.signs("good", "/CN=good").certificate().toString();
        assertThat(operator.isRefused(with(add, "--certificate", good, "--proof", "token")))
                .contains("brings its certificate");
        assertThat(operator.isRefused("line", "station", "rotate", "nobody")).contains("no station");
    }

    @Test
    void whoever_has_no_certificate_or_another_one_works_with_the_server_as_before() throws Exception {
        made("somebody");
        assertThat(operator.types("device", "list", "pump").code()).isZero(); // over TLS, with nothing to show
        assertThat(curl("-o", "/dev/null", "-w", "%{http_code}")).isEqualTo("401");
        assertThat(empty().gets("/health/live", "").status()).isEqualTo(200);
        ClientFiles personal =
                OpenSslAuthority.root(folder.resolve("person"), "/CN=Person").signs("me", "/CN=me");
        assertThat(showing(personal).gets("/health/live", "").status()).isEqualTo(200);

        String token = add("plain").get("secret").asString();
        assertThat(empty().asks(token, unit).status()).isEqualTo(200);
        assertThat(showing(personal).asks(token, unit).status()).isEqualTo(200);
    }

    @Test
    void by_get_nothing_is_handed_out_unless_that_is_switched_on() throws IOException {
        LineClient station = showing(made("modern"));
        assertThat(station.gets("/cert/v1/device?deviceId=" + unit, "").status())
                .isEqualTo(405);
    }

    @Test
    void clients_are_asked_only_while_some_station_has_one_also_after_a_restart(@TempDir Path other) throws Exception {
        try (RunningBerth fresh = RunningBerth.on(other, "listener.web.tls=true")) {
            assertThat(asks(fresh)).isFalse();
            fresh.operator().does("line", "station", "add", "s", "--network", "127.0.0.1", "--proof", "certificate");
            assertThat(asks(fresh)).isTrue();
        }
        try (RunningBerth again = RunningBerth.on(other, "listener.web.tls=true")) {
            assertThat(asks(again)).isTrue();
            again.operator().types("line", "station", "remove", "s", "--yes");
            assertThat(asks(again)).isFalse();
        }
    }

    private ClientFiles made(String name) throws IOException {
        add(name, "--proof", "certificate", "--into", folder.toString());
        return filesOf(name);
    }

    private ClientFiles filesOf(String name) {
        return new ClientFiles(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
    }

    private static JsonNode add(String name, String... words) {
        String[] add = {"line", "station", "add", name};
        boolean far = List.of(words).contains("--network");
        return operator.does(with(add, far ? words : with(words, "--network", "127.0.0.1")));
    }

    private static String[] with(String[] words, String... more) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static LineClient showing(ClientFiles files) {
        return new LineClient(url, files.context());
    }

    private static LineClient empty() {
        return new LineClient(url, ClientFiles.emptyHanded());
    }

    private static String secured(RunningBerth server) {
        return "https://127.0.0.1:" + server.port("web");
    }

    /// Why the unit was not handed out, the newest first.
    private List<JsonNode> refusals() {
        return await().until(
                        () -> operator.types("--json", "explain", "--unit", unit, "--limit", "20")
                                .lines(),
                        lines -> !lines.isEmpty());
    }

    /// What curl hears that asks for the unit.
    private String curl(String... options) throws Exception {
        String[] ask = {
            "curl", "-s", "--cacert", data.resolve("tls/ca.pem").toString(), "-d", "{\"deviceId\":\"" + unit + "\"}"
        };
        return said(with(with(ask, options), url + "/cert/v1/device"));
    }

    /// Whether OpenSSL is asked for a certificate.
    private static boolean asks(RunningBerth server) throws Exception {
        return said("openssl", "s_client", "-connect", "127.0.0.1:" + server.port("web"))
                .contains("Requested Signature Algorithms");
    }

    private static String said(String... line) throws Exception {
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return text;
    }
}
