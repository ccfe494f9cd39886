package io.berth.front.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;

/// Looks at the first byte of a connection and puts in front of the [MqttConnection] what it takes to
/// understand the rest; HTTP is another wire's, but for the request that opens a WebSocket. Stands in the
/// pipeline only until then.
@Sharable
final class PortSniffer extends ChannelInboundHandlerAdapter {
    private static final int MQTT_CONNECT = 0x10;
    private static final int TLS_HANDSHAKE = 0x16;

    private final Dock dock;
    private final SslContext tls;
    private final boolean inside;

    PortSniffer(Dock dock, SslContext tls) {
        this(dock, tls, false);
    }

    /// @param inside whether the connection is encrypted already
    private PortSniffer(Dock dock, SslContext tls, boolean inside) {
        this.dock = dock;
        this.tls = tls;
        this.inside = inside;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        int first = bytes.getUnsignedByte(bytes.readerIndex());
        ChannelPipeline pipeline = ctx.pipeline();
        boolean web = dock.listener().kind() == ListenerConfig.Kind.WEB;
        boolean clear = inside || dock.listener().kind() != ListenerConfig.Kind.MQTT_TLS;
        if (first == TLS_HANDSHAKE && !inside) {
            pipeline.addAfter(ctx.name(), null, web ? new PortSniffer(dock, tls, true) : dock.decoder());
            pipeline.addAfter(ctx.name(), null, tlsHandler(ctx));
        } else if (first == MQTT_CONNECT && clear) {
            pipeline.addAfter(ctx.name(), null, dock.decoder());
        } else if (first == 'G' && clear && web) {
            pipeline.addAfter(ctx.name(), null, new FirstGet(dock));
        } else if (first >= 'A' && first <= 'Z' && clear && web) {
            pipeline.remove(ConnectionHandler.class);
            dock.http().take(pipeline, dock.listener().name());
        } else {
            dock.platform().traffic().dropped("unknown first byte");
            bytes.release();
            var _ = ctx.close();
            return;
        }
        ctx.fireChannelRead(bytes);
        pipeline.remove(this);
    }

    private SslHandler tlsHandler(ChannelHandlerContext ctx) {
        SslHandler handler = tls.newHandler(ctx.alloc());
        // the connect timeout covers the handshake, without a timer of its own
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }
}
