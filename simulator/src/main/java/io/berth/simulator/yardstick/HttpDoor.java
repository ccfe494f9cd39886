package io.berth.simulator.yardstick;

import io.berth.simulator.target.ApiDoor;
import io.berth.simulator.wire.Unwatched;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The doors of the native API that the scenarios use: send a message, ask a device, follow the events.
final class HttpDoor extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final JsonMapper JSON = new JsonMapper();

    private final String authorization;
    private final Routes routes;
    private final VendorDoor vendors;
    private @Nullable TailStream tail;

    HttpDoor(String token, Routes routes) {
        this.authorization = "Bearer " + token;
        this.routes = routes;
        this.vendors = new VendorDoor(routes);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        String path = request.uri();
        if (VendorDoor.takes(path)) {
            vendors.answer(context, request);
        } else if (!authorization.equals(request.headers().get(HttpHeaderNames.AUTHORIZATION))) {
            answer(context, HttpResponseStatus.UNAUTHORIZED, "{}");
        } else if (path.startsWith(ApiDoor.TAIL)) {
            follow(context);
        } else if (path.endsWith(ApiDoor.MESSAGES)) {
            send(context, request);
        } else if (path.endsWith(ApiDoor.REQUESTS)) {
            ask(context, request);
        } else if (path.startsWith(ApiDoor.ACCESS_KEYS)) {
            answer(context, "{\"id\":\"yardstick\",\"secret\":\"yardstick\"}");
        } else if (path.equals(ApiDoor.PRODUCTS) || path.equals(ApiDoor.IMPORT) || path.endsWith(ApiDoor.MODEL)) {
            answer(context, "{}"); // it was born knowing the fleet
        } else {
            answer(context, HttpResponseStatus.NOT_FOUND, "{}");
        }
    }

    private void follow(ChannelHandlerContext context) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        HttpUtil.setTransferEncodingChunked(head, true);
        Unwatched.writeAndFlush(context, head);
        tail = new TailStream(context.channel());
        routes.follow(tail);
    }

    private void send(ChannelHandlerContext context, FullHttpRequest request) {
        JsonNode body = read(request.content());
        String topic = body.path("topic").asString("");
        MqttSession device = routes.subscriberOf(topic);
        if (device == null) {
            answer(context, HttpResponseStatus.CONFLICT, "{\"detail\":\"nobody subscribed " + topic + "\"}");
            return;
        }
        device.deliver(topic, MqttQoS.valueOf(body.path("qos").asInt(0)), payload(body));
        device.flush();
        answer(context, "{\"state\":\"sent\"}");
    }

    private void ask(ChannelHandlerContext context, FullHttpRequest request) {
        // /api/v1/products/PRODUCT/devices/NAME/requests
        String[] segments = request.uri().split("/");
        String topic = "/sys/" + segments[4] + "/" + segments[6] + "/rrpc/request/";
        MqttSession device = routes.subscriberOf(topic + "+");
        if (device == null) {
            answer(context, HttpResponseStatus.CONFLICT, "{\"detail\":\"the device is offline\"}");
            return;
        }
        device.deliver(topic + routes.ask(context), MqttQoS.AT_MOST_ONCE, payload(read(request.content())));
        device.flush();
    }

    private static JsonNode read(ByteBuf content) {
        return JSON.readTree((InputStream) new ByteBufInputStream(content));
    }

    private static ByteBuf payload(JsonNode body) {
        return Unpooled.copiedBuffer(body.path("text").asString(""), StandardCharsets.UTF_8);
    }

    /// Answers from any thread.
    static void answer(ChannelHandlerContext context, String json) {
        answer(context, HttpResponseStatus.OK, json);
    }

    private static void answer(ChannelHandlerContext context, HttpResponseStatus status, String json) {
        ByteBuf body = Unpooled.copiedBuffer(json, StandardCharsets.UTF_8);
        DefaultFullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        Unwatched.writeAndFlush(context, answer);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (tail != null) {
            routes.unfollow(tail);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof JacksonException) {
            answer(context, HttpResponseStatus.BAD_REQUEST, "{\"detail\":\"not JSON\"}");
        } else {
            Unwatched.close(context);
        }
    }
}
