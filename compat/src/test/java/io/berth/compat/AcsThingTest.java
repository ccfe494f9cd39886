package io.berth.compat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.AcsResponse;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.iot.model.v20180120.BatchPubRequest;
import com.aliyuncs.iot.model.v20180120.CopyThingModelRequest;
import com.aliyuncs.iot.model.v20180120.CreateConsumerGroupRequest;
import com.aliyuncs.iot.model.v20180120.CreateConsumerGroupSubscribeRelationRequest;
import com.aliyuncs.iot.model.v20180120.CreateProductRequest;
import com.aliyuncs.iot.model.v20180120.CreateSubscribeRelationRequest;
import com.aliyuncs.iot.model.v20180120.CreateThingModelRequest;
import com.aliyuncs.iot.model.v20180120.CreateThingScriptRequest;
import com.aliyuncs.iot.model.v20180120.DeleteConsumerGroupRequest;
import com.aliyuncs.iot.model.v20180120.DeleteConsumerGroupSubscribeRelationRequest;
import com.aliyuncs.iot.model.v20180120.DeleteSubscribeRelationRequest;
import com.aliyuncs.iot.model.v20180120.DeleteThingModelRequest;
import com.aliyuncs.iot.model.v20180120.GetDeviceShadowRequest;
import com.aliyuncs.iot.model.v20180120.GetThingModelTslPublishedRequest;
import com.aliyuncs.iot.model.v20180120.GetThingModelTslRequest;
import com.aliyuncs.iot.model.v20180120.ImportThingModelTslRequest;
import com.aliyuncs.iot.model.v20180120.InvokeThingServiceRequest;
import com.aliyuncs.iot.model.v20180120.InvokeThingServiceResponse;
import com.aliyuncs.iot.model.v20180120.InvokeThingsServiceRequest;
import com.aliyuncs.iot.model.v20180120.ListThingModelVersionRequest;
import com.aliyuncs.iot.model.v20180120.ListThingTemplatesRequest;
import com.aliyuncs.iot.model.v20180120.OpenIotServiceRequest;
import com.aliyuncs.iot.model.v20180120.PubBroadcastRequest;
import com.aliyuncs.iot.model.v20180120.PublishThingModelRequest;
import com.aliyuncs.iot.model.v20180120.QueryConsumerGroupByGroupIdRequest;
import com.aliyuncs.iot.model.v20180120.QueryConsumerGroupListRequest;
import com.aliyuncs.iot.model.v20180120.QueryConsumerGroupStatusRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceDesiredPropertyRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceEventDataRequest;
import com.aliyuncs.iot.model.v20180120.QueryDevicePropertiesDataRequest;
import com.aliyuncs.iot.model.v20180120.QueryDevicePropertyDataRequest;
import com.aliyuncs.iot.model.v20180120.QueryDevicePropertyStatusRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceServiceDataRequest;
import com.aliyuncs.iot.model.v20180120.QuerySubscribeRelationRequest;
import com.aliyuncs.iot.model.v20180120.QueryThingModelPublishedRequest;
import com.aliyuncs.iot.model.v20180120.QueryThingModelRequest;
import com.aliyuncs.iot.model.v20180120.RRpcRequest;
import com.aliyuncs.iot.model.v20180120.RRpcResponse;
import com.aliyuncs.iot.model.v20180120.RegisterDeviceRequest;
import com.aliyuncs.iot.model.v20180120.ResetConsumerGroupPositionRequest;
import com.aliyuncs.iot.model.v20180120.SetDeviceDesiredPropertyRequest;
import com.aliyuncs.iot.model.v20180120.SetDevicePropertyRequest;
import com.aliyuncs.iot.model.v20180120.SetDevicesPropertyRequest;
import com.aliyuncs.iot.model.v20180120.UpdateConsumerGroupRequest;
import com.aliyuncs.iot.model.v20180120.UpdateDeviceShadowRequest;
import com.aliyuncs.iot.model.v20180120.UpdateSubscribeRelationRequest;
import com.aliyuncs.iot.model.v20180120.UpdateThingModelRequest;
import com.aliyuncs.iot.model.v20180120.UpdateThingScriptRequest;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Products, models, devices, calls and subscriptions as an application makes them with aliyun-java-sdk-iot, and the
/// device at the other end.
@ExtendWith(SharedServer.class)
final class AcsThingTest {
    private static final String KEY = OpenApi.KEY + "-thing";
    private static final String TSL = """
            {"properties":[{"identifier":"Level","name":"level","accessMode":"rw",
               "dataType":{"type":"int","specs":{"min":"0","max":"10"}}}],
             "events":[{"identifier":"Hot","name":"hot","type":"alert","outputData":[
               {"identifier":"t","name":"t","dataType":{"type":"int","specs":{}}}]}],
             "services":[
              {"identifier":"blink","name":"blink","callType":"sync","inputData":[],"outputData":[
                {"identifier":"done","name":"done","dataType":{"type":"int","specs":{}}}]},
              {"identifier":"learn","name":"learn","callType":"async","inputData":[],"outputData":[]}]}""";
    private static final String SWITCH =
            "{\"properties\":[{\"identifier\":\"On\",\"name\":\"on\",\"dataType\":\"BOOL\","
                    + "\"rwFlag\":\"READ_WRITE\",\"dataSpecsList\":[{\"dataType\":\"BOOL\",\"name\":\"off\",\"value\":0},"
                    + "{\"dataType\":\"BOOL\",\"name\":\"on\",\"value\":1}]}]}";

