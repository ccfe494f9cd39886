package io.berth.front.mqtt;

import io.berth.net.PeerAddress;
import io.berth.net.psk.PskHandler;
import io.berth.net.psk.PskTls;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.ReferenceCountUtil;

/// Where a [PortSniffer] stands on other listeners: nothing is told apart here, but not everybody may begin a
/// handshake. Stands in the pipeline until the first bytes come.
@Sharable
final class PskEntrance extends ChannelInboundHandlerAdapter {
    private final Dock dock;
    private final PskTls tls;
    private final Handshakes handshakes;

    PskEntrance(Dock dock, Handshakes handshakes) {
        this.dock = dock;
        this.tls = new PskTls(dock.listener().legacyTls());
        this.handshakes = handshakes;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        String address = PeerAddress.host(ctx.channel());
        if (dock.platform().addressGuard().blocks(address)) {
            turnAway(ctx, message, "too many failures");
        } else if (!handshakes.begin(address)) {
            turnAway(ctx, message, "too many handshakes");
        } else {
            PskLogin login = new PskLogin(dock, ctx.channel(), handshakes);
            ChannelPipeline pipeline = ctx.pipeline();
            pipeline.addAfter(ctx.name(), null, dock.decoder());
            pipeline.addAfter(ctx.name(), null, login);
            pipeline.addAfter(ctx.name(), null, new PskHandler(tls, login));
            ctx.fireChannelRead(message);
            pipeline.remove(this);
        }
    }

    private void turnAway(ChannelHandlerContext ctx, Object message, String cause) {
        dock.platform().traffic().dropped(cause);
        ReferenceCountUtil.release(message);
        var _ = ctx.close();
    }
}
