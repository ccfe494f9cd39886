package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.compat.HuaweiSdkDevice.Command;
import io.berth.compat.Tail.Line;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(SharedServer.class)
final class HuaweiSdkTest {
    private static final String PRODUCT = "a1HuaweiSdk";

    private final BerthServer berth;

    HuaweiSdkTest(BerthServer berth) {
        this.berth = berth;
    }

    @BeforeAll
    static void make_product(BerthServer berth) {
        berth.api().createProduct(PRODUCT);
    }

    @Test
    void connects_and_is_online_for_the_operator() {
        Identity meter = register("meter");
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, meter)) {
            assertThat(device.connect()).isZero();
            assertThat(berth.api().device(meter).path("status").asString()).isEqualTo("online");
        }
    }

    @Test
    void connects_over_tls_trusting_only_the_servers_root() throws IOException {
        Identity meter = register("meter-tls");
        try (HuaweiSdkDevice device = HuaweiSdkDevice.overTls(berth, meter);
                Tail tail = berth.api().tail(PRODUCT)) {
            assertThat(device.connect()).isZero();
            device.reportMessage("over tls");
            assertThat(take(tail, meter, "sys/messages/up").payload()).contains("\"content\":\"over tls\"");
        }
    }

    @Test
    void reports_a_message() throws IOException {
        Identity meter = register("meter-up");
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, meter);
                Tail tail = berth.api().tail(PRODUCT)) {
            device.connect();
            device.reportMessage("valve is warm");
            Line line = take(tail, meter, "sys/messages/up");
            assertThat(line.kind()).isEqualTo("message");
            assertThat(line.dialect()).isEqualTo("huawei");
            assertThat(line.qos()).isEqualTo(1);
            assertThat(line.payload()).contains("\"content\":\"valve is warm\"");
        }
    }

    @Test
    void gets_messages_it_never_subscribed_to() {
        Identity meter = register("meter-down");
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, meter)) {
            device.connect();
            berth.api().publish(meter, "$oc/devices/" + meter.huaweiId() + "/sys/messages/down", "close the valve");
            assertThat(device.messages().take("the message", _ -> true)).contains("close the valve");
        }
    }

    @Test
    void reports_properties() throws IOException {
        Identity meter = register("meter-props");
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, meter);
                Tail tail = berth.api().tail(PRODUCT)) {
            device.connect();
            device.reportProperties("climate", Map.of("temperature", 21.5));
            JsonNode report = JsonMapper.shared()
                    .readTree(take(tail, meter, "sys/properties/report").payload());
            JsonNode service = report.path("services").path(0);
            assertThat(service.path("service_id").asString()).isEqualTo("climate");
            assertThat(service.path("properties").path("temperature").asDouble())
                    .isEqualTo(21.5);
        }
    }

    @Test
    void learns_the_time() {
        Identity meter = register("meter-clock");
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, meter)) {
            device.connect();
            Instant asked = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            assertThat(device.askTheTime()).isBetween(asked, Instant.now());
        }
    }

    // SDK 1.2.1 never finishes its gzip stream: a short message is a gzip header and nothing else
    @Test
    void keeps_its_connection_after_a_message_it_failed_to_compress() throws IOException {
        Identity meter = register("meter-gzip");
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, meter);
                Tail tail = berth.api().tail(PRODUCT)) {
            device.connect();
            device.reportCompressedMessage("lost on the way");
            device.reportMessage("still here");
            assertThat(take(tail, meter, "sys/messages/up").payload()).contains("still here");
            assertThat(device.losses().poll(_ -> true, Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void uses_a_custom_topic_both_ways() throws IOException {
        Identity meter = register("meter-custom");
        String root = "$oc/devices/" + meter.huaweiId() + "/";
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, meter);
                Tail tail = berth.api().tail(PRODUCT)) {
            device.connect();
            device.publish(root + "user/update", "up");
            assertThat(take(tail, meter, "user/update").payload()).isEqualTo("up");
            device.subscribe(root + "user/get");
            berth.api().publish(meter, "user/get", "down");
            assertThat(device.messages().take("the message", _ -> true)).isEqualTo("down");
        }
    }

    @Test
    void answers_a_command() {
        Identity meter = register("meter-command");
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, meter)) {
            device.connect();
            String answer = berth.api()
                    .ask(meter, "{\"service_id\":\"valve\",\"command_name\":\"turn\",\"paras\":{\"to\":\"closed\"}}");
            assertThat(device.commands().take("the command", _ -> true))
                    .isEqualTo(new Command("valve", "turn", Map.of("to", "closed")));
            JsonNode response = JsonMapper.shared().readTree(answer);
            assertThat(response.path("result_code").asInt(-1)).isZero();
            assertThat(response.path("paras").path("to").asString()).isEqualTo("closed");
        }
    }

    @Test
    void is_told_to_set_properties_and_agrees() {
        Identity meter = register("meter-set");
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, meter)) {
            device.connect();
            berth.api()
                    .publish(
                            meter,
                            "$oc/devices/" + meter.huaweiId() + "/sys/properties/set/request_id=9",
                            "{\"services\":[{\"service_id\":\"valve\",\"properties\":{\"open\":40}}]}");
            assertThat(device.settings().take("the setting", _ -> true)).isEqualTo("valve");
        }
    }

    // The SDK's MQTT library repeats a refused login as MQTT 3.1, and the SDK sees only that second answer; anything
    // but 4 there makes it try for ever (spec huawei-iotda 2.1), so an answer at all proves both.
    @Test
    void gives_up_on_a_wrong_secret_and_the_operator_reads_why() {
        Identity meter = register("meter-wrong");
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, meter.withSecret("not the secret"))) {
            assertThat(device.connect()).isEqualTo(4);
        }
        // the device is answered before the refusal is kept
        await().untilAsserted(() -> assertThat(berth.api().refusals(meter).size())
                .as("refused as 3.1.1 and as 3.1")
                .isEqualTo(2));
        JsonNode refusals = berth.api().refusals(meter);
        assertThat(refusals.path(0).path("dialect").asString()).isEqualTo("huawei");
        assertThat(refusals.path(0).path("fault").asString()).isEqualTo("wrong-signature");
        assertThat(refusals.toString()).doesNotContain("not the secret").doesNotContain(meter.secret());
    }

    @Test
    void gives_up_as_an_unknown_device() {
        Identity stranger = new Identity(PRODUCT, "stranger", "secret", PRODUCT + "_stranger");
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, stranger)) {
            assertThat(device.connect()).isEqualTo(4);
        }
    }

    @Test
    void loses_its_connection_to_the_same_device_elsewhere() {
        Identity meter = register("meter-twice");
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, meter)) {
            device.connect();
            try (StockDevice _ = StockDevice.connect(berth, VendorLogin.huawei(meter, Instant.now()))) {
                assertThat(device.losses().take("the loss", _ -> true)).isNotEmpty();
            }
        }
    }

    private Identity register(String name) {
        Identity device = new Identity(PRODUCT, name, "secret-of-" + name, PRODUCT + "_" + name);
        berth.api().createDevice(device);
        return device;
    }

    /// The next line of the device on this topic; the SDK itself reports on others as soon as it is connected.
    private static Line take(Tail tail, Identity device, String topic) {
        String whole = "$oc/devices/" + device.huaweiId() + "/" + topic;
        return tail.take("something on " + whole, line -> line.topic().equals(whole));
    }
}
