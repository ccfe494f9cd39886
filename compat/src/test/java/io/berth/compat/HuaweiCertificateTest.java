package io.berth.compat;

import static io.berth.compat.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.huaweicloud.sdk.iotda.v5.IoTDAClient;
import com.huaweicloud.sdk.iotda.v5.model.*;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Devices with X.509 certificates: the application trusts an authority and registers them with its SDK, and
/// they log in with theirs (spec huawei-iotda 2.5, 2.6, 7.11).
@ExtendWith(SharedServer.class)
final class HuaweiCertificateTest {
    private static final String KEY = "certificate-test";
    private static final String SECRET = "certificate-test-secret";

    private final BerthServer berth;
    private final IoTDAClient client;

    @TempDir
    Path folder;

    HuaweiCertificateTest(BerthServer berth) {
        this.berth = berth;
        this.client = new HuaweiApplication(berth, KEY, SECRET).derived();
    }

    @BeforeAll
    static void make_the_key_and_the_product(BerthServer berth) {
        berth.api().createAccessKey(KEY, SECRET);
        berth.api().createProduct("certified", "certified", "direct");
    }

    @Test
    void a_device_logs_in_with_the_certificate_it_showed_first() {
        OpenSslAuthority authority = OpenSslAuthority.root(folder, "/C=CN/O=Works/CN=Works root");
        AddCertificateResponse added = client.addCertificate(
                new AddCertificateRequest().withBody(new CreateCertificateDTO().withContent(authority.certificate())));
        assertThat(added.getCnName()).isEqualTo("Works root");
        assertThat(added.getOwner()).isEqualTo("Works");
        assertThat(added.getStatus()).isFalse();
        assertThat(added.getEffectiveDate()).matches("[0-9]{8}T[0-9]{6}Z");
        authority.signs("d1", "/CN=d1");
        authority.signs("d2", "/CN=d2");
        String device = register("d1", null);
        assertThat(connects(device, authority, "d1")).isEqualTo(4);

        prove(authority, added);
        assertThat(connects(device, authority, "d1")).isZero();
        assertThat(connects(device, authority, "d2")).isEqualTo(4);
        ResetFingerprintResponse reset = client.resetFingerprint(new ResetFingerprintRequest()
                .withDeviceId(device)
                .withBody(new ResetFingerprint().withForceDisconnect(true)));
        assertThat(reset.getDeviceId()).isEqualTo(device);
        assertThat(connects(device, authority, "d2")).isZero();
        assertThat(connects(device, authority, "d1")).isEqualTo(4);

        AuthInfoRes shown =
                client.showDevice(new ShowDeviceRequest().withDeviceId(device)).getAuthInfo();
        assertThat(shown.getAuthType()).isEqualTo("CERTIFICATES");
        assertThat(shown.getFingerprint()).hasSize(64);
        assertThat(shown.getSecret()).isNull();
        client.deleteCertificate(new DeleteCertificateRequest().withCertificateId(added.getCertificateId()));
        assertThat(connects(device, authority, "d2")).isEqualTo(4);
    }

    @Test
    void authorities_are_proved_listed_and_refused_twice() {
        OpenSslAuthority authority = OpenSslAuthority.root(folder, "/CN=Listed root");
        AddCertificateResponse added = client.addCertificate(
                new AddCertificateRequest().withBody(new CreateCertificateDTO().withContent(authority.certificate())));
        assertThat(refused(() -> client.checkCertificate(check(added, authority.signs("wrong", "/CN=wrong")))))
                .startsWith("400 IOTDA.000006");
        prove(authority, added);

        assertThat(client.listCertificates(new ListCertificatesRequest().withLimit(50))
                        .getCertificates())
                .filteredOn(certificate -> certificate.getCertificateId().equals(added.getCertificateId()))
                .singleElement()
                .satisfies(certificate -> assertThat(certificate.getStatus()).isTrue());
        assertThat(refused(() -> client.addCertificate(new AddCertificateRequest()
                        .withBody(new CreateCertificateDTO().withContent(authority.certificate())))))
                .startsWith("409");
        client.deleteCertificate(new DeleteCertificateRequest().withCertificateId(added.getCertificateId()));
        assertThat(refused(() -> client.deleteCertificate(
                        new DeleteCertificateRequest().withCertificateId(added.getCertificateId()))))
                .startsWith("404");
    }

