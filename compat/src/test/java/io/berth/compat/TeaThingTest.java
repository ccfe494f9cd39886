package io.berth.compat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.iot20180120.Client;
import com.aliyun.iot20180120.models.CreateProductRequest;
import com.aliyun.iot20180120.models.CreateTopicRouteTableRequest;
import com.aliyun.iot20180120.models.GetDeviceShadowRequest;
import com.aliyun.iot20180120.models.ImportThingModelTslRequest;
import com.aliyun.iot20180120.models.InvokeThingServiceRequest;
import com.aliyun.iot20180120.models.InvokeThingServiceResponse;
import com.aliyun.iot20180120.models.PubRequest;
import com.aliyun.iot20180120.models.PublishThingModelRequest;
import com.aliyun.iot20180120.models.QueryDeviceDesiredPropertyRequest;
import com.aliyun.iot20180120.models.QueryDeviceEventDataRequest;
import com.aliyun.iot20180120.models.QueryDeviceOriginalPropertyDataRequest;
import com.aliyun.iot20180120.models.QueryDevicePropertyDataRequest;
import com.aliyun.iot20180120.models.QueryDevicePropertyStatusRequest;
import com.aliyun.iot20180120.models.QueryDeviceSubTopicRequest;
import com.aliyun.iot20180120.models.QueryThingModelRequest;
import com.aliyun.iot20180120.models.QueryTopicRouteTableRequest;
import com.aliyun.iot20180120.models.RRpcRequest;
import com.aliyun.iot20180120.models.RRpcResponse;
import com.aliyun.iot20180120.models.RegisterDeviceRequest;
import com.aliyun.iot20180120.models.SetDeviceDesiredPropertyRequest;
import com.aliyun.iot20180120.models.SetDevicePropertyRequest;
import com.aliyun.iot20180120.models.UpdateDeviceShadowRequest;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/// Things over Alibaba's newer SDK for applications, com.aliyun:iot20180120, and the device at the other end.
@ExtendWith(SharedServer.class)
@SuppressWarnings("NullAway.Init") // made before each test
final class TeaThingTest {
    private final BerthServer berth;
    private Client client;
    private Identity lamp;

    TeaThingTest(BerthServer berth) {
        this.berth = berth;
    }

    @BeforeAll
    static void make_key(BerthServer berth) {
        berth.api().createAccessKey(OpenApi.KEY + "-tea", OpenApi.SECRET);
    }

    @BeforeEach
    void make_lamp() throws Exception {
        client = OpenApi.tea(berth, OpenApi.KEY + "-tea", OpenApi.SECRET, "ACS3-HMAC-SHA256");
        String product = client.createProduct(new CreateProductRequest()
                        .setProductName("tea_" + UUID.randomUUID().toString().substring(0, 8))
                        .setNodeType(0)
                        .setDataFormat(1)
                        .setAliyunCommodityCode("iothub_senior"))
                .getBody()
                .getProductKey();
        client.importThingModelTsl(
                new ImportThingModelTslRequest().setProductKey(product).setTslStr(AcsLamp.TSL));
        client.publishThingModel(new PublishThingModelRequest().setProductKey(product));
        lamp = register(product, "lamp");
    }

    private Identity register(String product, String name) throws Exception {
        var made = client.registerDevice(
                        new RegisterDeviceRequest().setProductKey(product).setDeviceName(name))
                .getBody()
                .getData();
        return new Identity(product, name, made.getDeviceSecret(), made.getIotId());
    }

    private StockDevice connect(Identity device) {
        return StockDevice.connect(berth, VendorLogin.aliyun(device, "sha256", false));
    }

    private String system(String path) {
        return "/sys/" + lamp.product() + "/lamp/" + path;
    }

