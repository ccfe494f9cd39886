package io.berth.dialect.aliyun.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.testing.HeldDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Messages and questions to devices (spec aliyun-openapi 3.2).
final class MessageActionsTest extends ActionBed {
    private static final String HELLO = base64("hello".getBytes(UTF_8));

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String[] publication(String topic, String... more) {
        return with(new String[] {"ProductKey", "a1pk", "TopicFullName", topic, "MessageContent", HELLO}, more);
    }

    @Test
    void a_message_goes_to_a_topic_that_devices_may_hear() throws InterruptedException {
        api.makeDevice("a1pk", "lamp");
        done("Pub", publication("/a1pk/lamp/user/get"));
        HeldDevice lamp = api.attach("a1pk", "lamp");
        done(
                "Pub",
                publication(
                        "/a1pk/lamp/user/get",
                        "Qos",
                        "1",
                        "ContentType",
                        "text/plain",
                        "UserProp.1.Key",
                        "k",
                        "UserProp.1.Value",
                        "v"));

        assertThat(lamp.next())
                .isEqualTo(new Downlink.Message("/a1pk/lamp/user/get", Qos.AT_LEAST_ONCE, Payload.of("hello")));
        for (String topic : List.of("/a1pk/lamp/user/update", "/sys/a1pk/lamp/thing/x", "/other/lamp/user/get")) {
            assertRefused("iot.messagebroker.InvalidFormattedTopicName", "Pub", publication(topic));
        }
        assertRefused("iot.device.NotExistedDevice", "Pub", publication("/a1pk/none/user/get"));
        assertRefused(
                "iot.messagebroker.MessageContentIsNotBase64Encode",
                "Pub",
                "ProductKey",
                "a1pk",
                "TopicFullName",
                "/a1pk/lamp/user/get",
                "MessageContent",
                "?");
        assertThat(api.call("Pub", publication("/a1pk/lamp/user/get", "Qos", "2"))
                        .path("Code")
                        .asString())
                .isEqualTo("InvalidQos");
    }

    @Test
    void a_message_has_up_to_256_kib() {
        api.makeDevice("a1pk", "lamp");
        String[] parameters = publication("/a1pk/lamp/user/get");
        parameters[5] = base64(new byte[256 << 10]);
        done("Pub", parameters);
        parameters[5] = base64(new byte[(256 << 10) + 1]);
        assertRefused("iot.messagebroker.PublishMessageFailed", "Pub", parameters);
    }

    @Test
    void many_devices_get_one_message() throws InterruptedException {
        List<String> names = new ArrayList<>(List.of("ProductKey", "a1pk", "MessageContent", HELLO));
        for (int i = 1; i <= 100; i++) {
            api.makeDevice("a1pk", "lamp" + i);
            names.addAll(List.of("DeviceName." + i, "lamp" + i));
        }
        HeldDevice last = api.attach("a1pk", "lamp100");
        String[] hundred = names.toArray(String[]::new);
        done("BatchPub", with(hundred, "TopicShortName", "get"));
        assertThat(last.next())
                .isEqualTo(new Downlink.Message("/a1pk/lamp100/user/get", Qos.AT_MOST_ONCE, Payload.of("hello")));
        done("BatchPub", with(hundred, "TopicTemplateName", "/${productKey}/${deviceName}/user/get"));
        assertThat(((Downlink.Message) last.next()).topic()).isEqualTo("/a1pk/lamp100/user/get");

        done("BatchPub", with(hundred, "DeviceName.101", "lamp1", "TopicShortName", "get"));
        assertRefused(
                "iot.check.ParameterIsNotLessThanMax",
                "BatchPub",
                with(hundred, "DeviceName.101", "more", "TopicShortName", "get"));
        String[] stranger = Arrays.copyOf(hundred, 6);
        stranger[5] = "none";
        assertRefused("iot.device.NotExistedDevice", "BatchPub", with(stranger, "TopicShortName", "get"));
    }

    @Test
    void a_broadcast_reaches_whoever_is_online() throws InterruptedException {
        api.makeDevice("a1pk", "lamp");
        HeldDevice lamp = api.attach("a1pk", "lamp");
        String[] parameters = {"ProductKey", "a1pk", "MessageContent", HELLO};

        long id = done("PubBroadcast", parameters).path("MessageId").asLong();
        assertThat(((Downlink.Message) lamp.next()).topic()).isEqualTo("/sys/a1pk/lamp/broadcast/request/" + id);
        done("PubBroadcast", with(parameters, "TopicFullName", "/broadcast/a1pk/news"));
        assertThat(lamp.next()).isEqualTo(new Downlink.Broadcast("/broadcast/a1pk/news", Payload.of("hello")));
        assertRefused(
                "iot.messagebroker.InvalidFormattedTopicName",
                "PubBroadcast",
                with(parameters, "TopicFullName", "/broadcast/other/news"));
        parameters[3] = base64(new byte[64 << 10]);
        done("PubBroadcast", parameters);
        parameters[3] = base64(new byte[(64 << 10) + 1]);
        assertRefused("iot.messagebroker.PublishMessageFailed", "PubBroadcast", parameters);
    }

    @Test
    void a_question_is_answered_in_bytes() {
        api.makeDevice("a1pk", "lamp");
        api.attach("a1pk", "lamp", downlink -> {
            Downlink.Request asked = (Downlink.Request) downlink;
            Payload answer = Payload.of(asked.topic() + ":" + asked.payload().text());
            return new Uplink.Reply(asked.id(), "t", Qos.AT_MOST_ONCE, answer, null);
        });
        JsonNode answer = done("RRpc", question("8000"));
        assertThat(answer.path("RrpcCode").asString()).isEqualTo("SUCCESS");
        assertThat(answer.path("MessageId").isNumber()).isTrue();
        assertThat(answer.path("PayloadBase64Byte").asString()).isEqualTo(base64("null:hello".getBytes(UTF_8)));
        assertThat(done("RRpc", question("8000", "Topic", "/get"))
                        .path("PayloadBase64Byte")
                        .asString())
                .isEqualTo(base64("/get:hello".getBytes(UTF_8)));
        for (String timeout : List.of("999", "8001")) {
            assertRefused("iot.messagebroker.InvalidTimeoutValue", "RRpc", question(timeout));
        }
    }

    @Test
    void an_unanswered_question_says_why_in_two_words() {
        api.makeDevice("a1pk", "lamp");
        JsonNode away = api.call("RRpc", question("1000"));
        assertThat(away.path("Code").asString()).isEqualTo("iot.messagebroker.OFFLINE");
        assertThat(away.path("RrpcCode").asString()).isEqualTo("OFFLINE");
        api.attach("a1pk", "lamp");
        JsonNode silent = api.call("RRpc", question("1000"));
        assertThat(silent.path("Code").asString()).isEqualTo("iot.messagebroker.TIMEOUT");
        assertThat(silent.path("RrpcCode").asString()).isEqualTo("TIMEOUT");
        assertThat(silent.path("Success").asBoolean()).isFalse();
    }

    private static String[] question(String timeout, String... more) {
        return with(
                new String[] {"ProductKey", "a1pk", "DeviceName", "lamp", "RequestBase64Byte", HELLO, "Timeout", timeout
                },
                more);
    }
}
