package io.berth.dialect.aliyun.device;

import static io.berth.dialect.aliyun.device.AliyunGatewayBed.GATEWAY;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.OTHER_GATEWAY;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.SUB;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.SUB_SECRET;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.claim;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.credential.Hmac;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore;
import io.berth.core.message.Fact;
import io.berth.core.message.Uplink;
import io.berth.core.product.Product.NodeType;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.Reading;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AliyunRegistrationTest {
    private static final String REGISTER = "thing/sub/register";
    private static final String BY_PRODUCT = "thing/proxy/provisioning/product_register";
    private static final String PRODUCT_SECRET = "PRODSECRET000001";

    private final AliyunGatewayBed bed = new AliyunGatewayBed();

    @Test
    void a_registered_device_gets_its_secret_and_its_second_name() {
        assertThat(bed.ask(REGISTER, "[" + named(SUB) + "]"))
                .isEqualTo("{\"code\":200,\"data\":[{\"iotId\":\"a1sub_sub1\",\"productKey\":\"a1sub\","
                        + "\"deviceName\":\"sub1\",\"deviceSecret\":\"" + SUB_SECRET + "\"}]}");
    }

    @Test
    void only_devices_of_gateway_products_are_handed_secrets() {
        bed.product("a1direct", NodeType.DIRECT, true);
        DeviceId direct = new DeviceId("a1direct", "nosy");
        bed.device(direct, SUB_SECRET);

        assertThat(bed.ask(direct, REGISTER, "[" + named(SUB) + "]")).isEqualTo("{\"code\":401,\"data\":{}}");
    }

    @Test
    void nobody_vouches_for_a_device_with_a_connection_of_its_own() {
        bed.product("a1direct", NodeType.DIRECT, true);
        DeviceId direct = new DeviceId("a1direct", "own");
        bed.device(direct, SUB_SECRET);

        assertThat(bed.ask(REGISTER, "[" + named(direct) + "]")).isEqualTo("{\"code\":6288,\"data\":{}}");
    }

    @Test
    void a_product_that_is_switched_off_registers_nobody() {
        bed.product("a1off", NodeType.SUB, false);
        DeviceId off = new DeviceId("a1off", "sub1");
        bed.device(off, SUB_SECRET);

        assertThat(bed.ask(REGISTER, "[" + named(SUB) + "," + named(off) + "]"))
                .isEqualTo("{\"code\":6288,\"data\":{}}");
    }

    @Test
    void a_device_behind_another_gateway_is_not_registered() {
        bed.ask(OTHER_GATEWAY, "thing/topo/add", "[" + claim(SUB, SUB_SECRET) + "]");

        assertThat(bed.ask(REGISTER, "[" + named(SUB) + "]")).isEqualTo("{\"code\":6619,\"data\":{}}");
    }

    @Test
    void what_is_unknown_or_itself_is_told() {
        assertThat(bed.ask(REGISTER, "[" + named(new DeviceId("a1sub", "nobody")) + "]"))
                .isEqualTo("{\"code\":6100,\"data\":{}}");
        assertThat(bed.ask(REGISTER, "[" + named(new DeviceId("a1none", "sub1")) + "]"))
                .isEqualTo("{\"code\":6250,\"data\":{}}");
        assertThat(bed.ask(REGISTER, "[" + named(GATEWAY) + "]")).isEqualTo("{\"code\":6402,\"data\":{}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "{}", "[{\"productKey\":\"a1sub\"}]", "[{\"productKey\":\"a1sub\",\"deviceName\":\"/\"}]"})
    void what_names_no_device_is_a_parameter_error(String params) {
        assertThat(bed.ask(REGISTER, params)).isEqualTo("{\"code\":460,\"data\":{}}");
        assertThat(bed.ask("thing/sub/unregister", params)).isEqualTo("{\"code\":460,\"data\":{}}");
        assertThat(bed.ask(BY_PRODUCT, params)).isEqualTo("{\"code\":460,\"data\":{}}");
    }

    @Test
    void thirty_register_at_once_and_no_more() {
        String thirty = IntStream.range(0, 30)
                .mapToObj(i -> new DeviceId("a1sub", "many" + i))
                .map(id -> {
                    bed.device(id, SUB_SECRET);
                    return named(id);
                })
                .collect(Collectors.joining(","));

        assertThat(bed.ask(REGISTER, "[" + thirty + "]")).startsWith("{\"code\":200,");
        assertThat(bed.ask(REGISTER, "[" + thirty + "," + named(SUB) + "]")).startsWith("{\"code\":460,");
    }

    @Test
    void registering_is_slowed_down_like_every_change() {
        AliyunGatewayBed slow = new AliyunGatewayBed(new DeviceServices.Rules(false, 2000, true, "", 1));
        slow.ask(REGISTER, "[" + named(SUB) + "]");

        assertThat(slow.ask(REGISTER, "[" + named(SUB) + "]")).isEqualTo("{\"code\":429,\"data\":{}}");
        assertThat(slow.ask(BY_PRODUCT, proxied(SUB, PRODUCT_SECRET))).isEqualTo("{\"code\":429,\"data\":{}}");
    }

    @Test
    void an_unregistered_device_leaves_its_gateway_and_stays_in_the_registry() {
        bed.ask("thing/topo/add", "[" + claim(SUB, SUB_SECRET) + "]");
        bed.ask("combine/login", claim(SUB, SUB_SECRET));

        assertThat(bed.ask("thing/sub/unregister", "[" + named(SUB) + "]")).isEqualTo("{\"code\":200,\"data\":{}}");

        assertThat(bed.platform.sessions.isAttached(SUB)).isFalse();
        assertThat(bed.platform.belongings.topology.gatewayOf(SUB)).isEmpty();
        assertThat(bed.platform.devices.get(SUB).enabled()).isTrue();
    }

    @Test
    void found_devices_are_news_for_whoever_follows_topologies() {
        Reading reading = bed.connection(GATEWAY)
                .read("/sys/a1pk/dev1/thing/list/found", "{\"id\":\"1\",\"params\":[" + named(SUB) + "]}");

        assertThat(reading).isInstanceOfSatisfying(Reading.Accepted.class, accepted -> {
            assertThat(((Uplink.Info) accepted.uplink()).fact()).isEqualTo(new Fact.Found(List.of(SUB)));
            assertThat(accepted.uplink().topic()).isEqualTo("/sys/a1pk/dev1/thing/list/found");
        });
        assertThat(bed.ask("thing/list/found", "[" + named(SUB) + "]")).isEqualTo("{\"code\":200,\"data\":{}}");
    }

    @Test
    void found_devices_must_be_possible() {
        assertThat(bed.ask("thing/list/found", "[{\"productKey\":\"a1none\",\"deviceName\":\"x\"}]"))
                .isEqualTo("{\"code\":6250,\"data\":{}}");
        assertThat(bed.ask("thing/list/found", "[{\"productKey\":\"a1sub\",\"deviceName\":\"no blanks\"}]"))
                .isEqualTo("{\"code\":6280,\"data\":{}}");
        assertThat(bed.ask("thing/list/found", "{}")).isEqualTo("{\"code\":460,\"data\":{}}");
    }

    @Test
    void a_registration_of_the_4_2_sdk_by_the_products_secret_is_answered_byte_for_byte() {
        String reply = bed.connection(GATEWAY).publish("/sys/a1pk/dev1/thing/proxy/provisioning/product_register", """
                {"id":"5","version":"1.0","params":{"proxieds":[{"productKey":"a1sub","deviceName":"sub1",\
                "random":"6849A0E12C522A4E4473","signMethod":"hmacSha256","sign":\
                "2B8DCE932B9928E66CE39DA3BCCF9246EC8984C5E76D312BADC41DD9A00AE12E"}]},"sys":{"ack":1}}""");

        assertThat(reply).isEqualTo("""
                {"code":200,"id":"5","message":"success","method":"thing.proxy.provisioning.product_register",\
                "version":"1.0","data":{"successes":[{"productKey":"a1sub","deviceName":"sub1","deviceSecret":\
                "fedcba9876543210fedcba9876543210"}],"failures":[]}}""");
    }

    @Test
    void each_device_fails_for_itself() {
        bed.product("a1off", NodeType.SUB, false);
        bed.device(new DeviceId("a1off", "sub1"), SUB_SECRET);

        assertThat(failure(new DeviceId("a1none", "sub1"), PRODUCT_SECRET))
                .isEqualTo(failed("a1none", "sub1", 6250, "product not found"));
        assertThat(failure(new DeviceId("a1sub", "nobody"), PRODUCT_SECRET))
                .isEqualTo(failed("a1sub", "nobody", 6100, "device not found"));
        assertThat(failure(SUB, "another")).isEqualTo(failed("a1sub", "sub1", 401, "request auth error"));
        assertThat(failure(new DeviceId("a1off", "sub1"), PRODUCT_SECRET))
                .isEqualTo(failed("a1off", "sub1", 6288, "dynamic registration is off"));
    }

    @Test
    void a_device_in_use_does_not_give_its_secret_to_who_knows_only_the_products() {
        bed.platform
                .registry
                .devices()
                .recordPresence(List.of(new DeviceStore.Presence(SUB, bed.clock.instant(), "192.0.2.1:1", true)));

        assertThat(failure(SUB, PRODUCT_SECRET)).isEqualTo(failed("a1sub", "sub1", 6289, "device is active already"));
    }

    private String failure(DeviceId device, String secret) {
        return bed.ask(BY_PRODUCT, proxied(device, secret));
    }

    private static String failed(String product, String name, int code, String message) {
        return ("{\"code\":200,\"data\":{\"successes\":[],\"failures\":[{\"productKey\":\"%s\",\"deviceName\":\"%s\","
                        + "\"code\":%d,\"message\":\"%s\"}]}}")
                .formatted(product, name, code, message);
    }

    private static String proxied(DeviceId device, String secret) {
        String content = "deviceName" + device.name() + "productKey" + device.product() + "random7";
        return """
                {"proxieds":[{"productKey":"%s","deviceName":"%s","random":"7","signMethod":"hmacSha1","sign":"%s"}]}""".formatted(device.product(), device.name(), AliyunFleet.sign(Hmac.SHA1, secret, content));
    }
}
