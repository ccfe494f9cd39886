package io.berth.front.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.codec.mqtt.MqttDecoder;
import java.util.function.Supplier;

/// Answers the HTTP request that opens a WebSocket: any path, subprotocol `mqtt`, `mqttv3.1` or none (spec
/// aliyun-device 4). Anything else is a bad request.
final class WebSocketUpgrade extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final String SUBPROTOCOLS = "mqtt,mqttv3.1";
    /// A frame may hold a packet of the largest size and the next one's beginning.
    private static final int FRAME_EXTRA = 4096;

    private final MqttConfig config;
    private final Supplier<MqttDecoder> decoder;

    WebSocketUpgrade(MqttConfig config, Supplier<MqttDecoder> decoder) {
        this.config = config;
        this.decoder = decoder;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()
                || !request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            refuse(ctx, HttpResponseStatus.BAD_REQUEST);
            return;
        }
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        "", SUBPROTOCOLS, false, config.maxPacketBytes() + FRAME_EXTRA)
                .newHandshaker(request);
        if (handshaker == null) {
            var _ = WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel());
            return;
        }
        ctx.pipeline().addAfter(ctx.name(), null, decoder.get());
        ctx.pipeline().addAfter(ctx.name(), null, new WebSocketBridge());
        try {
            // takes the HTTP handlers out of the pipeline
            var _ = handshaker.handshake(ctx.channel(), request);
            ctx.pipeline().remove(this);
        } catch (WebSocketHandshakeException e) {
            refuse(ctx, HttpResponseStatus.BAD_REQUEST);
        }
    }

    private static void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0).set(HttpHeaderNames.CONNECTION, "close");
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
