package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.testing.ClientFiles;
import io.berth.testing.OpenSslAuthority;
import io.berth.testing.OpenSslDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Certificates of owners' authorities, with Huawei's firmware (spec huawei-iotda 2.5, 2.6). The authorities
/// are made by OpenSSL.
@Tag("slow")
final class OwnerAuthoritiesTest {
    @TempDir
    static Path data;

    @TempDir
    static Path works;

    @TempDir
    Path folder;

    private static RunningBerth berth;
    private static Operator operator;
    private static OpenSslAuthority authority;
    private static String id;

    @BeforeAll
    static void start() {
        berth = RunningBerth.on(data);
        operator = berth.operator();
        operator.does("product", "create", "Pumps", "--key", "pumps", "--huawei-id", "hp");
        authority = OpenSslAuthority.root(works.resolve("ca"), "/C=CN/O=Works/CN=Works root");
        id = verified(authority);
    }

    @AfterAll
    static void stop() {
        berth.close();
    }

    @Test
    void an_authority_is_trusted_once_its_owner_showed_that_he_holds_its_key() throws IOException {
        OpenSslAuthority own = OpenSslAuthority.root(folder.resolve("own"), "/O=Own/CN=Own root");
        OpenSslAuthority stranger = OpenSslAuthority.root(folder.resolve("stranger"), "/O=Own/CN=Own root");
        JsonNode added = operator.does("cert", "ca", "add", own.certificate().toString());
        String its = added.path("id").stringValue();
        String code = added.path("code").stringValue();
        assertThat(added.path("verified").booleanValue()).isFalse();
        device("early", null);
        assertThat(huawei(own.signs("early", "/CN=early"), "early").isRefusedWith())
                .isEqualTo(4);
        assertThat(why("early")).isEqualTo("untrusted-certificate");

        assertThat(operator.isRefused("cert", "ca", "verify", its, proof(own, "wrong")))
                .contains("common name");
        assertThat(operator.isRefused("cert", "ca", "verify", its, proof(stranger, code)))
                .contains("not signed");
        assertThat(operator.isRefused("cert", "ca", "add", own.certificate().toString()))
                .contains("already");
        operator.does("cert", "ca", "verify", its, proof(own, code));
        huawei(own.signs("early", "/CN=early"), "early").connects().close();
        operator.does("cert", "ca", "delete", its, "--yes");
        assertThat(huawei(own.signs("early", "/CN=early"), "early").isRefusedWith())
                .isEqualTo(4);
    }

