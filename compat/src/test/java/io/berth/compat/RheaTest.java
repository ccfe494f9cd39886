package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Subscribing with rhea, an AMQP client that shares no code with Qpid's for Java.
@ExtendWith(SharedServer.class)
final class RheaTest {
    private static final String PRODUCT = "a1Rhea";
    private static final String KEY = "rhea";
    private static final String SECRET = "xK3dLq8TzWb1";

    private final BerthServer berth;

    RheaTest(BerthServer berth) {
        this.berth = berth;
    }

    @BeforeAll
    static void make_product_and_key(BerthServer berth) throws IOException {
        NodeSdkDevice.install();
        berth.api().createProduct(PRODUCT);
        berth.api().addTopic(PRODUCT, "user/update", "pub");
        berth.api().createAccessKey(KEY, SECRET);
    }

    private Identity publish(String name, String text) {
        Identity device = new Identity(PRODUCT, name, "f4c1f0e4b9b24d3c8c7ad0e1f2a3b4c5", PRODUCT + "_" + name);
        berth.api().createDevice(device);
        try (StockDevice client = StockDevice.connect(berth, VendorLogin.aliyun(device, "sha256", false))) {
            client.publish(device.topic("user/update"), text);
        }
        return device;
    }

    @Test
    void an_alibaba_subscriber_gets_bytes_and_gives_back_what_it_could_not_handle() throws IOException {
        berth.api().createGroup("rhea-orders", "aliyun", PRODUCT);
        Identity device = publish("r1", "{\"flow\":12.5}");
        SubscriberLogin login = SubscriberLogin.aliyun(KEY, SECRET, "rhea-orders");
        try (RheaSubscriber app = RheaSubscriber.connect(berth, login, "default")) {
            assertThat(app.take("attached").path("address").asString()).isEqualTo("default");

            JsonNode first = app.take("message");
            assertThat(first.path("isBytes").asBoolean()).isTrue();
            assertThat(first.path("body").asString()).isEqualTo("{\"flow\":12.5}");
            assertThat(first.at("/properties/topic").asString()).isEqualTo(device.topic("user/update"));
            assertThat(first.path("deliveryCount").asInt()).isZero();

            app.settle("modified");
            JsonNode again = app.take("message");
            assertThat(again.path("messageId")).isEqualTo(first.path("messageId"));
            assertThat(again.path("deliveryCount").asInt()).isEqualTo(1);
            app.settle("accept");
        }
    }

    @Test
    void a_huawei_subscriber_names_its_queue_and_gets_text() throws IOException {
        berth.api().createGroup("rhea-queue", "huawei", PRODUCT);
        publish("r2", "hello");
        try (RheaSubscriber app = RheaSubscriber.connect(berth, SubscriberLogin.huawei(KEY, SECRET), "rhea-queue")) {
            JsonNode message = app.take("message");
            assertThat(message.path("isBytes").asBoolean()).isFalse();
            assertThat(JsonMapper.shared()
                            .readTree(message.path("body").asString())
                            .path("resource")
                            .asString())
                    .isEqualTo("device.message");
            app.settle("accept");
        }
    }

    @Test
    void a_wrong_secret_is_refused() throws IOException {
        try (RheaSubscriber app = RheaSubscriber.connect(berth, SubscriberLogin.huawei(KEY, "wrong"), "rhea-queue")) {
            assertThat(app.take("error").path("condition").asString()).isEqualTo("amqp:unauthorized-access");
        }
    }
}
