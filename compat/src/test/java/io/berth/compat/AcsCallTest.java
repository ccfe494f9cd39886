package io.berth.compat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.iot.model.v20180120.BatchPubRequest;
import com.aliyuncs.iot.model.v20180120.InvokeThingServiceRequest;
import com.aliyuncs.iot.model.v20180120.InvokeThingServiceResponse;
import com.aliyuncs.iot.model.v20180120.InvokeThingsServiceRequest;
import com.aliyuncs.iot.model.v20180120.PubBroadcastRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceServiceDataRequest;
import com.aliyuncs.iot.model.v20180120.RRpcRequest;
import com.aliyuncs.iot.model.v20180120.RRpcResponse;
import com.aliyuncs.iot.model.v20180120.SetDevicePropertyRequest;
import com.aliyuncs.iot.model.v20180120.SetDevicesPropertyRequest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What applications ask of a device and send it over aliyun-java-sdk-iot, and the device at the other end.
@ExtendWith(SharedServer.class)
@SuppressWarnings("NullAway.Init") // made before each test
final class AcsCallTest {
    private final BerthServer berth;
    private AcsLamp lamp;

    AcsCallTest(BerthServer berth) {
        this.berth = berth;
    }

    @BeforeEach
    void make_lamp() throws ClientException {
        lamp = AcsLamp.make(berth);
    }

    @Test
    void properties_are_set_and_services_answered() throws ClientException {
        try (StockDevice device = lamp.connect()) {
            var set = new SetDevicePropertyRequest();
            set.setIotId(lamp.iotId());
            set.setItems("{\"Level\":4}");
            String id = lamp.done(set).getData().getMessageId();
            JsonNode asked = JsonMapper.shared()
                    .readTree(device.message(lamp.system("thing/service/property/set"))
                            .payload());
            assertThat(asked.path("id").asString()).isEqualTo(id);
            assertThat(asked.at("/params/Level").asInt()).isEqualTo(4);
            var setAll = new SetDevicesPropertyRequest();
            setAll.setProductKey(lamp.product());
            setAll.setDeviceNames(List.of("lamp"));
            setAll.setItems("{\"Level\":5}");
            lamp.done(setAll);
            assertThat(device.message(lamp.system("thing/service/property/set")).payload())
                    .contains("\"Level\":5");

            var blink = new InvokeThingServiceRequest();
            blink.setProductKey(lamp.product());
            blink.setDeviceName("lamp");
            blink.setIdentifier("blink");
            blink.setArgs("{}");
            CompletableFuture<InvokeThingServiceResponse> called = lamp.asking(blink);
            StockDevice.Message question = device.message(lamp.system("rrpc/request/"));
            device.publish(
                    question.topic().replace("/request/", "/response/"),
                    "{\"id\":\""
                            + JsonMapper.shared()
                                    .readTree(question.payload())
                                    .path("id")
                                    .asString() + "\",\"code\":200,\"data\":{\"done\":1}}");
            assertThat(called.join().getData().getResult()).isEqualTo("{\"done\":1}");
            var learn = new InvokeThingsServiceRequest();
            learn.setProductKey(lamp.product());
            learn.setDeviceNames(List.of("lamp"));
            learn.setIdentifier("learn");
            learn.setArgs("{}");
            lamp.done(learn);
            assertThat(device.message(lamp.system("thing/service/learn")).payload())
                    .contains("thing.service.learn");
            var history = new QueryDeviceServiceDataRequest();
            history.setIotId(lamp.iotId());
            history.setIdentifier("blink");
            history.setStartTime(0L);
            history.setEndTime(System.currentTimeMillis());
            assertThat(lamp.done(history).getData().getList().getFirst().getOutputData())
                    .isEqualTo("{\"done\":1}");
        }
    }

    @Test
    void questions_and_messages_reach_the_device() throws ClientException {
        String hello = Base64.getEncoder().encodeToString("hello".getBytes(UTF_8));
        try (StockDevice device = lamp.connect()) {
            device.subscribe(lamp.topic("user/get"));
            var ask = new RRpcRequest();
            ask.setProductKey(lamp.product());
            ask.setDeviceName("lamp");
            ask.setRequestBase64Byte(hello);
            ask.setTimeout(8000);
            CompletableFuture<RRpcResponse> asked = lamp.asking(ask);
            StockDevice.Message question = device.message(lamp.system("rrpc/request/"));
            device.publish(question.topic().replace("/request/", "/response/"), question.payload() + " yourself");
            RRpcResponse answer = asked.join();
            assertThat(answer.getRrpcCode()).isEqualTo("SUCCESS");
            assertThat(new String(Base64.getDecoder().decode(answer.getPayloadBase64Byte()), UTF_8))
                    .isEqualTo("hello yourself");

            var batch = new BatchPubRequest();
            batch.setProductKey(lamp.product());
            batch.setDeviceNames(List.of("lamp"));
            batch.setTopicShortName("get");
            batch.setMessageContent(hello);
            lamp.done(batch);
            assertThat(device.message(lamp.topic("user/get")).payload()).isEqualTo("hello");
            var broadcast = new PubBroadcastRequest();
            broadcast.setProductKey(lamp.product());
            broadcast.setMessageContent(hello);
            long id = lamp.done(broadcast).getMessageId();
            assertThat(device.message(lamp.system("broadcast/request/" + id)).payload())
                    .isEqualTo("hello");
        }
    }
}