    @Test
    void what_is_no_authority_is_not_taken_in() throws IOException {
        ClientFiles leaf = authority.signs("leaf", "/CN=leaf");
        assertThat(operator.isRefused("cert", "ca", "add", leaf.certificate().toString()))
                .contains("authority");
        Path text = Files.writeString(folder.resolve("text"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        assertThat(operator.isRefused("cert", "ca", "add", text.toString())).contains("cannot be read");
    }

    @Test
    void the_first_certificate_becomes_the_devices_own() {
        device("first", null);
        ClientFiles first = authority.signs("first", "/CN=whatever");
        ClientFiles second = authority.signs("second", "/CN=hp_first");
        huawei(first, "first").connects().close();
        huawei(first, "first").connects().close();

        assertThat(huawei(second, "first").isRefusedWith()).isEqualTo(4);
        assertThat(why("first")).isEqualTo("other-certificate");
        operator.does("cert", "pin", "pumps", "first", "--second", authority.fingerprint(second, "sha1"));
        huawei(second, "first").connects().close();
        assertThat(huawei(first, "first").isRefusedWith()).isEqualTo(4);
    }

    @Test
    void of_two_first_certificates_at_once_one_wins() throws Exception {
        device("raced", null);
        List<ClientFiles> files =
                List.of(authority.signs("racer-a", "/CN=racer-a"), authority.signs("racer-b", "/CN=racer-b"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> logins = files.stream()
                    .<Callable<Boolean>>map(each -> () -> enters(each, "raced"))
                    .toList();
            List<Future<Boolean>> entered = threads.invokeAll(logins);
            assertThat(entered.get(0).get()).isNotEqualTo(entered.get(1).get());
            ClientFiles loser = files.get(entered.get(0).get() ? 1 : 0);
            assertThat(enters(loser, "raced")).isFalse();
        }
    }

    @Test
    void a_fingerprint_of_either_length_opens_for_its_certificate_alone() {
        ClientFiles right = authority.signs("right", "/CN=right");
        ClientFiles wrong = authority.signs("wrong", "/CN=wrong");
        device("by-sha1", authority.fingerprint(right, "sha1"));
        device("by-sha256", authority.fingerprint(right, "sha256"));
        for (String name : List.of("by-sha1", "by-sha256")) {
            assertThat(huawei(wrong, name).isRefusedWith()).isEqualTo(4);
            huawei(right, name).connects().close();
        }
    }

    @Test
    void bad_certificates_are_refused_and_explained() throws IOException {
        device("bad", null);
        OpenSslAuthority unknown = OpenSslAuthority.root(folder.resolve("unknown"), "/CN=Nobody");
        OpenSslAuthority forger = OpenSslAuthority.root(folder.resolve("forger"), "/C=CN/O=Works/CN=Works root");

        assertRefused(authority.signsExpired("ended", "/CN=ended"), "certificate-expired", "only");
        assertRefused(unknown.signs("unknown", "/CN=bad"), "untrusted-certificate", "no authority here");
        assertRefused(forger.signs("forged", "/CN=bad"), "untrusted-certificate", "its key did not");
        assertRefused(
                new ClientFiles(authority.certificate(), works.resolve("ca/ca.key")),
                "untrusted-certificate",
                "an authority's, not a device's");
        assertThat(TestDevice.huaweiShowing(ClientFiles.nothing(), berth.port("mqtts"), "hp_bad")
                        .isRefusedWith())
                .isEqualTo(4);
        await().until(() -> why("bad"), "missing-parameter"::equals);
    }

    @Test
    void an_authority_between_vouches_when_the_device_shows_it() {
        device("chained", null);
        OpenSslAuthority below = authority.below(folder.resolve("below"), "/O=Works/CN=Line 3");
        ClientFiles files = below.signs("chained", "/CN=chained");

        assertThat(huawei(files, "chained").isRefusedWith()).isEqualTo(4);
        TestDevice.huaweiShowing(files.shown(below.certificate()), berth.port("mqtts"), "hp_chained")
                .connects()
                .close();
        TestDevice.huaweiShowing(
                        files.shown(below.certificate(), authority.certificate()), berth.port("mqtts"), "hp_chained")
                .connects()
                .close();
    }

    @Test
    void a_subject_may_be_in_any_script() {
        device("unicode", null);
        huawei(authority.signs("unicode", "/C=CN/O=水泵厂 🚰/CN=泵 №1"), "unicode")
                .connects()
                .close();
        device("unicode2", "0".repeat(40));
        assertThat(huawei(authority.signs("unicode", "/O=水泵厂/CN=泵"), "unicode2").isRefusedWith())
                .isEqualTo(4);
        assertThat(newest("unicode2").path("fields").path("certificate").stringValue())
                .contains("CN=泵");
    }

    @Test
    void a_revocation_list_ends_sessions_and_lets_others_be() {
        OpenSslAuthority own = OpenSslAuthority.root(folder.resolve("revoking"), "/CN=Revoking root");
        String its = verified(own);
        device("taken", null);
        device("kept", null);
        ClientFiles taken = own.signs("taken", "/CN=taken");
        ClientFiles kept = own.signs("kept", "/CN=kept");
        try (TestDevice bad = huawei(taken, "taken").connects();
                TestDevice good = huawei(kept, "kept").connects()) {
            JsonNode shown = operator.does(
                    "cert", "ca", "crl", its, own.takesBack("taken").toString());
            assertThat(shown.path("revoked").asLong()).isEqualTo(1);
            bad.losesItsConnection();
            good.publishes("$oc/devices/hp_kept/sys/messages/up", "{}");
        }
        assertThat(huawei(taken, "taken").isRefusedWith()).isEqualTo(4);
        assertThat(why("taken")).isEqualTo("certificate-revoked");
        assertThat(operator.isRefused("cert", "ca", "crl", id, own.takesBack().toString()))
                .contains("not signed");
    }

    @Test
    void secrets_and_certificates_exclude_each_other() {
        operator.does("device", "create", "pumps", "signed", "--secret", "13579bdf02468ace13579bdf02468ace");
        assertThat(huawei(authority.signs("signed", "/CN=signed"), "signed").isRefusedWith())
                .isEqualTo(4);
        assertThat(why("signed")).isEqualTo("wrong-auth-kind");
        operator.does("cert", "pin", "pumps", "signed");
        huawei(authority.signs("signed", "/CN=signed"), "signed").connects().close();
        assertThat(berth.huawei("hp_signed", "13579bdf02468ace13579bdf02468ace").isRefusedWith())
                .isEqualTo(5);
        operator.does("cert", "pin", "pumps", "signed", "--off");
        berth.huawei("hp_signed", "13579bdf02468ace13579bdf02468ace").connects().close();
    }

    @Test
    void a_frozen_device_stays_out_whatever_it_shows() {
        device("frozen", null);
        operator.does("device", "disable", "pumps", "frozen");
        assertThat(huawei(authority.signs("frozen", "/CN=frozen"), "frozen").isRefusedWith())
                .isEqualTo(5);
    }

    @Test
    void a_certificate_of_the_platform_does_for_huaweis_firmware_too() {
        device("own", null);
        operator.does("cert", "issue", "pumps", "own", "--into", folder.toString());
        ClientFiles own = new ClientFiles(folder.resolve("own.crt"), folder.resolve("own.key"));
        huawei(own, "own").connects().close();
        device("not-own", null);
        assertThat(huawei(own, "not-own").isRefusedWith()).isEqualTo(4);
        assertThat(why("not-own")).isEqualTo("other-certificate");
    }

    @Test
    void a_device_that_nobody_knows_registers_itself_by_a_template() {
        OpenSslAuthority own = OpenSslAuthority.root(folder.resolve("enrolling"), "/CN=Enrolling root");
        String its = verified(own);
        ClientFiles files = own.signs("self", "/C=CN/O=水泵厂/CN=self-1");
        assertThat(named(files, "self-1").isRefusedWith()).isEqualTo(4);
        String template = operator.does(
                        "cert",
                        "template",
                        "add",
                        "pumps",
                        "--product",
                        "pumps",
                        "--node-id",
                        "$common-name",
                        "--device-name",
                        "$organization",
                        "--tag",
                        "land=$country")
                .path("id")
                .stringValue();
        operator.does("cert", "ca", "enrol", its, "--template", template);
        String elsewhere =
                operator.does("space", "create", "elsewhere").path("id").stringValue();
        // somebody else may upload the same authority, and changes nothing by it
        operator.does("cert", "ca", "add", own.certificate().toString(), "--space", elsewhere);

        try (OpenSslDevice nameless =
                OpenSslDevice.connect(berth.port("mqtts"), files, "self-1_0_0_2026010203", "self-1", "-noservername")) {
            assertThat(nameless.isAnswered()).as("without SNI").isEqualTo(4);
        }
        assertThat(named(files, "somebody-else").isRefusedWith()).isEqualTo(4);
        named(files, "self-1").connects().close();
        named(files, "hp_self-1").connects().close();
        JsonNode device = operator.does("device", "show", "pumps", "self-1");
        assertThat(device.path("nickname").stringValue()).isEqualTo("水泵厂");
        assertThat(operator.types("tag", "list", "pumps", "self-1").out()).contains("land", "CN");
        assertThat(named(own.signs("twin", "/CN=self-1"), "self-1").isRefusedWith())
                .as("the device id is owned by another certificate")
                .isEqualTo(4);
        assertThat(operator.isRefused("cert", "template", "delete", template, "--yes"))
                .contains("authority");
    }

    private void assertRefused(ClientFiles files, String fault, String cause) {
        long before =
                operator.types("--json", "explain", "pumps", "bad").lines().size();
        assertThat(huawei(files, "bad").isRefusedWith()).isEqualTo(4);
        JsonNode refusal = await().until(
                        () -> operator.types("--json", "explain", "pumps", "bad")
                                .lines(),
                        lines -> lines.size() > before)
                .getFirst();
        assertThat(refusal.path("fault").stringValue()).isEqualTo(fault);
        assertThat(refusal.path("cause").stringValue()).contains(cause);
        assertThat(refusal.path("fields").path("issuer").stringValue()).isNotBlank();
    }

    /// Takes an authority in and proves that it is ours.
    private static String verified(OpenSslAuthority own) {
        JsonNode added = operator.does("cert", "ca", "add", own.certificate().toString());
        String its = added.path("id").stringValue();
        operator.does("cert", "ca", "verify", its, proof(own, added.path("code").stringValue()));
        return its;
    }

    private static String proof(OpenSslAuthority own, String code) {
        return own.signs("proof-" + code, "/CN=" + code).certificate().toString();
    }

    /// A device that logs in by certificate.
    ///
    /// @param fingerprint null for that of its first login
    private static void device(String name, @Nullable String fingerprint) {
        operator.does("device", "create", "pumps", name);
        if (fingerprint == null) {
            operator.does("cert", "pin", "pumps", name);
        } else {
            operator.does("cert", "pin", "pumps", name, fingerprint);
        }
    }

    private static TestDevice huawei(ClientFiles files, String name) {
        return TestDevice.huaweiShowing(files.shown(), berth.port("mqtts"), "hp_" + name);
    }

    /// One that names itself as it pleases. The client names the server by itself (SNI).
    private static TestDevice named(ClientFiles files, String deviceId) {
        return TestDevice.huaweiShowing(files.shown(), berth.port("mqtts"), deviceId);
    }

    private static boolean enters(ClientFiles files, String name) {
        try (TestDevice device = huawei(files, name)) {
            device.connects();
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    private static String why(String device) {
        return newest(device).path("fault").stringValue();
    }

    private static JsonNode newest(String device) {
        return await().until(
                        () -> operator.types("--json", "explain", "pumps", device)
                                .lines(),
                        lines -> !lines.isEmpty())
                .getFirst();
    }
}
