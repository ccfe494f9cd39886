package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.testing.ClientFiles;
import io.berth.testing.OpenSslAuthority;
import io.berth.testing.OpenSslDevice;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Certificates that the platform makes for devices, with Alibaba's firmware (spec aliyun-device 1.6).
@Tag("slow")
final class OwnCertificatesTest {
    private static final String ANYONE = ".|securemode=2,_ss=1|";

    @TempDir
    static Path data;

    @TempDir
    Path folder;

    private static RunningBerth berth;
    private static Operator operator;

    @BeforeAll
    static void start() {
        berth = RunningBerth.on(data);
        operator = berth.operator();
        operator.does("product", "create", "Meters", "--key", "x509", "--huawei-id", "hx", "--auth", "x509");
        operator.does("product", "create", "Lamps", "--key", "plain");
    }

    @AfterAll
    static void stop() {
        berth.close();
    }

    @Test
    void a_device_learns_who_it_is_and_says_so_from_then_on() {
        ClientFiles files = issued("x509", "learner");
        try (TestDevice device = anyone(files).connects()) {
            TestDevice.Heard heard = device.hears();
            assertThat(heard.topic()).isEqualTo("/ext/auth/identity/response");
            assertThat(heard.text()).isEqualTo("{\"productKey\":\"x509\",\"deviceName\":\"learner\"}");
        }
        try (TestDevice device = named(files, "learner&x509").connects()) {
            device.publishes("/x509/learner/user/update", "{}");
        }
        try (TestDevice device = named(files, "learner&x509").password("").connects()) {
            assertThat(device.isConnected()).isTrue();
        }
    }

    @Test
    void names_of_another_device_are_refused() {
        ClientFiles files = issued("x509", "honest");
        assertThat(named(files, "other&x509").isRefusedWith()).isEqualTo(5);
        assertThat(why("x509", "honest")).isEqualTo("other-certificate");
    }

    @Test
    void secrets_do_not_open_what_certificates_do_and_the_other_way_round() {
        ClientFiles lamp = issued("plain", "lamp");
        operator.does("device", "create", "x509", "signer", "--secret", "13579bdf02468ace13579bdf02468ace");

        assertThat(anyone(lamp).isRefusedWith()).isEqualTo(5);
        assertThat(why("plain", "lamp")).isEqualTo("wrong-auth-kind");
        assertThat(berth.alibaba("x509", "signer", "13579bdf02468ace13579bdf02468ace")
                        .isRefusedWith())
                .isEqualTo(5);
        assertThat(why("x509", "signer")).isEqualTo("wrong-auth-kind");
    }

    @Test
    void a_certificate_that_is_taken_back_ends_its_session_and_lets_nobody_in_again() {
        ClientFiles files = issued("x509", "stolen");
        String serial = serialOf("stolen");
        try (TestDevice device = anyone(files).connects()) {
            device.hears();
            operator.does("cert", "revoke", "x509", "stolen", serial);
            device.losesItsConnection();
        }
        assertThat(anyone(files).isRefusedWith()).isEqualTo(5);
        assertThat(why("x509", "stolen")).isEqualTo("certificate-revoked");
        operator.does("cert", "renew", "x509", "stolen", "--into", folder.toString());
        anyone(new ClientFiles(folder.resolve("stolen.crt"), folder.resolve("stolen.key")))
                .connects()
                .close();
    }

    @Test
    void a_renewed_certificate_replaces_the_one_before() {
        ClientFiles old = issued("x509", "renewed");
        Path into = folder.resolve("new");
        operator.does("cert", "renew", "x509", "renewed", "--key", "rsa", "--into", into.toString());

        anyone(new ClientFiles(into.resolve("renewed.crt"), into.resolve("renewed.key")))
                .connects()
                .close();
        assertThat(anyone(old).isRefusedWith()).isEqualTo(5);
        assertThat(operator.types("cert", "list", "x509", "renewed").out()).contains("revoked", "valid");
    }

    @Test
    void a_forged_certificate_is_refused_whatever_it_says() throws IOException {
        ClientFiles files = issued("x509", "real");
        String subject = operator.does("cert", "root").path("certificate").stringValue();
        Path root = Files.writeString(folder.resolve("root.pem"), subject);
        OpenSslAuthority forger = OpenSslAuthority.root(folder.resolve("forger"), "/" + commonName(root));
        ClientFiles forged = forger.signs("real", "/OU=x509/CN=real");

        assertThat(anyone(forged).isRefusedWith()).isEqualTo(5);
        JsonNode refusal = newest("untrusted-certificate");
        assertThat(refusal.path("cause").stringValue()).contains("bears the name of this platform");
        assertThat(refusal.path("fields").path("certificate").stringValue()).contains("CN=real");
        anyone(files).connects().close();
    }

