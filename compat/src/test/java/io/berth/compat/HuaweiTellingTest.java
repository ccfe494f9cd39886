package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.iotda.v5.IoTDAClient;
import com.huaweicloud.sdk.iotda.v5.model.AsyncDeviceCommandRequest;
import com.huaweicloud.sdk.iotda.v5.model.BroadcastMessageRequest;
import com.huaweicloud.sdk.iotda.v5.model.CountAsyncHistoryCommandsRequest;
import com.huaweicloud.sdk.iotda.v5.model.CreateAsyncCommandRequest;
import com.huaweicloud.sdk.iotda.v5.model.CreateAsyncCommandResponse;
import com.huaweicloud.sdk.iotda.v5.model.CreateCommandRequest;
import com.huaweicloud.sdk.iotda.v5.model.CreateCommandResponse;
import com.huaweicloud.sdk.iotda.v5.model.CreateMessageRequest;
import com.huaweicloud.sdk.iotda.v5.model.DeviceBroadcastRequest;
import com.huaweicloud.sdk.iotda.v5.model.DeviceCommandRequest;
import com.huaweicloud.sdk.iotda.v5.model.DeviceMessage;
import com.huaweicloud.sdk.iotda.v5.model.DeviceMessageRequest;
import com.huaweicloud.sdk.iotda.v5.model.DevicePropertiesRequest;
import com.huaweicloud.sdk.iotda.v5.model.DeviceShadowData;
import com.huaweicloud.sdk.iotda.v5.model.ListAsyncCommandsRequest;
import com.huaweicloud.sdk.iotda.v5.model.ListAsyncCommandsResponse;
import com.huaweicloud.sdk.iotda.v5.model.ListAsyncHistoryCommandsRequest;
import com.huaweicloud.sdk.iotda.v5.model.ListDeviceMessagesRequest;
import com.huaweicloud.sdk.iotda.v5.model.ListPropertiesRequest;
import com.huaweicloud.sdk.iotda.v5.model.ShowAsyncDeviceCommandRequest;
import com.huaweicloud.sdk.iotda.v5.model.ShowAsyncDeviceCommandResponse;
import com.huaweicloud.sdk.iotda.v5.model.ShowDeviceMessageRequest;
import com.huaweicloud.sdk.iotda.v5.model.ShowDeviceMessageResponse;
import com.huaweicloud.sdk.iotda.v5.model.ShowDeviceShadowRequest;
import com.huaweicloud.sdk.iotda.v5.model.UpdateDesired;
import com.huaweicloud.sdk.iotda.v5.model.UpdateDesireds;
import com.huaweicloud.sdk.iotda.v5.model.UpdateDeviceShadowDesiredDataRequest;
import com.huaweicloud.sdk.iotda.v5.model.UpdatePropertiesRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Huawei's applications tell and ask devices, SDK to SDK.
@ExtendWith(SharedServer.class)
final class HuaweiTellingTest {
    private static final String PRODUCT = "a1HuaweiTelling";
    private static final String LAMPS = "a1HuaweiTold";
    private static final String KEY = "telling-test";
    private static final String SECRET = "telling-test-secret";

    private final BerthServer berth;
    private final IoTDAClient client;

    HuaweiTellingTest(BerthServer berth) {
        this.berth = berth;
        this.client = new HuaweiApplication(berth, KEY, SECRET).derived();
    }

    @BeforeAll
    static void make_products(BerthServer berth) throws IOException {
        berth.api().createProduct(PRODUCT, "65f0tell", "direct");
        berth.api().createProduct(LAMPS, "65f0told", "direct");
        TestModel.publish(berth, LAMPS, "lamp.tsl.json");
        berth.api().createAccessKey(KEY, SECRET);
    }

    @Test
    void a_device_answers_a_command() {
        Identity valve = register(PRODUCT, "command");
        try (HuaweiSdkDevice device = connected(valve)) {
            CreateCommandResponse answer = command(valve);
            assertThat(answer.getHttpStatusCode()).isEqualTo(200);
            assertThat(answer.getCommandId()).isNotEmpty();
            assertThat(answer.getResponse().toString())
                    .contains("result_code=0")
                    .contains("degrees=90");
            assertThat(device.commands().take("the command", _ -> true))
                    .isEqualTo(new HuaweiSdkDevice.Command("valve", "turn", Map.of("degrees", 90)));
        }
    }

