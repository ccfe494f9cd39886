package io.berth.stream.amqp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.jspecify.annotations.Nullable;

/// Where an engine's frames leave: copied into the loop's pooled memory, and flushed once per turn of the loop. On
/// the event loop only.
final class Outlet {
    private final ChannelHandlerContext ctx;
    private boolean flushing;

    Outlet(ChannelHandlerContext ctx) {
        this.ctx = ctx;
    }

    /// False when the peer reads too slowly: whoever has a choice waits.
    boolean isWritable() {
        return ctx.channel().isWritable();
    }

    void write(ProtonBuffer frame, @Nullable Runnable written) {
        int length = frame.getReadableBytes();
        ByteBuf out = ctx.alloc().ioBuffer(length);
        frame.copyInto(frame.getReadOffset(), out.nioBuffer(0, length), 0, length);
        out.writerIndex(length);
        var _ = ctx.write(out, ctx.voidPromise());
        if (written != null) {
            written.run(); // frees the engine's own frame; how much may wait is the socket's affair
        }
        flushSoon();
    }

    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            ctx.executor().execute(() -> {
                flushing = false;
                ctx.flush();
            });
        }
    }

    /// Closes once everything written has left.
    void close() {
        var _ = ctx.writeAndFlush(ctx.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
    }
}