    @Test
    void without_a_certificate_the_form_of_one_is_refused_and_explained() {
        assertThat(TestDevice.showing(ClientFiles.nothing(), berth.port("mqtts"), ANYONE, "&")
                        .isRefusedWith())
                .isEqualTo(5);
        newest("no-certificate");
    }

    @Test
    void a_device_with_a_secret_shakes_hands_without_a_certificate() {
        operator.does("device", "create", "plain", "quiet", "--secret", "13579bdf02468ace13579bdf02468ace");
        TestDevice signed = berth.alibaba("plain", "quiet", "13579bdf02468ace13579bdf02468ace");
        TestDevice.showing(ClientFiles.nothing(), berth.port("mqtts"), signed.clientId(), signed.username())
                .password(signed.password())
                .connects()
                .close();
    }

    @Test
    void openssl_is_a_device_too() {
        ClientFiles files = issued("x509", "by-openssl");
        try (OpenSslDevice device = OpenSslDevice.connect(berth.port("mqtts"), files, ".|securemode=2|", "&")) {
            assertThat(device.isAnswered()).isZero();
            assertThat(new String(device.hears(2 + 2 + 27 + 47), StandardCharsets.US_ASCII))
                    .endsWith("{\"productKey\":\"x509\",\"deviceName\":\"by-openssl\"}");
        }
    }

    @Test
    void the_certificates_of_a_batch_come_by_a_link() throws Exception {
        JsonNode batch = operator.does("batch", "register", "x509", "--count", "20", "--prefix", "z-", "--wait");
        String url = operator.does("cert", "link", batch.path("id").stringValue())
                .path("url")
                .stringValue();

        List<String> names = unpack(url);
        assertThat(names).hasSize(41).contains("root.pem", "z-0001.crt", "z-0001.key", "z-0020.key");
        anyone(new ClientFiles(folder.resolve("z-0007.crt"), folder.resolve("z-0007.key")))
                .connects()
                .close();
        assertThat(unpack(url)).hasSize(41);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest other = HttpRequest.newBuilder(URI.create(url.replaceAll("[0-9a-f]{8}\\.zip", "00000000.zip")))
                    .build();
            assertThat(http.send(other, HttpResponse.BodyHandlers.discarding()).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void a_key_is_handed_out_again_while_it_is_kept() {
        issued("x509", "again");
        String serial = serialOf("again");
        JsonNode handed = operator.does("cert", "download", "x509", "again", serial);
        assertThat(handed.path("privateKey").stringValue()).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(operator.types("cert", "show", "x509", "again", serial).out())
                .doesNotContain("PRIVATE");
        assertThat(operator.isRefused("cert", "show", "x509", "again", "77")).contains("no certificate 77");
    }

    private List<String> unpack(String url) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(URI.create(url).toURL().openStream())) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                Files.write(folder.resolve(entry.getName()), zip.readAllBytes());
            }
        }
        return names;
    }

    private ClientFiles issued(String product, String device) {
        operator.does("device", "create", product, device);
        operator.does("cert", "issue", product, device, "--into", folder.toString());
        return new ClientFiles(folder.resolve(device + ".crt"), folder.resolve(device + ".key"));
    }

    private static TestDevice anyone(ClientFiles files) {
        return TestDevice.showing(files.shown(), berth.port("mqtts"), ANYONE, "&");
    }

    private static TestDevice named(ClientFiles files, String username) {
        return TestDevice.showing(files.shown(), berth.port("mqtts"), "any|securemode=2|", username);
    }

    private static String serialOf(String device) {
        return operator.types("--json", "cert", "list", "x509", device)
                .lines()
                .getFirst()
                .path("serial")
                .stringValue();
    }

    private static String why(String product, String device) {
        return await().until(
                        () -> operator.types("--json", "explain", product, device)
                                .lines(),
                        lines -> !lines.isEmpty())
                .getFirst()
                .path("fault")
                .stringValue();
    }

    /// The newest refusal of anybody, once it is this one: it is noted when it was answered already.
    private static JsonNode newest(String fault) {
        return await("a refusal for " + fault)
                .until(
                        () -> operator.types("--json", "explain").lines(),
                        lines -> !lines.isEmpty()
                                && lines.getFirst().path("fault").stringValue().equals(fault))
                .getFirst();
    }

    private static String commonName(Path certificate) {
        try (InputStream in = Files.newInputStream(certificate)) {
            return ((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in))
                    .getSubjectX500Principal()
                    .getName();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
