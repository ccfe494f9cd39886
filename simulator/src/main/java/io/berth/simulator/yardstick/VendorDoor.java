package io.berth.simulator.yardstick;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// What applications of both vendors ask, granted to everybody: signatures are not looked at, so this is no measure of
/// a server that does. Messages reach their devices.
final class VendorDoor {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HUAWEI = "/v5/iot/";

    private final Routes routes;

    VendorDoor(Routes routes) {
        this.routes = routes;
    }

    static boolean takes(String path) {
        return path.equals("/") || path.startsWith("/?") || path.startsWith(HUAWEI);
    }

    void answer(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.uri().startsWith(HUAWEI)) {
            huawei(request);
        } else {
            aliyun(new QueryStringDecoder(request.uri()));
        }
        HttpDoor.answer(context, "{\"Success\":true}");
    }

    private void aliyun(QueryStringDecoder call) {
        List<String> topic = call.parameters().get("TopicFullName");
        List<String> content = call.parameters().get("MessageContent");
        if (topic != null && content != null) {
            deliver(topic.getFirst(), Base64.getDecoder().decode(content.getFirst()));
        }
    }

    private void huawei(FullHttpRequest request) {
        String[] segments = request.uri().split("/");
        if (segments.length == 7) { // /v5/iot/PROJECT/devices/ID/messages
            String text = JSON.readTree(request.content().toString(StandardCharsets.UTF_8))
                    .path("message")
                    .asString();
            deliver("$oc/devices/" + segments[5] + "/sys/messages/down", text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void deliver(String topic, byte[] payload) {
        MqttSession device = routes.subscriberOf(topic);
        if (device != null) {
            device.deliver(topic, MqttQoS.AT_LEAST_ONCE, Unpooled.wrappedBuffer(payload));
            device.flush();
        }
    }
}
