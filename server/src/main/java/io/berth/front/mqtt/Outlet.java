package io.berth.front.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;

/// The way out of one connection. What is written goes to the socket once a turn: at the end of a turn of reading, else
/// of the event loop.
final class Outlet {
    private final ChannelHandlerContext context;
    private final LoopPulse pulse;
    private boolean reading;
    private boolean unflushed;

    Outlet(ChannelHandlerContext context, LoopPulse pulse) {
        this.context = context;
        this.pulse = pulse;
    }

    void write(ByteBuf packet) {
        var _ = context.write(packet, context.voidPromise());
        flushSoon();
    }

    void write(ByteBuf packet, ChannelFutureListener written) {
        context.write(packet).addListener(written);
        flushSoon();
    }

    /// Packets are being read.
    void turnBegins() {
        reading = true;
    }

    void turnEnds() {
        reading = false;
        if (unflushed) {
            flush();
        }
    }

    /// Whether this thread is in the middle of reading packets, after which everything is settled and flushed.
    boolean isHeld() {
        return context.executor().inEventLoop() && reading;
    }

    void flush() {
        unflushed = false;
        context.flush();
    }

    private void flushSoon() {
        if (!unflushed) {
            unflushed = true;
            if (!reading) {
                pulse.flushLater(this);
            }
        }
    }
}
