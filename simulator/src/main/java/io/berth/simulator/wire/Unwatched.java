package io.berth.simulator.wire;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundInvoker;

/// Writes nobody waits for: the void promise takes a failure to `exceptionCaught`, which closes the connection.
public final class Unwatched {
    private Unwatched() {}

    public static void write(ChannelOutboundInvoker out, Object message) {
        ChannelFuture _ = out.write(message, out.voidPromise());
    }

    public static void writeAndFlush(ChannelOutboundInvoker out, Object message) {
        ChannelFuture _ = out.writeAndFlush(message, out.voidPromise());
    }

    public static void close(ChannelOutboundInvoker out) {
        ChannelFuture _ = out.close();
    }
}