    private static <T> CompletableFuture<T> asking(Callable<T> call) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return call.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void properties_are_set_and_services_answered() throws Exception {
        try (StockDevice device = connect(lamp)) {
            device.subscribe(system("thing/service/property/set"));
            device.subscribe(system("rrpc/request/+"));
            String id = client.setDeviceProperty(new SetDevicePropertyRequest()
                            .setIotId(lamp.huaweiId())
                            .setItems("{\"Level\":4}"))
                    .getBody()
                    .getData()
                    .getMessageId();
            assertThat(device.message(system("thing/service/property/set")).payload())
                    .contains("\"id\":\"" + id + "\"", "\"Level\":4");

            CompletableFuture<InvokeThingServiceResponse> called =
                    asking(() -> client.invokeThingService(new InvokeThingServiceRequest()
                            .setProductKey(lamp.product())
                            .setDeviceName("lamp")
                            .setIdentifier("blink")
                            .setArgs("{}")));
            StockDevice.Message question = device.message(system("rrpc/request/"));
            String asked =
                    JsonMapper.shared().readTree(question.payload()).path("id").asString();
            device.publish(
                    question.topic().replace("/request/", "/response/"),
                    "{\"id\":\"" + asked + "\",\"code\":200,\"data\":{\"done\":1}}");
            assertThat(called.join().getBody().getData().getResult()).isEqualTo("{\"done\":1}");
        }
    }

    @Test
    void questions_and_messages_reach_the_device() throws Exception {
        try (StockDevice device = connect(lamp)) {
            device.subscribe(lamp.topic("user/get"));
            device.subscribe(system("rrpc/request/+"));
            var published = client.pub(new PubRequest()
                            .setProductKey(lamp.product())
                            .setTopicFullName(lamp.topic("user/get"))
                            .setMessageContent(base64("湿度 + 42%"))
                            .setQos(1))
                    .getBody();
            assertThat(published.getMessageId()).isNotBlank();
            assertThat(device.message(lamp.topic("user/get")).payload()).isEqualTo("湿度 + 42%");

            CompletableFuture<RRpcResponse> asked = asking(() -> client.rRpc(new RRpcRequest()
                    .setProductKey(lamp.product())
                    .setDeviceName("lamp")
                    .setRequestBase64Byte(base64("hello"))
                    .setTimeout(8000)));
            StockDevice.Message question = device.message(system("rrpc/request/"));
            device.publish(question.topic().replace("/request/", "/response/"), question.payload() + " 你好");
            var answer = asked.join().getBody();
            assertThat(answer.getRrpcCode()).isEqualTo("SUCCESS");
            assertThat(new String(Base64.getDecoder().decode(answer.getPayloadBase64Byte()), UTF_8))
                    .isEqualTo("hello 你好");
        }
    }

    @Test
    void what_a_device_reported_is_read_back() throws Exception {
        long now = System.currentTimeMillis();
        try (StockDevice device = connect(lamp)) {
            report(device, "property", "{\"Level\":{\"value\":6,\"time\":" + now + "}}");
            report(device, "Hot", "{\"value\":{\"t\":90},\"time\":" + now + "}");
        }
        var status = client.queryDevicePropertyStatus(new QueryDevicePropertyStatusRequest().setIotId(lamp.huaweiId()));
        assertThat(status.getBody()
                        .getData()
                        .getList()
                        .getPropertyStatusInfo()
                        .getFirst()
                        .getValue())
                .isEqualTo("6");
        var values = client.queryDevicePropertyData(new QueryDevicePropertyDataRequest()
                .setIotId(lamp.huaweiId())
                .setIdentifier("Level")
                .setAsc(1)
                .setPageSize(10)
                .setStartTime(now)
                .setEndTime(now));
        assertThat(values.getBody().getData().getList().getPropertyInfo()).hasSize(1);
        var original = client.queryDeviceOriginalPropertyData(new QueryDeviceOriginalPropertyDataRequest()
                .setIotId(lamp.huaweiId())
                .setIdentifier("Level")
                .setAsc(1)
                .setPageSize(10)
                .setStartTime(now)
                .setEndTime(now));
        assertThat(original.getBody().getData().getList().getPropertyInfo()).hasSize(1);
        assertThat(original.getBody().getData().getNextValid()).isFalse();
        var events = client.queryDeviceEventData(new QueryDeviceEventDataRequest()
                .setIotId(lamp.huaweiId())
                .setStartTime(now)
                .setEndTime(now));
        assertThat(events.getBody()
                        .getData()
                        .getList()
                        .getEventInfo()
                        .getFirst()
                        .getOutputData())
                .isEqualTo("{\"t\":90}");
    }

