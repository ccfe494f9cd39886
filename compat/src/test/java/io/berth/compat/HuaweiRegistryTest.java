package io.berth.compat;

import static io.berth.compat.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.huaweicloud.sdk.iotda.v5.IoTDAClient;
import com.huaweicloud.sdk.iotda.v5.model.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Resource spaces, products and devices through the SDK of Huawei's applications.
@ExtendWith(SharedServer.class)
final class HuaweiRegistryTest {
    private static final String KEY = "registry-test";
    private static final String SECRET = "registry-test-secret";

    private final BerthServer berth;
    private final IoTDAClient client;

    HuaweiRegistryTest(BerthServer berth) {
        this.berth = berth;
        this.client = new HuaweiApplication(berth, KEY, SECRET).derived();
    }

    @BeforeAll
    static void make_the_key(BerthServer berth) {
        berth.api().createAccessKey(KEY, SECRET);
    }

    @Test
    void a_space_is_made_shown_renamed_listed_and_deleted() {
        String id = space("Lager Süd");
        assertThat(client.showApplication(new ShowApplicationRequest().withAppId(id))
                        .getAppName())
                .isEqualTo("Lager Süd");
        UpdateApplicationResponse renamed = client.updateApplication(new UpdateApplicationRequest()
                .withAppId(id)
                .withBody(new UpdateApplicationDTO().withAppName("Lager Nord")));
        assertThat(renamed.getAppName()).isEqualTo("Lager Nord");
        assertThat(client.showApplications(new ShowApplicationsRequest()).getApplications())
                .extracting(ApplicationDTO::getAppName)
                .contains("Lager Nord");
        assertThat(client.showApplications(new ShowApplicationsRequest().withDefaultApp(true))
                        .getApplications())
                .singleElement()
                .extracting(ApplicationDTO::getDefaultApp)
                .isEqualTo(true);
        assertThat(client.deleteApplication(new DeleteApplicationRequest().withAppId(id))
                        .getHttpStatusCode())
                .isEqualTo(204);
        assertThat(refused(() -> client.showApplication(new ShowApplicationRequest().withAppId(id))))
                .isEqualTo("403 IOTDA.001000");
    }

    @Test
    void a_space_with_products_stays() {
        String id = space("Werk 7");
        product("werk7", id);
        assertThat(refused(() -> client.deleteApplication(new DeleteApplicationRequest().withAppId(id))))
                .isEqualTo("409 IOTDA.001002");
    }

    @Test
    void a_product_keeps_its_model() {
        CreateProductResponse made = product("lamp1", null);
        assertThat(made.getHttpStatusCode()).isEqualTo(201);
        ShowProductResponse shown = client.showProduct(new ShowProductRequest().withProductId("lamp1"));
        assertThat(shown.getName()).isEqualTo("Straßenlampe 路灯 lamp1");
        assertThat(shown.getDeviceType()).isEqualTo("StreetLamp");
        assertThat(shown.getProtocolType()).isEqualTo("MQTT");
        assertThat(shown.getDataFormat()).isEqualTo("json");
        assertThat(shown.getManufacturerName()).isEqualTo("Gruber & Söhne");
        assertThat(shown.getServiceCapabilities()).isEqualTo(capabilities());
    }

    @Test
    void a_product_is_changed_and_its_model_replaced() {
        product("lamp2", null);
        UpdateProductResponse changed = client.updateProduct(new UpdateProductRequest()
                .withProductId("lamp2")
                .withBody(new UpdateProduct().withName("Lampe 2").withServiceCapabilities(List.of())));
        assertThat(changed.getName()).isEqualTo("Lampe 2");
        assertThat(changed.getIndustry()).isEqualTo("smartCity");
        assertThat(changed.getServiceCapabilities()).isEmpty();
    }

    @Test
    void a_model_that_cannot_be_is_refused_and_no_product_made() {
        AddProduct wanted = wanted("lamp3", null);
        wanted.getServiceCapabilities().getFirst().getProperties().getFirst().setDataType("nothing");
        assertThat(refused(() -> client.createProduct(new CreateProductRequest().withBody(wanted))))
                .isEqualTo("400 IOTDA.000006");
        assertThat(refused(() -> client.showProduct(new ShowProductRequest().withProductId("lamp3"))))
                .isEqualTo("404 IOTDA.014001");
    }

