package io.berth.front.mqtt;

import io.berth.core.session.CloseCause;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of the pipeline: tells the [MqttConnection] what the channel brings, and what failures of the channel mean.
final class ConnectionHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

    private final Dock dock;
    private final LoopPulse pulse;
    private @Nullable MqttConnection connection;

    ConnectionHandler(Dock dock, LoopPulse pulse) {
        this.dock = dock;
        this.pulse = pulse;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        connection = new MqttConnection(ctx, dock, pulse);
        connection.begin();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        connection().removed();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection().lost();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof MqttMessage packet) {
            connection().receive(packet);
        } else {
            ReferenceCountUtil.release(message);
            connection().close(CloseCause.PROTOCOL_ERROR);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        connection().settle();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        connection().writabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            fail("tls handshake", handshake.cause());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            connection().close(CloseCause.CONNECTION_LOST);
        } else if (cause instanceof DecoderException || cause instanceof TooLongFrameException) {
            fail("malformed bytes", cause);
        } else {
            Object device = connection().device();
            String address = connection().peer().address();
            LOG.error("{}: connection of {} from {} failed", dock.listener().name(), device, address, cause);
            connection().close(CloseCause.INTERNAL_ERROR);
        }
    }

    private void fail(String what, Throwable cause) {
        connection().dropped(what);
        LOG.debug(
                "{}: {} from {}",
                dock.listener().name(),
                what,
                connection().peer().address(),
                cause);
        connection().close(CloseCause.PROTOCOL_ERROR);
    }

    private MqttConnection connection() {
        return Objects.requireNonNull(connection);
    }
}
