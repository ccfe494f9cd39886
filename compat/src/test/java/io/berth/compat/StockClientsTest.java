package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.compat.StockDevice.Message;
import io.berth.compat.Tail.Line;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ordinary MQTT clients with the right login: what firmware without an SDK does.
@ExtendWith(SharedServer.class)
final class StockClientsTest {
    private static final String PRODUCT = "a1Stock";

    private final BerthServer berth;

    StockClientsTest(BerthServer berth) {
        this.berth = berth;
    }

    @BeforeAll
    static void make_product(BerthServer berth) {
        berth.api().createProduct(PRODUCT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"md5", "sha1", "sha256"})
    void every_sign_method_of_alibaba_lets_a_device_in(String sign) throws IOException {
        Identity probe = register("probe-" + sign);
        try (StockDevice device = StockDevice.connect(berth, VendorLogin.aliyun(probe, sign, false));
                Tail tail = berth.api().tail(PRODUCT)) {
            device.publish(probe.topic("user/update"), sign);
            assertThat(messageOf(tail, probe)).isEqualTo(aliyunLine(probe, sign));
        }
    }

    @Test
    void a_request_on_a_custom_topic_is_answered_on_the_same_topic() throws InterruptedException {
        Identity probe = register("probe-rrpc");
        VendorLogin plain = VendorLogin.aliyun(probe, "sha256", false);
        // ext bit 0: requests come on /ext/rrpc (spec aliyun-device R10)
        VendorLogin login = new VendorLogin(
                plain.clientId().replace("securemode=3", "securemode=3,ext=1"), plain.userName(), plain.password());
        try (StockDevice device = StockDevice.connect(berth, login)) {
            device.subscribe("/ext/rrpc/+" + probe.topic("user/get"));
            Thread answering = Thread.startVirtualThread(() -> {
                Message request = device.message("/ext/rrpc/");
                device.publish(request.topic(), "it is noon");
            });
            assertThat(berth.api().askOn(probe, probe.topic("user/get"), "what time is it?"))
                    .isEqualTo("it is noon");
            answering.join();
        }
    }

    @Test
    void a_device_learns_the_time() {
        Identity probe = register("probe-clock");
        String clock = "/ext/ntp/" + PRODUCT + "/probe-clock/";
        try (StockDevice device = StockDevice.connect(berth, VendorLogin.aliyun(probe, "sha256", false))) {
            device.subscribe(clock + "response");
            device.publish(clock + "request", "{\"deviceSendTime\":\"1571724098000\"}");
            assertThat(device.message(clock + "response").payload())
                    .matches(
                            "\\{\"deviceSendTime\":\"1571724098000\",\"serverRecvTime\":\"\\d{13}\",\"serverSendTime\":\"\\d{13}\"}");
        }
    }

    @Test
    void a_message_for_an_absent_device_waits_for_it() {
        Identity probe = register("probe-absent");
        VendorLogin login = VendorLogin.aliyun(probe, "sha256", false);
        try (StockDevice first = StockDevice.connectKeepingSession(berth, login)) {
            first.subscribe(probe.topic("user/get"));
        }
        berth.api().publish(probe, probe.topic("user/get"), "while you were out");
        try (StockDevice again = StockDevice.connectKeepingSession(berth, login)) {
            assertThat(again.message(probe.topic("user/get")).payload()).isEqualTo("while you were out");
        }
    }

    @Test
    void one_device_may_use_either_wire() throws IOException {
        Identity probe = register("probe-both");
        try (Tail tail = berth.api().tail(PRODUCT)) {
            try (StockDevice device = StockDevice.connect(berth, VendorLogin.aliyun(probe, "sha1", false))) {
                device.publish(probe.topic("user/update"), "one way");
                assertThat(messageOf(tail, probe).dialect()).isEqualTo("aliyun");
            }
            try (StockDevice device = StockDevice.connect(berth, VendorLogin.huawei(probe, Instant.now()))) {
                device.publish("$oc/devices/" + probe.huaweiId() + "/sys/messages/up", "the other way");
                assertThat(messageOf(tail, probe).dialect()).isEqualTo("huawei");
            }
        }
    }

    private Identity register(String name) {
        Identity device = new Identity(PRODUCT, name, "secret-of-" + name, PRODUCT + "_" + name);
        berth.api().createDevice(device);
        return device;
    }

    private static Line messageOf(Tail tail, Identity device) {
        return tail.take(
                "a message of " + device.name(),
                line -> line.device().equals(device.name()) && line.kind().equals("message"));
    }

    private static Line aliyunLine(Identity device, String payload) {
        return new Line(device.name(), "aliyun", "message", device.topic("user/update"), 1, payload);
    }
}