    private final BerthServer berth;
    private final DefaultAcsClient client;
    private String product = "";
    private Identity lamp = new Identity("", "", "", "");

    AcsThingTest(BerthServer berth) {
        this.berth = berth;
        this.client = OpenApi.acs(berth, KEY, OpenApi.SECRET);
    }

    @BeforeAll
    static void make_key(BerthServer berth) throws IOException {
        NodeSdkDevice.install(); // brings rhea too
        berth.api().createAccessKey(KEY, OpenApi.SECRET);
    }

    @BeforeEach
    void make_product_with_model_and_device() throws ClientException {
        var made = new CreateProductRequest();
        made.setProductName("lamps_" + UUID.randomUUID().toString().substring(0, 8));
        made.setNodeType(0);
        made.setDataFormat(1);
        made.setAliyunCommodityCode("iothub_senior");
        product = done(made).getData().getProductKey();
        var model = new ImportThingModelTslRequest();
        model.setProductKey(product);
        model.setTslStr(TSL);
        done(model);
        var publish = new PublishThingModelRequest();
        publish.setProductKey(product);
        publish.setModelVersion("v1.0");
        publish.setDescription("first");
        done(publish);
        var device = new RegisterDeviceRequest();
        device.setProductKey(product);
        device.setDeviceName("lamp");
        var data = done(device).getData();
        lamp = new Identity(product, "lamp", data.getDeviceSecret(), data.getIotId());
    }

    private <T extends AcsResponse> T done(AcsRequest<T> request) throws ClientException {
        request.setSysAcceptFormat(FormatType.JSON);
        T answer = client.getAcsResponse(request);
        assertThat(answer)
                .as("%s", request.getSysActionName())
                .extracting("success", "errorMessage")
                .containsExactly(true, null);
        return answer;
    }

