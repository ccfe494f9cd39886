package io.berth.simulator.yardstick;

import io.berth.simulator.target.ApiDoor;
import io.berth.simulator.wire.Unwatched;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The stream of messages of the native API: a line in, a line out. It stands before the aggregator, because its body
/// has no end.
final class MessageStream extends ChannelInboundHandlerAdapter {
    private static final JsonMapper JSON = new JsonMapper();
    private static final byte NEWLINE = '\n';
    private static final String SENT = "{\"state\":\"sent\"}\n";
    private static final String REFUSED = "{\"problem\":\"NOT_SUBSCRIBED\"}\n";

    private final String authorization;
    private final Routes routes;
    private @Nullable ByteBuf lines;

    MessageStream(String token, Routes routes) {
        this.authorization = "Bearer " + token;
        this.routes = routes;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) throws Exception {
        if (part instanceof HttpRequest request
                && request.uri().equals(ApiDoor.MESSAGE_STREAM)
                && authorization.equals(request.headers().get(HttpHeaderNames.AUTHORIZATION))) {
            lines = context.alloc().buffer();
            HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            HttpUtil.setTransferEncodingChunked(head, true);
            Unwatched.writeAndFlush(context, head);
        } else if (lines != null && part instanceof HttpContent content) {
            lines.discardReadBytes().writeBytes(content.content());
            content.release();
            answer(context, lines);
        } else {
            super.channelRead(context, part);
        }
    }

    private void answer(ChannelHandlerContext context, ByteBuf in) {
        ByteBuf answers = context.alloc().ioBuffer();
        Set<MqttSession> reached = new HashSet<>();
        for (int length = in.bytesBefore(NEWLINE); length >= 0; length = in.bytesBefore(NEWLINE)) {
            JsonNode line = JSON.readTree((InputStream) new ByteBufInputStream(in, length + 1));
            String topic = line.path("topic").asString("");
            MqttSession device = routes.subscriberOf(topic);
            if (device != null) {
                ByteBuf payload = Unpooled.copiedBuffer(line.path("text").asString(""), StandardCharsets.UTF_8);
                device.deliver(topic, MqttQoS.valueOf(line.path("qos").asInt(0)), payload);
                reached.add(device);
            }
            answers.writeCharSequence(device == null ? REFUSED : SENT, StandardCharsets.US_ASCII);
        }
        reached.forEach(MqttSession::flush);
        Unwatched.writeAndFlush(context, new DefaultHttpContent(answers));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (lines != null) {
            lines.release();
            lines = null;
        }
        super.channelInactive(context);
    }
}