    @Test
    void a_device_registers_itself_by_a_template() {
        OpenSslAuthority authority = OpenSslAuthority.root(folder, "/CN=Enrolling root");
        authority.signs("self", "/C=CN/O=Works/CN=self1");
        AddCertificateResponse added = client.addCertificate(
                new AddCertificateRequest().withBody(new CreateCertificateDTO().withContent(authority.certificate())));
        prove(authority, added);
        CreateProvisioningTemplateResponse template =
                client.createProvisioningTemplate(new CreateProvisioningTemplateRequest()
                        .withBody(new CreateProvisioningTemplate()
                                .withTemplateName("by-name")
                                .withTemplateBody(body("iotda::certificate::common_name"))));
        assertThat(refused(() -> client.createProvisioningTemplate(new CreateProvisioningTemplateRequest()
                        .withBody(new CreateProvisioningTemplate()
                                .withTemplateName("other")
                                .withTemplateBody(body("iotda::certificate::colour"))))))
                .startsWith("400 IOTDA.000006");
        assertThat(client.listProvisioningTemplates(new ListProvisioningTemplatesRequest())
                        .getTemplates())
                .extracting(ProvisioningTemplateSimple::getTemplateName)
                .contains("by-name");
        UpdateCertificateResponse enrolling = client.updateCertificate(new UpdateCertificateRequest()
                .withCertificateId(added.getCertificateId())
                .withBody(
                        new UpdateCertificateDTO().withProvisionEnable(true).withTemplateId(template.getTemplateId())));
        assertThat(enrolling.getProvisionEnable()).isTrue();

        assertThat(connects("certified_self1", authority, "self")).isZero();
        ShowDeviceResponse device = client.showDevice(new ShowDeviceRequest().withDeviceId("certified_self1"));
        assertThat(device.getNodeId()).isEqualTo("self1");
        assertThat(device.getDeviceName()).isEqualTo("Works");
        assertThat(device.getTags()).extracting(TagV5DTO::getTagKey).containsExactly("land");

        client.updateProvisioningTemplate(new UpdateProvisioningTemplateRequest()
                .withTemplateId(template.getTemplateId())
                .withBody(new UpdateProvisioningTemplate().withDescription("for the works")));
        assertThat(client.showProvisioningTemplate(
                                new ShowProvisioningTemplateRequest().withTemplateId(template.getTemplateId()))
                        .getDescription())
                .isEqualTo("for the works");
        client.deleteCertificate(new DeleteCertificateRequest().withCertificateId(added.getCertificateId()));
        client.deleteProvisioningTemplate(
                new DeleteProvisioningTemplateRequest().withTemplateId(template.getTemplateId()));
    }

    private static ProvisioningTemplateBody body(String nodeId) {
        Map<String, String> string = Map.of("type", "String");
        return new ProvisioningTemplateBody()
                .withParameters(Map.of(
                        "iotda::certificate::common_name", string,
                        "iotda::certificate::organization", string,
                        "iotda::certificate::country", string))
                .withResources(new TemplateResource()
                        .withDevice(new DeviceResource()
                                .withNodeId(new ParameterRef().withRef(nodeId))
                                .withDeviceName(new ParameterRef().withRef("iotda::certificate::organization"))
                                .withProductId("certified")
                                .withTags(List.of(new TagRef()
                                        .withTagKey("land")
                                        .withTagValue(Map.of("ref", "iotda::certificate::country"))))));
    }

    private void prove(OpenSslAuthority authority, AddCertificateResponse added) {
        String proof = authority.signs("proof", "/CN=" + added.getVerifyCode());
        assertThat(client.checkCertificate(check(added, proof)).getHttpStatusCode())
                .isEqualTo(200);
    }

    private static CheckCertificateRequest check(AddCertificateResponse added, String proof) {
        return new CheckCertificateRequest()
                .withCertificateId(added.getCertificateId())
                .withActionId("verify")
                .withBody(new VerifyCertificateDTO().withVerifyContent(proof));
    }

    private String register(String node, @Nullable String fingerprint) {
        return client.addDevice(new AddDeviceRequest()
                        .withBody(new AddDevice()
                                .withProductId("certified")
                                .withNodeId(node)
                                .withAuthInfo(new AuthInfo()
                                        .withAuthType("CERTIFICATES")
                                        .withFingerprint(fingerprint))))
                .getDeviceId();
    }

    private int connects(String device, OpenSslAuthority authority, String name) {
        try (HuaweiSdkDevice sdk = HuaweiSdkDevice.byCertificate(berth, device, authority.keyStore(name))) {
            return sdk.connect();
        } finally {
            // the SDK says goodbye on a thread of its own, and comes back when somebody else ends its connection
            await().until(
                            () -> client.showDevice(new ShowDeviceRequest().withDeviceId(device))
                                    .getStatus(),
                            status -> !status.equals("ONLINE"));
        }
    }
}