    @Test
    void a_command_to_a_device_that_is_away_is_refused() {
        Identity valve = register(PRODUCT, "command-away");
        refused(403, "IOTDA.014016", () -> command(valve));
    }

    @Test
    void a_device_that_says_nothing_is_not_waited_for_for_ever() {
        Identity valve = register(PRODUCT, "command-silent");
        try (StockDevice _ = StockDevice.connect(berth, VendorLogin.huawei(valve, Instant.now()))) {
            refused(500, "IOTDA.014111", () -> command(valve));
        }
    }

    @Test
    void an_asynchronous_command_waits_for_its_device() {
        Identity valve = register(PRODUCT, "async");
        CreateAsyncCommandResponse made = asyncCommand(valve, "delay", 600);
        assertThat(made.getStatus()).isEqualTo("PENDING");
        assertThat(made.getHttpStatusCode()).isEqualTo(201);
        ListAsyncCommandsResponse queue = client.listAsyncCommands(
                new ListAsyncCommandsRequest().withDeviceId(valve.huaweiId()).withStatus("PENDING"));
        assertThat(queue.getCommands()).singleElement().satisfies(command -> {
            assertThat(command.getCommandId()).isEqualTo(made.getCommandId());
            assertThat(command.getSendStrategy()).isEqualTo("delay");
        });
        assertThat(queue.getPage().getCount()).isEqualTo(1);

        try (HuaweiSdkDevice device = connected(valve)) {
            assertThat(device.commands().take("the command", _ -> true).name()).isEqualTo("turn");
            await().untilAsserted(
                            () -> assertThat(show(valve, made).getStatus()).isEqualTo("SUCCESSFUL"));
            assertThat(show(valve, made).getResponseTime()).isNotEmpty();
        }
        assertThat(client.listAsyncHistoryCommands(new ListAsyncHistoryCommandsRequest().withDeviceId(valve.huaweiId()))
                        .getCommands())
                .extracting(command -> command.getStatus())
                .containsExactly("SUCCESSFUL");
        assertThat(client.countAsyncHistoryCommands(new CountAsyncHistoryCommandsRequest()
                                .withDeviceId(valve.huaweiId())
                                .withStatus("SUCCESSFUL"))
                        .getCount())
                .isEqualTo(1);
    }

    @Test
    void an_immediate_command_does_not_wait() {
        Identity valve = register(PRODUCT, "immediate");
        refused(403, "IOTDA.014016", () -> asyncCommand(valve, "immediately", 60));
    }

    @ParameterizedTest
    @CsvSource({"172800, true", "172801, false", "0, false", "-1, false"})
    void a_command_waits_two_days_at_most(int seconds, boolean accepted) {
        Identity valve = register(PRODUCT, "expire" + seconds);
        if (accepted) {
            assertThat(asyncCommand(valve, "delay", seconds).getExpireTime()).isEqualTo(seconds);
        } else {
            assertThatThrownBy(() -> asyncCommand(valve, "delay", seconds))
                    .isInstanceOf(ServiceResponseException.class);
        }
    }

    @Test
    void properties_are_set_and_asked_for() {
        Identity valve = register(PRODUCT, "properties");
        try (HuaweiSdkDevice device = connected(valve)) {
            var set = client.updateProperties(new UpdatePropertiesRequest()
                    .withDeviceId(valve.huaweiId())
                    .withBody(new DevicePropertiesRequest()
                            .withServices(List.of(Map.of("service_id", "valve", "properties", Map.of("level", 4))))));
            assertThat(set.getResponse().toString()).contains("result_code=0");
            assertThat(device.settings().take("the setting", _ -> true)).isEqualTo("valve");

            var read = client.listProperties(
                    new ListPropertiesRequest().withDeviceId(valve.huaweiId()).withServiceId("valve"));
            assertThat(read.getResponse().toString())
                    .contains("service_id=valve")
                    .contains("level=3");
        }
        awaitOffline(valve); // the SDK says goodbye on a thread of its own
        refused(
                403,
                "IOTDA.014016",
                () -> client.listProperties(new ListPropertiesRequest()
                        .withDeviceId(valve.huaweiId())
                        .withServiceId("valve")));
    }

