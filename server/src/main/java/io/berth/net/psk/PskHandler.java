package io.berth.net.psk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.TlsServerProtocol;
import org.jspecify.annotations.Nullable;

/// Encrypts one connection with a pre-shared key, and tells how the handshake ended as an `SslHandler` does.
///
/// A step of the handshake may wait for a key, and so is taken on a virtual thread; what comes in meanwhile
/// waits here. One thread at a time uses the protocol's state: that of the step under way, else the event loop.
public final class PskHandler extends ChannelDuplexHandler {
    /// What a client sends before it has heard the end of the handshake is three small messages.
    private static final int MAX_WAITING_BYTES = 16 * 1024;

    /// How long a peer that was told of a failed handshake may take to close its side.
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final TlsServerProtocol protocol = new TlsServerProtocol();
    private final PskServer server;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private boolean accepted;
    private boolean alerted;
    private State state = State.HANDSHAKE;

    private enum State {
        HANDSHAKE,
        STEPPING,
        SECURED,
        OVER
    }

    public PskHandler(PskTls tls, PskKeys keys) {
        server = tls.server(keys);
    }

    /// Protocol and suite; before the end of the handshake, that there is a key at all. Any thread.
    public String agreed() {
        return server.agreed();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        byte[] bytes = ByteBufUtil.getBytes(buffer);
        buffer.release();
        switch (state) {
            case HANDSHAKE, STEPPING -> shake(ctx, bytes);
            case SECURED -> receive(ctx, bytes);
            case OVER -> {} // comes too late
        }
    }

    // ---- the handshake ----

    private void shake(ChannelHandlerContext ctx, byte[] bytes) {
        waiting.writeBytes(bytes);
        if (waiting.size() > MAX_WAITING_BYTES) {
            fail(ctx, new TooLongFrameException("a handshake of more than " + MAX_WAITING_BYTES + " bytes"));
        } else if (state == State.HANDSHAKE) {
            step(ctx);
        }
    }

    private void step(ChannelHandlerContext ctx) {
        byte[] input = waiting.toByteArray();
        waiting.reset();
        state = State.STEPPING;
        Thread.ofVirtual().name("psk-handshake").start(() -> {
            Exception failure = offer(input);
            if (!ctx.executor().isShuttingDown()) {
                ctx.executor().execute(() -> stepped(ctx, failure));
            }
        });
    }

    private @Nullable Exception offer(byte[] input) {
        try {
            if (!accepted) {
                accepted = true;
                protocol.accept(server);
            }
            protocol.offerInput(input);
            return null;
        } catch (IOException | RuntimeException e) {
            return e;
        }
    }

    private void stepped(ChannelHandlerContext ctx, @Nullable Exception failure) {
        if (state == State.OVER) {
            return;
        }
        state = State.HANDSHAKE;
        flushRecords(ctx); // be it an alert
        if (failure != null) {
            alerted = true;
            fail(ctx, failure);
        } else if (protocol.isClosed()) {
            fail(ctx, new ClosedChannelException());
        } else if (!protocol.isHandshaking()) {
            state = State.SECURED;
            ctx.fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);
            receive(ctx, waiting.toByteArray());
            ctx.fireChannelReadComplete();
        } else if (waiting.size() > 0) {
            step(ctx);
        }
    }

    private void fail(ChannelHandlerContext ctx, Exception cause) {
        state = State.OVER;
        ctx.fireUserEventTriggered(new SslHandshakeCompletionEvent(cause));
    }

    // ---- afterwards ----

    private void receive(ChannelHandlerContext ctx, byte[] bytes) {
        Exception failure = offer(bytes);
        byte[] plain = new byte[protocol.getAvailableInputBytes()];
        if (plain.length > 0) {
            protocol.readInput(plain, 0, plain.length);
            ctx.fireChannelRead(Unpooled.wrappedBuffer(plain));
        }
        flushRecords(ctx);
        if (failure != null) {
            state = State.OVER;
            ctx.fireExceptionCaught(new DecoderException(failure));
        } else if (protocol.isClosed()) {
            var _ = ctx.close();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ByteBuf buffer = (ByteBuf) message;
        byte[] bytes = ByteBufUtil.getBytes(buffer);
        buffer.release();
        if (state != State.SECURED) {
            promise.setFailure(new ClosedChannelException());
            return;
        }
        try {
            protocol.writeApplicationData(bytes, 0, bytes.length);
            var _ = ctx.write(records(ctx), promise);
        } catch (IOException e) {
            promise.setFailure(e);
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (state == State.SECURED) {
            state = State.OVER;
            try {
                protocol.close();
                flushRecords(ctx);
            } catch (IOException e) {
                // the connection ends, with a last word to the peer or without
            }
        }
        if (alerted && ctx.channel() instanceof DuplexChannel channel) {
            linger(ctx, channel, promise);
        } else {
            var _ = ctx.close(promise);
        }
    }

    /// The peer may be in the middle of its flight: were nobody there to read the rest, it would hear of a
    /// reset connection in place of the alert. When it closes its side, too, this side closes by itself.
    private static void linger(ChannelHandlerContext ctx, DuplexChannel channel, ChannelPromise promise) {
        Runnable close = () -> {
            var _ = ctx.close(promise);
        };
        channel.shutdownOutput().addListener(_ -> {
            var _ = ctx.executor().schedule(close, LINGER.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (state == State.HANDSHAKE || state == State.STEPPING) {
            fail(ctx, new ClosedChannelException());
        }
        state = State.OVER;
        ctx.fireChannelInactive();
    }

    private void flushRecords(ChannelHandlerContext ctx) {
        if (protocol.getAvailableOutputBytes() > 0) {
            var _ = ctx.writeAndFlush(records(ctx));
        }
    }

    private ByteBuf records(ChannelHandlerContext ctx) {
        byte[] bytes = new byte[protocol.getAvailableOutputBytes()];
        protocol.readOutput(bytes, 0, bytes.length);
        return ctx.alloc().buffer(bytes.length).writeBytes(bytes);
    }
}
