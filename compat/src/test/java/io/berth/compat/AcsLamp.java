package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.AcsResponse;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.iot.model.v20180120.CreateProductRequest;
import com.aliyuncs.iot.model.v20180120.ImportThingModelTslRequest;
import com.aliyuncs.iot.model.v20180120.PublishThingModelRequest;
import com.aliyuncs.iot.model.v20180120.RegisterDeviceRequest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// A lamp of a product of its own: made by an application on aliyun-java-sdk-iot, and called by it.
///
/// @param key the application's
/// @param identity of the device
record AcsLamp(BerthServer berth, DefaultAcsClient client, String key, Identity identity) {
    static final String TSL = """
            {"properties":[{"identifier":"Level","name":"level","accessMode":"rw",
               "dataType":{"type":"int","specs":{"min":"0","max":"10"}}}],
             "events":[{"identifier":"Hot","name":"hot","type":"alert","outputData":[
               {"identifier":"t","name":"t","dataType":{"type":"int","specs":{}}}]}],
             "services":[
              {"identifier":"blink","name":"blink","callType":"sync","inputData":[],"outputData":[
                {"identifier":"done","name":"done","dataType":{"type":"int","specs":{}}}]},
              {"identifier":"learn","name":"learn","callType":"async","inputData":[],"outputData":[]}]}""";

    static AcsLamp make(BerthServer berth) throws ClientException {
        String word = UUID.randomUUID().toString().substring(0, 8);
        berth.api().createAccessKey("acs-" + word, OpenApi.SECRET);
        AcsLamp maker = new AcsLamp(
                berth, OpenApi.acs(berth, "acs-" + word, OpenApi.SECRET), "acs-" + word, new Identity("", "", "", ""));
        return maker.registered("lamp", maker.makeProduct("lamps_" + word));
    }

    /// With a published model.
    private String makeProduct(String name) throws ClientException {
        var made = new CreateProductRequest();
        made.setProductName(name);
        made.setNodeType(0);
        made.setDataFormat(1);
        made.setAliyunCommodityCode("iothub_senior");
        String product = done(made).getData().getProductKey();
        var model = new ImportThingModelTslRequest();
        model.setProductKey(product);
        model.setTslStr(TSL);
        done(model);
        var publish = new PublishThingModelRequest();
        publish.setProductKey(product);
        publish.setModelVersion("v1.0");
        publish.setDescription("first");
        done(publish);
        return product;
    }

    /// Another one of the same product.
    AcsLamp another(String name) throws ClientException {
        return registered(name, product());
    }

    private AcsLamp registered(String name, String product) throws ClientException {
        var device = new RegisterDeviceRequest();
        device.setProductKey(product);
        device.setDeviceName(name);
        var data = done(device).getData();
        return new AcsLamp(berth, client, key, new Identity(product, name, data.getDeviceSecret(), data.getIotId()));
    }

    String product() {
        return identity.product();
    }

    String iotId() {
        return identity.huaweiId();
    }

    String topic(String suffix) {
        return identity.topic(suffix);
    }

    String system(String path) {
        return "/sys/" + product() + "/" + identity.name() + "/" + path;
    }

    <T extends AcsResponse> T ask(AcsRequest<T> request) throws ClientException {
        request.setSysAcceptFormat(FormatType.JSON);
        return client.getAcsResponse(request);
    }

    <T extends AcsResponse> T done(AcsRequest<T> request) throws ClientException {
        T answer = ask(request);
        assertThat(answer)
                .as("%s", request.getSysActionName())
                .extracting("success", "errorMessage")
                .containsExactly(true, null);
        return answer;
    }

    /// While the device has to answer.
    <T extends AcsResponse> CompletableFuture<T> asking(AcsRequest<T> request) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return done(request);
            } catch (ClientException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /// The device, hearing what a lamp hears.
    StockDevice connect() {
        StockDevice device = StockDevice.connect(berth, VendorLogin.aliyun(identity, "sha256", false));
        for (String path :
                List.of("rrpc/request/+", "broadcast/request/+", "thing/service/property/set", "thing/service/learn")) {
            device.subscribe(system(path)); // the client drops what it did not ask for
        }
        return device;
    }

    void report(StockDevice device, String params) {
        device.subscribe(system("thing/event/property/post_reply"));
        device.publish(
                system("thing/event/property/post"),
                "{\"id\":\"7\",\"version\":\"1.0\",\"method\":\"thing.event.property.post\",\"params\":" + params
                        + "}");
        assertThat(device.message(system("thing/event/property/post_reply")).payload())
                .contains("200");
    }
}