    private <T extends AcsResponse> CompletableFuture<T> asking(AcsRequest<T> request) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return done(request);
            } catch (ClientException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private StockDevice connect() {
        StockDevice device = StockDevice.connect(berth, VendorLogin.aliyun(lamp, "sha256", false));
        for (String path :
                List.of("rrpc/request/+", "broadcast/request/+", "thing/service/property/set", "thing/service/learn")) {
            device.subscribe(system(path)); // the client drops what it did not ask for
        }
        return device;
    }

    private String system(String path) {
        return "/sys/" + product + "/lamp/" + path;
    }

    private void report(StockDevice device, String params) {
        device.subscribe(system("thing/event/property/post_reply"));
        device.publish(
                system("thing/event/property/post"),
                "{\"id\":\"7\",\"version\":\"1.0\",\"method\":\"thing.event.property.post\",\"params\":" + params
                        + "}");
        assertThat(device.message(system("thing/event/property/post_reply")).payload())
                .contains("200");
    }

    @Test
    void an_application_subscribes_and_is_told_what_a_device_reports() throws ClientException, IOException {
        var create = new CreateConsumerGroupRequest();
        create.setGroupName("acs_things");
        String group = done(create).getGroupId();
        var relate = new CreateSubscribeRelationRequest();
        relate.setProductKey(product);
        relate.setType("AMQP");
        relate.setConsumerGroupIdss(List.of(group));
        relate.setDeviceDataFlag(true);
        done(relate);
        SubscriberLogin login = SubscriberLogin.aliyun(KEY, OpenApi.SECRET, group);
        try (RheaSubscriber application = RheaSubscriber.connect(berth, login, "default");
                StockDevice device = connect()) {
            application.take("attached");
            report(device, "{\"Level\":6}");
            JsonNode told = application.take("message");
            assertThat(told.at("/properties/topic").asString())
                    .isEqualTo("/" + product + "/lamp/thing/event/property/post");
            assertThat(JsonMapper.shared()
                            .readTree(told.path("body").asString())
                            .at("/items/Level/value")
                            .asInt())
                    .isEqualTo(6);
            application.settle("accept");
            var status = new QueryConsumerGroupStatusRequest();
            status.setGroupId(group);
            assertThat(done(status).getClientConnectionStatusList()).hasSize(1);
        }
    }

    @Test
    void groups_and_relations_are_looked_after() throws ClientException {
        var create = new CreateConsumerGroupRequest();
        create.setGroupName("acs_care");
        String group = done(create).getGroupId();
        var rename = new UpdateConsumerGroupRequest();
        rename.setGroupId(group);
        rename.setNewGroupName("acs_care_2");
        done(rename);
        var one = new QueryConsumerGroupByGroupIdRequest();
        one.setGroupId(group);
        assertThat(done(one).getData().getGroupName()).isEqualTo("acs_care_2");
        var list = new QueryConsumerGroupListRequest();
        list.setCurrentPage(1);
        list.setPageSize(10);
        list.setGroupName("acs_care_2");
        assertThat(done(list).getData()).hasSize(1);

        var relate = new CreateSubscribeRelationRequest();
        relate.setProductKey(product);
        relate.setType("AMQP");
        relate.setConsumerGroupIdss(List.of("DEFAULT_GROUP"));
        done(relate);
        var add = new CreateConsumerGroupSubscribeRelationRequest();
        add.setProductKey(product);
        add.setConsumerGroupId(group);
        done(add);
        var update = new UpdateSubscribeRelationRequest();
        update.setProductKey(product);
        update.setType("AMQP");
        update.setConsumerGroupIdss(List.of("DEFAULT_GROUP", group));
        update.setDeviceStatusChangeFlag(true);
        done(update);
        var show = new QuerySubscribeRelationRequest();
        show.setProductKey(product);
        show.setType("AMQP");
        var shown = done(show);
        assertThat(shown.getConsumerGroupIds()).containsExactlyInAnyOrder("DEFAULT_GROUP", group);
        assertThat(shown.getDeviceStatusChangeFlag()).isTrue();
        assertThat(shown.getDeviceDataFlag()).isFalse();
        var remove = new DeleteConsumerGroupSubscribeRelationRequest();
        remove.setProductKey(product);
        remove.setConsumerGroupId(group);
        done(remove);
        var reset = new ResetConsumerGroupPositionRequest();
        reset.setGroupId(group);
        done(reset);
        var delete = new DeleteConsumerGroupRequest();
        delete.setGroupId(group);
        done(delete);
        var end = new DeleteSubscribeRelationRequest();
        end.setProductKey(product);
        end.setType("AMQP");
        done(end);
        assertThat(client.getAcsResponse(new OpenIotServiceRequest()).getRequestId())
                .isNotEmpty();
    }

    @Test
    void properties_are_set_and_services_answered() throws ClientException {
        try (StockDevice device = connect()) {
            var set = new SetDevicePropertyRequest();
            set.setIotId(lamp.huaweiId());
            set.setItems("{\"Level\":4}");
            String id = done(set).getData().getMessageId();
            JsonNode asked = JsonMapper.shared()
                    .readTree(
                            device.message(system("thing/service/property/set")).payload());
            assertThat(asked.path("id").asString()).isEqualTo(id);
            assertThat(asked.at("/params/Level").asInt()).isEqualTo(4);
            var setAll = new SetDevicesPropertyRequest();
            setAll.setProductKey(product);
            setAll.setDeviceNames(List.of("lamp"));
            setAll.setItems("{\"Level\":5}");
            done(setAll);
            assertThat(device.message(system("thing/service/property/set")).payload())
                    .contains("\"Level\":5");

            var blink = new InvokeThingServiceRequest();
            blink.setProductKey(product);
            blink.setDeviceName("lamp");
            blink.setIdentifier("blink");
            blink.setArgs("{}");
            CompletableFuture<InvokeThingServiceResponse> called = asking(blink);
            StockDevice.Message question = device.message(system("rrpc/request/"));
            device.publish(
                    question.topic().replace("/request/", "/response/"),
                    "{\"id\":\""
                            + JsonMapper.shared()
                                    .readTree(question.payload())
                                    .path("id")
                                    .asString() + "\",\"code\":200,\"data\":{\"done\":1}}");
            assertThat(called.join().getData().getResult()).isEqualTo("{\"done\":1}");
            var learn = new InvokeThingsServiceRequest();
            learn.setProductKey(product);
            learn.setDeviceNames(List.of("lamp"));
            learn.setIdentifier("learn");
            learn.setArgs("{}");
            done(learn);
            assertThat(device.message(system("thing/service/learn")).payload()).contains("thing.service.learn");
            var history = new QueryDeviceServiceDataRequest();
            history.setIotId(lamp.huaweiId());
            history.setIdentifier("blink");
            history.setStartTime(0L);
            history.setEndTime(System.currentTimeMillis());
            assertThat(done(history).getData().getList().getFirst().getOutputData())
                    .isEqualTo("{\"done\":1}");
        }
    }

    @Test
    void questions_and_messages_reach_the_device() throws ClientException {
        String hello = Base64.getEncoder().encodeToString("hello".getBytes(UTF_8));
        try (StockDevice device = connect()) {
            device.subscribe(lamp.topic("user/get"));
            var ask = new RRpcRequest();
            ask.setProductKey(product);
            ask.setDeviceName("lamp");
            ask.setRequestBase64Byte(hello);
            ask.setTimeout(8000);
            CompletableFuture<RRpcResponse> asked = asking(ask);
            StockDevice.Message question = device.message(system("rrpc/request/"));
            device.publish(question.topic().replace("/request/", "/response/"), question.payload() + " yourself");
            RRpcResponse answer = asked.join();
            assertThat(answer.getRrpcCode()).isEqualTo("SUCCESS");
            assertThat(new String(Base64.getDecoder().decode(answer.getPayloadBase64Byte()), UTF_8))
                    .isEqualTo("hello yourself");

            var batch = new BatchPubRequest();
            batch.setProductKey(product);
            batch.setDeviceNames(List.of("lamp"));
            batch.setTopicShortName("get");
            batch.setMessageContent(hello);
            done(batch);
            assertThat(device.message(lamp.topic("user/get")).payload()).isEqualTo("hello");
            var broadcast = new PubBroadcastRequest();
            broadcast.setProductKey(product);
            broadcast.setMessageContent(hello);
            long id = done(broadcast).getMessageId();
            assertThat(device.message(system("broadcast/request/" + id)).payload())
                    .isEqualTo("hello");
        }
    }

    @Test
    void what_a_device_reported_is_read_back() throws ClientException {
        long now = System.currentTimeMillis();
        try (StockDevice device = connect()) {
            report(device, "{\"Level\":{\"value\":6,\"time\":" + now + "}}");
            device.subscribe(system("thing/event/Hot/post_reply"));
            device.publish(
                    system("thing/event/Hot/post"),
                    "{\"id\":\"8\",\"version\":\"1.0\",\"method\":\"thing.event.Hot.post\",\"params\":{\"value\":{\"t\":90},"
                            + "\"time\":" + now + "}}");
            device.message(system("thing/event/Hot/post_reply"));
        }
        var status = new QueryDevicePropertyStatusRequest();
        status.setIotId(lamp.huaweiId());
        assertThat(done(status).getData().getList().getFirst().getValue()).isEqualTo("6");
        var one = new QueryDevicePropertyDataRequest();
        one.setIotId(lamp.huaweiId());
        one.setIdentifier("Level");
        one.setAsc(1);
        one.setPageSize(10);
        one.setStartTime(now);
        one.setEndTime(now);
        assertThat(done(one).getData().getList()).hasSize(1);
        var many = new QueryDevicePropertiesDataRequest();
        many.setIotId(lamp.huaweiId());
        many.setIdentifiers(List.of("Level"));
        many.setAsc(0);
        many.setPageSize(100);
        many.setStartTime(now);
        many.setEndTime(now);
        assertThat(done(many)
                        .getPropertyDataInfos()
                        .getFirst()
                        .getList()
                        .getFirst()
                        .getTime())
                .isEqualTo(now);
        var events = new QueryDeviceEventDataRequest();
        events.setIotId(lamp.huaweiId());
        events.setStartTime(now);
        events.setEndTime(now);
        assertThat(done(events).getData().getList().getFirst().getOutputData()).isEqualTo("{\"t\":90}");
    }

    @Test
    void wishes_and_shadows_go_there_and_back() throws ClientException {
        var want = new SetDeviceDesiredPropertyRequest();
        want.setIotId(lamp.huaweiId());
        want.setItems("{\"Level\":3}");
        want.setVersions("{\"Level\":0}");
        assertThat(done(want).getData().getVersions()).isEqualTo("{\"Level\":1}");
        var wanted = new QueryDeviceDesiredPropertyRequest();
        wanted.setIotId(lamp.huaweiId());
        assertThat(done(wanted).getData().getList().getFirst().getVersion()).isEqualTo(1);

        try (StockDevice device = connect()) {
            device.subscribe("/shadow/get/" + product + "/lamp");
            var update = new UpdateDeviceShadowRequest();
            update.setProductKey(product);
            update.setDeviceName("lamp");
            update.setShadowMessage(
                    "{\"method\":\"update\",\"state\":{\"desired\":{\"color\":\"red\"}},\"version\":1}");
            done(update);
            assertThat(device.message("/shadow/get/").payload()).contains("\"control\"", "\"color\":\"red\"");
        }
        var get = new GetDeviceShadowRequest();
        get.setProductKey(product);
        get.setDeviceName("lamp");
        assertThat(JsonMapper.shared()
                        .readTree(done(get).getShadowMessage())
                        .at("/payload/state/desired/color")
                        .asString())
                .isEqualTo("red");
    }

    @Test
    void a_model_is_changed_feature_by_feature() throws ClientException {
        var create = new CreateThingModelRequest();
        create.setProductKey(product);
        create.setThingModelJson(SWITCH);
        done(create);
        var update = new UpdateThingModelRequest();
        update.setProductKey(product);
        update.setIdentifier("On");
        update.setThingModelJson(SWITCH.replace("\"On\"", "\"Power\""));
        done(update);
        var delete = new DeleteThingModelRequest();
        delete.setProductKey(product);
        delete.setEventIdentifiers(List.of("Hot"));
        done(delete);
        var draft = new QueryThingModelRequest();
        draft.setProductKey(product);
        assertThat(done(draft).getData().getThingModelJson())
                .contains("Power", "Level")
                .doesNotContain("Hot");
        var published = new QueryThingModelPublishedRequest();
        published.setProductKey(product);
        assertThat(done(published).getData().getThingModelJson())
                .contains("Hot")
                .doesNotContain("Power");
        var tsl = new GetThingModelTslRequest();
        tsl.setProductKey(product);
        tsl.setSimple(true);
        assertThat(done(tsl).getData().getTslStr()).contains("Power");
        var publishedTsl = new GetThingModelTslPublishedRequest();
        publishedTsl.setProductKey(product);
        publishedTsl.setModelVersion("v1.0");
        assertThat(done(publishedTsl).getData().getTslStr()).contains("Hot");
        var versions = new ListThingModelVersionRequest();
        versions.setProductKey(product);
        assertThat(done(versions).getData().getModelVersions().getFirst().getModelVersion())
                .isEqualTo("v1.0");
        var copy = new CopyThingModelRequest();
        copy.setSourceProductKey(product);
        copy.setTargetProductKey(product);
        copy.setSourceModelVersion("v1.0");
        done(copy);
        assertThat(done(new ListThingTemplatesRequest()).getData()).isEmpty();
        var script = new CreateThingScriptRequest();
        script.setProductKey(product);
        script.setScriptType("JavaScript");
        script.setScriptContent(
                "function rawDataToProtocol(b) { return {}; } function protocolToRawData(j) { return []; }");
        done(script);
        var again = new UpdateThingScriptRequest();
        again.setProductKey(product);
        again.setScriptType("JavaScript");
        again.setScriptContent(
                "function rawDataToProtocol(b) { return {a: 1}; } function protocolToRawData(j) { return []; }");
        done(again);
    }
}
