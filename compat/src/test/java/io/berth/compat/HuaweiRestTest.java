package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import com.huaweicloud.sdk.iotda.v5.IoTDAClient;
import com.huaweicloud.sdk.iotda.v5.model.AddDevice;
import com.huaweicloud.sdk.iotda.v5.model.AddDeviceRequest;
import com.huaweicloud.sdk.iotda.v5.model.AddDeviceResponse;
import com.huaweicloud.sdk.iotda.v5.model.CreateMessageRequest;
import com.huaweicloud.sdk.iotda.v5.model.CreateMessageResponse;
import com.huaweicloud.sdk.iotda.v5.model.DeviceMessageRequest;
import com.huaweicloud.sdk.iotda.v5.model.ShowDeviceRequest;
import com.huaweicloud.sdk.iotda.v5.model.ShowDeviceResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The SDK of Huawei's applications signs, and is understood.
@ExtendWith(SharedServer.class)
final class HuaweiRestTest {
    private static final String PRODUCT = "a1HuaweiRest";
    private static final String KEY = "rest-test";
    private static final String SECRET = "rest-test-secret";

    private final BerthServer berth;
    private final HuaweiApplication application;

    HuaweiRestTest(BerthServer berth) {
        this.berth = berth;
        this.application = new HuaweiApplication(berth, KEY, SECRET);
    }

    @BeforeAll
    static void make_product(BerthServer berth) {
        berth.api().createProduct(PRODUCT, "65f0rest", "direct");
        berth.api().createAccessKey(KEY, SECRET);
    }

    @Test
    void a_derived_signature_is_what_the_sdk_makes_by_itself() {
        AddDeviceResponse made = register(application.derived(), "derived");
        assertThat(made.getHttpStatusCode()).isEqualTo(201);
        assertThat(made.getDeviceId()).isEqualTo("65f0rest_derived");
        assertThat(made.getAuthInfo().getSecret()).hasSizeBetween(8, 32);
    }

    @Test
    void a_plain_signature_is_what_it_makes_where_it_is_told_so() {
        register(application.plain(), "plain");
        ShowDeviceResponse shown = application.plain().showDevice(show("65f0rest_plain"));
        assertThat(shown.getNodeId()).isEqualTo("plain");
        assertThat(shown.getStatus()).isEqualTo("INACTIVE");
    }

    @Test
    void a_message_reaches_the_device() {
        IoTDAClient client = application.derived();
        AddDeviceResponse made = register(client, "listener");
        Identity identity = new Identity(PRODUCT, "listener", made.getAuthInfo().getSecret(), made.getDeviceId());
        try (HuaweiSdkDevice device = HuaweiSdkDevice.of(berth, identity)) {
            device.connect();
            CreateMessageResponse sent = client.createMessage(new CreateMessageRequest()
                    .withDeviceId(made.getDeviceId())
                    .withBody(new DeviceMessageRequest().withMessage("close the valve")));
            assertThat(sent.getMessageId()).isNotEmpty();
            assertThat(device.messages().take("the message", _ -> true)).contains("close the valve");
        }
    }

    @Test
    void a_wrong_secret_is_refused_in_the_vendors_words() {
        IoTDAClient client = new HuaweiApplication(berth, KEY, "another-secret").derived();
        assertThatThrownBy(() -> client.showDevice(show("65f0rest_derived")))
                .isInstanceOfSatisfying(ServiceResponseException.class, refusal -> {
                    assertThat(refusal.getHttpStatusCode()).isEqualTo(401);
                    assertThat(refusal.getErrorCode()).isEqualTo("APIGW.0301");
                    assertThat(refusal.getRequestId()).hasSize(32);
                });
    }

    @Test
    void letters_that_a_url_has_to_encode_are_signed_as_the_sdk_signs_them() {
        for (IoTDAClient client : java.util.List.of(application.derived(), application.plain())) {
            for (String id : java.util.List.of("a b", "ü", "a+b", "a~b", "设备", "a*b", "a:b@c")) {
                assertThatThrownBy(() -> client.showDevice(show(id)))
                        .as(id)
                        .isInstanceOfSatisfying(
                                ServiceResponseException.class,
                                refusal -> assertThat(refusal.getErrorCode()).isEqualTo("IOTDA.014000"));
            }
        }
    }

    private static AddDeviceResponse register(IoTDAClient client, String nodeId) {
        return client.addDevice(new AddDeviceRequest()
                .withBody(new AddDevice().withProductId("65f0rest").withNodeId(nodeId)));
    }

    private static ShowDeviceRequest show(String id) {
        return new ShowDeviceRequest().withDeviceId(id);
    }
}
