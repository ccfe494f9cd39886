package io.berth.front.http;

import io.berth.core.session.Traffic;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection from the handover to its end, at the end of its pipeline: how long it may last without a
/// request, and what failures of the channel mean.
final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final Desk desk;
    private final Caller caller;
    private final Deadlines.Entry deadline;
    private int unsettled;
    private boolean draining;
    private boolean over;

    Connection(Desk desk, Caller caller, Deadlines deadlines) {
        this.desk = desk;
        this.caller = caller;
        this.deadline = deadlines.add(() -> end("idle"));
        deadline.within(desk.config().requestTimeout());
        traffic().connectionOpened(caller.listener());
    }

    /// A request came, or was answered.
    void lives() {
        if (unsettled == 0) {
            deadline.within(desk.config().idleTimeout());
        }
    }

    /// A whole request is being settled: it is not the peer that takes time now.
    void begun() {
        unsettled++;
        deadline.suspend();
    }

    /// It is about to be answered.
    void settled() {
        unsettled--;
        if (draining) {
            // behind the answer
            caller.channel().eventLoop().execute(this::closeWhenDrained);
        }
    }

    /// Ends the connection as soon as what came is answered. Any thread.
    void drain() {
        caller.channel().eventLoop().execute(() -> {
            draining = true;
            closeWhenDrained();
        });
    }

    private void closeWhenDrained() {
        if (unsettled == 0) {
            close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        // what HTTP/2 says of the connection as a whole
        ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            fail("tls handshake", handshake.cause());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        gone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        switch (cause) {
            case IOException _ -> close();
            case DecoderException _ -> fail("malformed bytes", cause);
            case Http2Exception _ -> fail("malformed bytes", cause);
            default -> {
                LOG.error("{}: connection from {} failed", caller.listener(), caller.address(), cause);
                close();
            }
        }
    }

    private void fail(String what, Throwable cause) {
        LOG.debug("{}: {} from {}", caller.listener(), what, caller.address(), cause);
        end(what);
    }

    /// Ends it for a reason that is counted.
    void end(String reason) {
        traffic().dropped(reason);
        close();
    }

    private void close() {
        var _ = caller.channel().close();
    }

    private void gone() {
        if (!over) {
            over = true;
            deadline.remove();
            traffic().connectionClosed(caller.listener());
            desk.usage().leave();
            desk.open().remove(this);
        }
    }

    private Traffic traffic() {
        return desk.platform().traffic();
    }
}
