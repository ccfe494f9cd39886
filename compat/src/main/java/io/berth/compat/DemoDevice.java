package io.berth.compat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// One connected device of the demo, whatever client it runs on.
///
/// @param client the software that speaks for it
/// @param messageTopic where its operator's messages go
/// @param request a question in its wire's words, which it answers
/// @param nextMessage waits for the next message of its operator
record DemoDevice(
        Identity identity,
        String client,
        String messageTopic,
        String request,
        Consumer<Reading> report,
        Supplier<String> nextMessage,
        Runnable disconnect)
        implements AutoCloseable {

    private static final String VENTILATE =
            "{\"id\":\"1\",\"version\":\"1.0\",\"method\":\"thing.service.ventilate\",\"params\":{\"minutes\":5}}";

    static DemoDevice onAlibabaNodeSdk(BerthServer berth, Identity identity) throws IOException {
        NodeSdkDevice sdk = NodeSdkDevice.start(berth, identity).connected();
        String inbox = identity.topic("user/get");
        sdk.subscribe(inbox);
        sdk.serve("ventilate", Map.of("fan", "on"));
        return new DemoDevice(
                identity,
                "Alibaba's Node SDK 1.2.8, unmodified",
                inbox,
                VENTILATE,
                reading -> sdk.postProps(reading.values()),
                () -> sdk.message(inbox).path("payload").asString(),
                sdk::close);
    }

    static DemoDevice onHuaweiJavaSdk(BerthServer berth, Identity identity) {
        HuaweiSdkDevice sdk = HuaweiSdkDevice.of(berth, identity);
        int answer = sdk.connect();
        if (answer != 0) {
            throw new IllegalStateException("the Huawei SDK could not connect: " + answer);
        }
        return new DemoDevice(
                identity,
                "Huawei's Java SDK 1.2.1, unmodified",
                oc(identity, "messages/down"),
                "{\"service_id\":\"fan\",\"command_name\":\"turn\",\"paras\":{\"to\":\"on\"}}",
                reading -> sdk.reportProperties("climate", reading.values()),
                () -> sdk.messages().take("a message", _ -> true),
                sdk::close);
    }

    static DemoDevice onStockClientForAlibaba(BerthServer berth, Identity identity) {
        StockDevice stock = StockDevice.connect(berth, VendorLogin.aliyun(identity, "sha256", false));
        String inbox = identity.topic("user/get");
        stock.subscribe(inbox);
        answerRequests(stock, "/sys/" + identity.product() + "/" + identity.name() + "/rrpc/");
        return new DemoDevice(
                identity,
                "a stock MQTT client with Alibaba's signature",
                inbox,
                VENTILATE,
                reading -> stock.publish(
                        "/sys/" + identity.product() + "/" + identity.name() + "/thing/event/property/post",
                        json(Map.of("id", "1", "version", "1.0", "params", reading.values()))),
                () -> stock.message(inbox).payload(),
                stock::close);
    }

    static DemoDevice onStockClientForHuawei(BerthServer berth, Identity identity) {
        StockDevice stock = StockDevice.connect(berth, VendorLogin.huawei(identity, Instant.now()));
        return new DemoDevice(
                identity,
                "a stock MQTT client with Huawei's signature",
                oc(identity, "messages/down"),
                "{}",
                reading -> stock.publish(oc(identity, "properties/report"), json(services(reading))),
                () -> stock.message(oc(identity, "messages/down")).payload(),
                stock::close);
    }

    @Override
    public void close() {
        disconnect.run();
    }

    private static void answerRequests(StockDevice stock, String topics) {
        stock.onMessage(topics + "request/", request -> {
            String id = request.topic().substring((topics + "request/").length());
            stock.publish(topics + "response/" + id, "{\"id\":\"1\",\"code\":200,\"data\":{\"fan\":\"on\"}}");
        });
        stock.subscribe(topics + "request/+");
    }

    private static Map<String, Object> services(Reading reading) {
        return Map.of("services", List.of(Map.of("service_id", "climate", "properties", reading.values())));
    }

    private static String oc(Identity identity, String suffix) {
        return "$oc/devices/" + identity.huaweiId() + "/sys/" + suffix;
    }

    private static String json(Map<String, Object> values) {
        return JsonMapper.shared().writeValueAsString(values);
    }
}