    @Test
    void a_product_is_deleted_unless_it_has_devices() {
        product("lamp4", null);
        device("lamp4", "n1");
        assertThat(refused(() -> client.deleteProduct(new DeleteProductRequest().withProductId("lamp4"))))
                .isEqualTo("409 IOTDA.014004");
        client.deleteDevice(new DeleteDeviceRequest().withDeviceId("lamp4_n1"));
        assertThat(client.deleteProduct(new DeleteProductRequest().withProductId("lamp4"))
                        .getHttpStatusCode())
                .isEqualTo(204);
    }

    @Test
    void products_are_listed_page_by_page_newest_first() {
        String id = space("Seiten");
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(product("page" + i, id).getProductId());
        }
        List<String> seen = new ArrayList<>();
        ListProductsRequest next = new ListProductsRequest().withAppId(id).withLimit(2);
        ListProductsResponse page = client.listProducts(next);
        while (!page.getProducts().isEmpty()) {
            assertThat(page.getPage().getCount()).isEqualTo(5);
            page.getProducts().forEach(product -> seen.add(product.getProductId()));
            page = client.listProducts(next.withMarker(page.getPage().getMarker()));
        }
        assertThat(seen).isEqualTo(made);
        assertThat(client.listProducts(new ListProductsRequest().withAppId(id).withOffset(3))
                        .getProducts())
                .hasSize(2);
        assertThat(client.listProducts(new ListProductsRequest().withAppId(id).withProductName("page"))
                        .getProducts())
                .isEmpty();
    }

    @Test
    void limits_hold_to_the_last_one() {
        for (int limit : List.of(1, 50)) {
            client.listDevices(new ListDevicesRequest().withLimit(limit));
        }
        for (int limit : List.of(0, 51, -1)) {
            assertThat(refused(() -> client.listDevices(new ListDevicesRequest().withLimit(limit))))
                    .isEqualTo("400 IOTDA.000017");
        }
        client.listDevices(new ListDevicesRequest().withOffset(500));
        for (int offset : List.of(501, -1)) {
            assertThat(refused(() -> client.listDevices(new ListDevicesRequest().withOffset(offset))))
                    .isEqualTo("400 IOTDA.000011");
        }
        for (String marker : List.of("f", "g".repeat(24), "f".repeat(25))) {
            assertThat(refused(() -> client.listDevices(new ListDevicesRequest().withMarker(marker))))
                    .isEqualTo("400 IOTDA.000018");
        }
        assertThat(client.listDevices(new ListDevicesRequest().withMarker("0".repeat(24)))
                        .getDevices())
                .isEmpty();
    }

    @Test
    void a_device_keeps_what_is_said_of_it() {
        product("meter1", null);
        AddDeviceResponse made = client.addDevice(new AddDeviceRequest()
                .withBody(new AddDevice()
                        .withProductId("meter1")
                        .withNodeId("A-1")
                        .withDeviceId("meter-A-1")
                        .withDeviceName("Zähler „A“ 表 😀")
                        .withDescription("<b>&amp;\"'\\/\n")
                        .withExtensionInfo(Map.of("ort", "Halle 3", "n", 7))
                        .withAuthInfo(new AuthInfo()
                                .withAuthType("SECRET")
                                .withSecret("abcd_EFGH-1234")
                                .withSecureAccess(false)
                                .withTimeout(3600))));
        assertThat(made.getDeviceId()).isEqualTo("meter-A-1");
        ShowDeviceResponse shown = client.showDevice(new ShowDeviceRequest().withDeviceId("meter-A-1"));
        assertThat(shown.getDeviceName()).isEqualTo("Zähler „A“ 表 😀");
        assertThat(shown.getDescription()).isEqualTo("<b>&amp;\"'\\/\n");
        assertThat(shown.getExtensionInfo()).isEqualTo(Map.of("ort", "Halle 3", "n", 7));
        assertThat(shown.getAuthInfo().getSecret()).isEqualTo("abcd_EFGH-1234");
        assertThat(shown.getAuthInfo().getTimeout()).isEqualTo(3600);
        assertThat(shown.getNodeType()).isEqualTo("GATEWAY");
        assertThat(shown.getGatewayId()).isEqualTo("meter-A-1");
        assertThat(shown.getCreateTime()).matches("[0-9]{8}T[0-9]{6}Z");
        UpdateDeviceResponse changed = client.updateDevice(new UpdateDeviceRequest()
                .withDeviceId("meter-A-1")
                .withBody(new UpdateDevice().withDeviceName("Zähler B")));
        assertThat(changed.getDeviceName()).isEqualTo("Zähler B");
        assertThat(changed.getDescription()).isEqualTo("<b>&amp;\"'\\/\n");
    }

    @Test
    void devices_are_listed_page_by_page_and_by_what_they_are() {
        product("meter2", null);
        for (int i = 0; i < 5; i++) {
            device("meter2", "n" + i);
        }
        ListDevicesRequest two =
                new ListDevicesRequest().withProductId("meter2").withLimit(2);
        List<String> seen = new ArrayList<>();
        ListDevicesResponse page = client.listDevices(two);
        while (!page.getDevices().isEmpty()) {
            assertThat(page.getPage().getCount()).isEqualTo(5);
            page.getDevices().forEach(device -> seen.add(device.getNodeId()));
            page = client.listDevices(two.withMarker(page.getPage().getMarker()));
        }
        assertThat(seen).containsExactly("n4", "n3", "n2", "n1", "n0");
        assertThat(client.listDevices(new ListDevicesRequest().withNodeId("n3").withProductId("meter2"))
                        .getDevices())
                .hasSize(1);
        assertThat(client.listDevices(new ListDevicesRequest()
                                .withProductId("meter2")
                                .withStartTime("20200101T000000Z")
                                .withEndTime("20200102T000000Z"))
                        .getDevices())
                .isEmpty();
        assertThat(refused(() -> client.listDevices(new ListDevicesRequest().withStartTime("yesterday"))))
                .isEqualTo("400 IOTDA.000009");
        assertThat(refused(() -> client.listDevices(new ListDevicesRequest()
                        .withStartTime("20200102T000000Z")
                        .withEndTime("20200101T000000Z"))))
                .isEqualTo("400 IOTDA.000010");
    }

    @Test
    void a_device_that_exists_is_not_made_again() {
        product("meter3", null);
        device("meter3", "n1");
        assertThat(refused(() -> device("meter3", "n1"))).isEqualTo("400 IOTDA.014031");
    }

    @Test
    void devices_stand_behind_gateways_and_move() {
        product("meter4", null);
        device("meter4", "gw1");
        device("meter4", "gw2");
        AddDeviceResponse child = client.addDevice(new AddDeviceRequest()
                .withBody(new AddDevice()
                        .withProductId("meter4")
                        .withNodeId("child")
                        .withGatewayId("meter4_gw1")));
        assertThat(child.getNodeType()).isEqualTo("ENDPOINT");
        assertThat(child.getGatewayId()).isEqualTo("meter4_gw1");
        assertThat(refused(() -> client.deleteDevice(new DeleteDeviceRequest().withDeviceId("meter4_gw1"))))
                .isEqualTo("400 IOTDA.000006");
        assertThat(refused(() -> client.freezeDevice(new FreezeDeviceRequest().withDeviceId("meter4_child"))))
                .isEqualTo("400 IOTDA.000006");
        client.changeGateway(new ChangeGatewayRequest()
                .withDeviceId("meter4_child")
                .withBody(new ChangeGateway().withGatewayId("meter4_gw2")));
        assertThat(client.listDevices(new ListDevicesRequest().withGatewayId("meter4_gw2"))
                        .getDevices())
                .extracting(QueryDeviceSimplify::getDeviceId)
                .containsExactly("meter4_child");
        client.deleteDevice(new DeleteDeviceRequest().withDeviceId("meter4_gw1"));
    }

    @Test
    void a_frozen_device_is_put_out_until_it_thaws() {
        product("meter5", null);
        AddDeviceResponse made = device("meter5", "n1");
        Identity identity = new Identity(
                berth.api().productKey("meter5"), "n1", made.getAuthInfo().getSecret(), made.getDeviceId());
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, identity)) {
            assertThat(device.connect()).isZero();
            assertThat(status(made)).isEqualTo("ONLINE");
            client.freezeDevice(new FreezeDeviceRequest().withDeviceId(made.getDeviceId()));
            assertThat(status(made)).isEqualTo("FROZEN");
            client.unfreezeDevice(new UnfreezeDeviceRequest().withDeviceId(made.getDeviceId()));
            assertThat(status(made)).isNotEqualTo("FROZEN");
        }
    }

    @Test
    void a_secret_is_reset_and_the_old_one_does_not_open_any_more() {
        product("meter6", null);
        AddDeviceResponse made = device("meter6", "n1");
        ResetDeviceSecretResponse reset = client.resetDeviceSecret(new ResetDeviceSecretRequest()
                .withDeviceId(made.getDeviceId())
                .withActionId("resetSecret")
                .withBody(new ResetDeviceSecret().withForceDisconnect(true).withSecret("0123456789abcdef")));
        assertThat(reset.getSecret()).isEqualTo("0123456789abcdef");
        assertThat(refused(() -> client.resetDeviceSecret(new ResetDeviceSecretRequest()
                        .withDeviceId(made.getDeviceId())
                        .withActionId("somethingElse")
                        .withBody(new ResetDeviceSecret()))))
                .isEqualTo("400 IOTDA.000006");
        String product = berth.api().productKey("meter6");
        Identity old = new Identity(product, "n1", made.getAuthInfo().getSecret(), made.getDeviceId());
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, old)) {
            assertThat(device.connect()).isNotZero();
        }
        try (HuaweiSdkDevice device =
                HuaweiSdkDevice.of(berth, new Identity(product, "n1", reset.getSecret(), made.getDeviceId()))) {
            assertThat(device.connect()).isZero();
        }
    }

    private String status(AddDeviceResponse device) {
        return client.showDevice(new ShowDeviceRequest().withDeviceId(device.getDeviceId()))
                .getStatus();
    }

    private String space(String name) {
        return client.addApplication(new AddApplicationRequest().withBody(new AddApplication().withAppName(name)))
                .getAppId();
    }

    private CreateProductResponse product(String id, @Nullable String space) {
        return client.createProduct(new CreateProductRequest().withBody(wanted(id, space)));
    }

    private static AddProduct wanted(String id, @Nullable String space) {
        return new AddProduct()
                .withProductId(id)
                .withAppId(space)
                .withName("Straßenlampe 路灯 " + id)
                .withDeviceType("StreetLamp")
                .withProtocolType("MQTT")
                .withDataFormat("json")
                .withManufacturerName("Gruber & Söhne")
                .withIndustry("smartCity")
                .withServiceCapabilities(capabilities());
    }

    private static List<ServiceCapability> capabilities() {
        return List.of(new ServiceCapability()
                .withServiceId("light")
                .withServiceType("light")
                .withOption("Optional")
                .withProperties(List.of(new ServiceProperty()
                        .withPropertyName("level")
                        .withDataType("int")
                        .withRequired(false)
                        .withMin("0")
                        .withMax("100")
                        .withStep(1.0)
                        .withUnit("%")
                        .withMethod("RWE")))
                .withCommands(List.of(new ServiceCommand()
                        .withCommandName("blink")
                        .withParas(List.of(new ServiceCommandPara()
                                .withParaName("times")
                                .withDataType("int")
                                .withRequired(false)
                                .withMin("1")
                                .withMax("9")))
                        .withResponses(List.of(new ServiceCommandResponse()
                                .withResponseName("blink_response")
                                .withParas(List.of(new ServiceCommandPara()
                                        .withParaName("done")
                                        .withDataType("boolean")
                                        .withRequired(false)))))))
                .withEvents(List.of()));
    }

    private AddDeviceResponse device(String product, String nodeId) {
        return client.addDevice(new AddDeviceRequest()
                .withBody(new AddDevice().withProductId(product).withNodeId(nodeId)));
    }
}
