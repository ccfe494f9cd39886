package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Products whose devices have certificates (spec aliyun-openapi 3.2).
final class CertificateActionsTest extends ActionBed {
    private String product = "";

    @BeforeEach
    void make_the_product() {
        product = done("CreateProduct", "ProductName", "Meters", "NodeType", "0", "AuthType", "x509")
                .path("ProductKey")
                .asString();
    }

    @Test
    void a_device_of_such_a_product_has_a_certificate_and_its_key() {
        assertThat(done("QueryProduct", "ProductKey", product)
                        .at("/Data/AuthType")
                        .asString())
                .isEqualTo("x509");
        done("RegisterDevice", "ProductKey", product, "DeviceName", "meter1");

        JsonNode certificate = certificate("meter1");
        assertThat(certificate.path("CertSN").asString()).matches("[0-9a-f]+");
        assertThat(certificate.path("Certificate").asString()).startsWith("-----BEGIN CERTIFICATE-----\n");
        assertThat(certificate.path("PrivateKey").asString()).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(certificate.path("Status").asInt())
                .as("made; the manual has 0 for one that is being made, 1 for a failure")
                .isEqualTo(2);
        assertThat(certificate("meter1")).isEqualTo(certificate);
        assertRefused("iot.device.NotExistedDevice", "QueryDeviceCert", "ProductKey", product, "DeviceName", "none");
    }

    @Test
    void devices_with_secrets_have_none() {
        done("RegisterDevice", "ProductKey", "a1pk", "DeviceName", "lamp1");
        assertRefused(
                "iot.device.QueryDeviceCertFailed", "QueryDeviceCert", "ProductKey", "a1pk", "DeviceName", "lamp1");
        assertRefused("iot.common.APINotSupportedInInstance", "QueryProductCertInfo", "ProductKey", "a1pk");
    }

    @Test
    void the_certificates_of_a_batch_have_an_address() {
        String apply = done("BatchRegisterDevice", "ProductKey", product, "Count", "3")
                .at("/Data/ApplyId")
                .asString();
        await().until(() -> done("QueryBatchRegisterDeviceStatus", "ProductKey", product, "ApplyId", apply)
                .at("/Data/Status")
                .asString()
                .equals("CREATE_SUCCESS"));

        assertThat(done("QueryCertUrlByApplyId", "ApplyId", apply)
                        .path("CertUrl")
                        .asString())
                .matches("http://127\\.0\\.0\\.1:8080/device-certificates/[0-9a-f]{32}\\.zip");
        assertRefused("iot.device.DeviceApplyIsNotFound", "QueryCertUrlByApplyId", "ApplyId", "77");
    }

    @Test
    void the_platform_makes_them_and_nobody_else() {
        done("SetProductCertInfo", "ProductKey", product, "IssueModel", "1");
        assertThat(done("QueryProductCertInfo", "ProductKey", product)
                        .at("/ProductCertInfo/IssueModel")
                        .asInt())
                .isEqualTo(1);
        assertRefused(
                "iot.common.APINotSupportedInInstance", "SetProductCertInfo", "ProductKey", product, "IssueModel", "3");
        assertRefused(
                "iot.common.APINotSupportedInInstance",
                "CreateProduct",
                "ProductName",
                "Behind",
                "NodeType",
                "0",
                "AuthType",
                "x509",
                "ProtocolType",
                "modbus");
    }

    private JsonNode certificate(String device) {
        return done("QueryDeviceCert", "ProductKey", product, "DeviceName", device)
                .path("DeviceCertInfo");
    }
}