    private void report(StockDevice device, String what, String params) {
        String topic = system("thing/event/" + what + "/post");
        device.subscribe(topic + "_reply");
        device.publish(
                topic,
                "{\"id\":\"7\",\"version\":\"1.0\",\"method\":\"thing.event." + what + ".post\",\"params\":" + params
                        + "}");
        assertThat(device.message(topic + "_reply").payload()).contains("200");
    }

    @Test
    void wishes_shadows_and_models_are_read_as_they_were_written() throws Exception {
        var wish = client.setDeviceDesiredProperty(new SetDeviceDesiredPropertyRequest()
                        .setIotId(lamp.huaweiId())
                        .setItems("{\"Level\":3}")
                        .setVersions("{\"Level\":0}"))
                .getBody();
        assertThat(wish.getData().getVersions()).isEqualTo("{\"Level\":1}");
        assertThat(wish.getData().getMessageId()).isNotBlank();
        var wanted =
                client.queryDeviceDesiredProperty(new QueryDeviceDesiredPropertyRequest().setIotId(lamp.huaweiId()));
        assertThat(wanted.getBody()
                        .getData()
                        .getList()
                        .getDesiredPropertyInfo()
                        .getFirst()
                        .getVersion())
                .isEqualTo(1);

        client.updateDeviceShadow(new UpdateDeviceShadowRequest()
                .setProductKey(lamp.product())
                .setDeviceName("lamp")
                .setShadowMessage("{\"method\":\"update\",\"state\":{\"desired\":{\"颜色\":\"red\"}},\"version\":1}"));
        var shadow = client.getDeviceShadow(
                new GetDeviceShadowRequest().setProductKey(lamp.product()).setDeviceName("lamp"));
        assertThat(shadow.getBody().getShadowMessage()).contains("\"颜色\":\"red\"");
        var model = client.queryThingModel(new QueryThingModelRequest().setProductKey(lamp.product()));
        assertThat(model.getBody().getData().getThingModelJson()).contains("Level", "blink");
    }

    @Test
    void topics_lead_to_topics_and_those_heard_are_listed() throws Exception {
        Identity bell = register(lamp.product(), "bell");
        var made = client.createTopicRouteTable(new CreateTopicRouteTableRequest()
                        .setSrcTopic(lamp.topic("user/update"))
                        .setDstTopic(List.of(bell.topic("user/get"), "/no/such/topic")))
                .getBody();
        assertThat(made.getIsAllSucceed()).isFalse();
        var known = client.queryTopicRouteTable(new QueryTopicRouteTableRequest().setTopic(lamp.topic("user/update")));
        assertThat(known.getBody().getSuccess()).isTrue();
        try (StockDevice hearing = connect(bell);
                StockDevice speaking = connect(lamp)) {
            hearing.subscribe(bell.topic("user/get"));
            var heard = client.queryDeviceSubTopic(new QueryDeviceSubTopicRequest()
                    .setProductKey(lamp.product())
                    .setDeviceName("bell"));
            assertThat(heard.getBody().getTopicList().getFirst().getTopicName()).isEqualTo(bell.topic("user/get"));
            speaking.publish(lamp.topic("user/update"), "ding");
            assertThat(hearing.message(bell.topic("user/get")).payload()).isEqualTo("ding");
        }
    }
}
