package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.compat.HuaweiSdkGateway.Downlink;
import io.berth.compat.Tail.Line;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/// The vendor's own SDK for Java as a thing: properties, shadow, events and what it says of itself, and as a
/// gateway.
@ExtendWith(SharedServer.class)
final class HuaweiThingTest {
    private static final String PRODUCT = "a1HuaweiThing";
    private static final String PRODUCT_ID = "65f0aa00";
    private static final String GATEWAYS = "a1HuaweiGateway";

    private final BerthServer berth;

    HuaweiThingTest(BerthServer berth) {
        this.berth = berth;
    }

    @BeforeAll
    static void make_products(BerthServer berth) {
        berth.api().createProduct(PRODUCT, PRODUCT_ID, "direct");
        berth.api().createProduct(GATEWAYS, "65f0aa01", "gateway");
    }

    @Test
    void tells_its_versions_when_it_connects_and_forgets_none() {
        Identity meter = register("versions");
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, meter)) {
            device.connect();
            device.reportVersions("sw 7", null);
            device.reportVersions(null, "fw 8");
            assertThat(berth.api().device(meter).path("sdk").asString()).isEqualTo("JAVA_v1.2.1");
            assertThat(berth.api().device(meter).path("firmware").asString()).isEqualTo("fw 8");
            assertThat(berth.api().device(meter).path("software").asString()).isEqualTo("sw 7");
        }
    }

    @Test
    void sees_its_shadow() {
        Identity meter = register("shadow");
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, meter)) {
            device.connect();
            assertThat(device.askForTheShadow(null)).isEmpty();
            assertThat(device.askForTheShadow("valve")).isEmpty();
        }
    }

    @Test
    void is_asked_for_its_properties() throws IOException {
        Identity meter = register("get");
        String root = "$oc/devices/" + meter.huaweiId() + "/sys/properties/get/";
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, meter);
                Tail tail = berth.api().tail(PRODUCT)) {
            device.connect();
            berth.api().publish(meter, root + "request_id=9", "{\"service_id\":\"valve\"}");
            Line answer = tail.take("the values", line -> line.topic().equals(root + "response/request_id=9"));
            assertThat(answer.kind()).isEqualTo("command");
            assertThat(answer.payload()).contains("\"level\":3");
        }
    }

    @Test
    void reports_an_event() throws IOException {
        Identity meter = register("event");
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, meter);
                Tail tail = berth.api().tail(PRODUCT)) {
            device.connect();
            device.reportEvent("valve", "stuck", Map.of("at", 40));
            Line event = tail.take("the event", line -> line.payload().contains("stuck"));
            assertThat(event.kind()).isEqualTo("event");
            assertThat(event.device()).isEqualTo("event");
        }
    }

    @Test
    void reports_properties_the_old_way() throws IOException {
        Identity meter = register("v3");
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, meter);
                Tail tail = berth.api().tail(PRODUCT)) {
            device.connect();
            device.reportTheOldWay("valve", Map.of("level", 3));
            Line report = tail.take("the report", line -> line.topic().endsWith("/data/json"));
            assertThat(report.kind()).isEqualTo("property");
        }
    }

    @Test
    void a_gateway_adds_a_device_speaks_for_it_and_deletes_it() throws IOException {
        Identity gateway = register(GATEWAYS, "gateway");
        Identity lamp = new Identity(PRODUCT, "lamp", "", PRODUCT_ID + "_lamp");
        try (HuaweiSdkGateway sdk = HuaweiSdkGateway.connect(berth, gateway);
                Tail tail = berth.api().tail(PRODUCT)) {
            assertThat(sdk.add(PRODUCT_ID, "lamp").getAddedSubDeviceInfoRsps())
                    .extracting(device -> device.getDeviceId())
                    .containsExactly(lamp.huaweiId());
            assertThat(sdk.add("nothing", "x").getAddSubDeviceFailedReasons())
                    .extracting(failed -> failed.getErrorCode())
                    .containsExactly("IOTDA.014001");

            assertThat(sdk.status(lamp.huaweiId(), "ONLINE").toString()).contains(lamp.huaweiId());
            assertThat(berth.api().device(lamp).path("status").asString()).isEqualTo("online");

            String answer = berth.api().ask(lamp, "{\"blink\":2}");
            assertThat(sdk.downlinks().take("the command", _ -> true))
                    .isEqualTo(new Downlink(lamp.huaweiId(), "request"));
            assertThat(JsonMapper.shared()
                            .readTree(answer)
                            .path("paras")
                            .path("blink")
                            .asInt())
                    .isEqualTo(2);

            berth.api().publish(lamp, "$oc/devices/" + lamp.huaweiId() + "/sys/messages/down", "good night");
            assertThat(sdk.downlinks().take("the message", _ -> true))
                    .isEqualTo(new Downlink(lamp.huaweiId(), "good night"));

            sdk.say(lamp.huaweiId(), "good morning");
            assertThat(tail.take("the message", line -> line.payload().contains("good morning"))
                            .device())
                    .isEqualTo("lamp");
            sdk.report(lamp.huaweiId(), "light", Map.of("on", true));
            assertThat(tail.take("the report", line -> line.kind().equals("property"))
                            .device())
                    .isEqualTo("lamp");

            assertThat(sdk.delete(lamp.huaweiId()).getSuccessfulDevices()).containsExactly(lamp.huaweiId());
            assertThat(berth.api().children(gateway)).isEmpty();
        }
    }

    @Test
    void a_gateway_hears_of_children_the_application_gave_it() {
        Identity gateway = register(GATEWAYS, "gateway-2");
        Identity early = register("early");
        Identity late = register("late");
        berth.api().addChild(gateway, early);
        try (HuaweiSdkGateway sdk = HuaweiSdkGateway.connect(berth, gateway)) {
            assertThat(sdk.notices().take("the sync at connect", _ -> true)).isEqualTo("added " + early.huaweiId());
            berth.api().addChild(gateway, late);
            assertThat(sdk.notices().take("the notice", _ -> true)).isEqualTo("added " + late.huaweiId());
        }
    }

    private Identity register(String name) {
        return register(PRODUCT, name);
    }

    private Identity register(String product, String name) {
        Identity device = new Identity(product, name, "secret-of-" + name, product + "_" + name);
        berth.api().createDevice(device);
        return device;
    }
}