    @Test
    void what_is_wanted_of_a_shadow_counts_its_versions() {
        Identity lamp = register(LAMPS, "shadow");
        assertThat(want(lamp, Map.of("brightness", 40), 0L).getVersion()).isEqualTo(1);
        refused(409, "IOTDA.014006", () -> want(lamp, Map.of("brightness", 41), 0L));
        refused(400, "IOTDA.000006", () -> want(lamp, Map.of("Nothing", 41), null));

        List<DeviceShadowData> shown = client.showDeviceShadow(
                        new ShowDeviceShadowRequest().withDeviceId(lamp.huaweiId()))
                .getShadow();
        assertThat(shown).singleElement().satisfies(service -> {
            assertThat(service.getServiceId()).isEqualTo("default");
            assertThat(service.getDesired().getProperties().toString()).isEqualTo("{brightness=40}");
        });
        assertThat(want(lamp, Map.of(), 1L).getDesired().getProperties().toString())
                .isEqualTo("{}");
        try (HuaweiSdkDevice device = connected(lamp)) {
            want(lamp, Map.of("brightness", 42), null);
            assertThat(device.settings().take("the setting", _ -> true)).isEqualTo("default");
        }
    }

    @Test
    void a_message_waits_for_its_device_and_is_shown_with_what_became_of_it() {
        Identity valve = register(PRODUCT, "message");
        String id =
                message(valve, new DeviceMessageRequest().withMessage("hello").withName("greeting"));
        assertThat(status(valve, id)).isEqualTo("PENDING");
        try (HuaweiSdkDevice device = connected(valve)) {
            assertThat(device.messages().take("the message", _ -> true))
                    .contains("\"content\":\"hello\"")
                    .contains("\"name\":\"greeting\"");
            await().untilAsserted(() -> assertThat(status(valve, id)).isEqualTo("DELIVERED"));
        }
        assertThat(client.listDeviceMessages(new ListDeviceMessagesRequest().withDeviceId(valve.huaweiId()))
                        .getMessages())
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.getName()).isEqualTo("greeting");
                    assertThat(message.getMessage()).isEqualTo("hello");
                    assertThat(message.getFinishedTime()).isNotEmpty();
                });
    }

    @Test
    void a_message_that_may_not_wait_fails() {
        Identity valve = register(PRODUCT, "ttl");
        String id = message(valve, new DeviceMessageRequest().withMessage("now").withTtl(0));
        ShowDeviceMessageResponse shown = shown(valve, id);
        assertThat(shown.getStatus()).isEqualTo("FAILED");
        assertThat(shown.getErrorInfo().getErrorCode()).isEqualTo("IOTDA.014016");
        refused(
                400,
                "IOTDA.000006",
                () -> message(valve, new DeviceMessageRequest().withMessage("x").withTtl(6)));
        refused(
                400,
                "IOTDA.000006",
                () -> message(valve, new DeviceMessageRequest().withMessage("x").withTtl(1445)));
        message(valve, new DeviceMessageRequest().withMessage("x").withTtl(1440));
    }

    @Test
    void a_message_in_base64_comes_alone_on_any_topic() {
        Identity valve = register(PRODUCT, "topic");
        try (HuaweiSdkDevice device = connected(valve)) {
            device.subscribe("plant/orders");
            message(
                    valve,
                    new DeviceMessageRequest()
                            .withMessage(base64("close"))
                            .withEncoding("base64")
                            .withTopicFullName("plant/orders"));
            assertThat(device.messages().take("the message", _ -> true)).contains("close");
        }
    }

    @Test
    void a_message_on_a_topic_nobody_asked_for_fails() {
        Identity valve = register(PRODUCT, "unsubscribed");
        try (HuaweiSdkDevice device = connected(valve)) {
            String id =
                    message(valve, new DeviceMessageRequest().withMessage("x").withTopicFullName("plant/x"));
            await().untilAsserted(() -> assertThat(status(valve, id)).isEqualTo("FAILED"));
            assertThat(shown(valve, id).getErrorInfo().getErrorCode()).isEqualTo("IOTDA.014112");
            assertThat(device.losses().poll(_ -> true, Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void the_newest_twenty_messages_are_kept() {
        Identity valve = register(PRODUCT, "twenty");
        for (int i = 1; i <= 21; i++) {
            message(valve, new DeviceMessageRequest().withMessage("x").withMessageId("m" + i));
        }
        assertThat(client.listDeviceMessages(new ListDeviceMessagesRequest().withDeviceId(valve.huaweiId()))
                        .getMessages())
                .extracting(DeviceMessage::getMessageId)
                .hasSize(20)
                .startsWith("m21", "m20")
                .doesNotContain("m1");
        refused(
                400,
                "IOTDA.000006",
                () -> message(valve, new DeviceMessageRequest().withMessage("x").withMessageId("m21")));
    }

    @Test
    void a_broadcast_reaches_who_asked_for_it() {
        Identity valve = register(PRODUCT, "broadcast");
        try (HuaweiSdkDevice device = connected(valve)) {
            device.subscribe("$oc/broadcast/news");
            client.broadcastMessage(broadcast("$oc/broadcast/news"));
            assertThat(device.messages().take("the broadcast", _ -> true)).contains("all of you");
        }
        refused(400, "IOTDA.000006", () -> client.broadcastMessage(broadcast("news")));
    }

    private static BroadcastMessageRequest broadcast(String topic) {
        return new BroadcastMessageRequest()
                .withBody(new DeviceBroadcastRequest().withTopicFullName(topic).withMessage(base64("all of you")));
    }

    private CreateCommandResponse command(Identity device) {
        return client.createCommand(new CreateCommandRequest()
                .withDeviceId(device.huaweiId())
                .withBody(new DeviceCommandRequest()
                        .withServiceId("valve")
                        .withCommandName("turn")
                        .withParas(Map.of("degrees", 90))));
    }

    private CreateAsyncCommandResponse asyncCommand(Identity device, String strategy, int seconds) {
        return client.createAsyncCommand(new CreateAsyncCommandRequest()
                .withDeviceId(device.huaweiId())
                .withBody(new AsyncDeviceCommandRequest()
                        .withServiceId("valve")
                        .withCommandName("turn")
                        .withParas(Map.of("degrees", 90))
                        .withExpireTime(seconds)
                        .withSendStrategy(strategy)));
    }

    private ShowAsyncDeviceCommandResponse show(Identity device, CreateAsyncCommandResponse command) {
        return client.showAsyncDeviceCommand(new ShowAsyncDeviceCommandRequest()
                .withDeviceId(device.huaweiId())
                .withCommandId(command.getCommandId()));
    }

    private DeviceShadowData want(Identity device, Map<String, Object> desired, @Nullable Long version) {
        UpdateDesired service = new UpdateDesired()
                .withServiceId("default")
                .withDesired(desired)
                .withVersion(version);
        return client.updateDeviceShadowDesiredData(new UpdateDeviceShadowDesiredDataRequest()
                        .withDeviceId(device.huaweiId())
                        .withBody(new UpdateDesireds().withShadow(List.of(service))))
                .getShadow()
                .getFirst();
    }

    private String message(Identity device, DeviceMessageRequest message) {
        return client.createMessage(new CreateMessageRequest()
                        .withDeviceId(device.huaweiId())
                        .withBody(message))
                .getMessageId();
    }

    private ShowDeviceMessageResponse shown(Identity device, String id) {
        return client.showDeviceMessage(
                new ShowDeviceMessageRequest().withDeviceId(device.huaweiId()).withMessageId(id));
    }

    private String status(Identity device, String id) {
        return shown(device, id).getStatus();
    }

    private void awaitOffline(Identity identity) {
        await().untilAsserted(() -> assertThat(
                        berth.api().device(identity).path("status").asString())
                .isEqualTo("offline"));
    }

    private HuaweiSdkDevice connected(Identity identity) {
        HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, identity);
        assertThat(device.connect()).isZero();
        return device;
    }

    private Identity register(String product, String name) {
        Identity device = new Identity(product, name, "secret-of-" + name, product + "_" + name);
        berth.api().createDevice(device);
        return device;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ServiceResponseException.class, refusal -> {
            assertThat(refusal.getErrorCode()).isEqualTo(code);
            assertThat(refusal.getHttpStatusCode()).isEqualTo(status);
        });
    }
}
