package io.berth.stream.amqp;

import io.berth.core.login.Refusal;
import io.berth.net.PeerAddress;
import io.berth.net.TlsFacts;
import io.berth.stream.amqp.SaslFrames.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection until it is logged in. Then an [AmqpConnection] takes its place; what came behind the login waits
/// for it.
final class SaslHandshake extends ByteToMessageDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(SaslHandshake.class);

    /// Vendors' user names have some 300 bytes, those with a security token some more.
    private static final int MAX_FRAME_BYTES = 8192;

    private final Entrance entrance;
    private Step step = Step.PROTOCOL;
    private @Nullable Future<?> deadline;

    private enum Step {
        PROTOCOL,
        INIT,
        DECISION,
        /// Refused: the rest is not read any more.
        ENDING,
        /// Welcome: the connection is another's.
        OVER
    }

    SaslHandshake(Entrance entrance) {
        this.entrance = entrance;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        entrance.traffic().connectionOpened(entrance.listener());
        setDeadline(ctx);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        cancelDeadline();
        entrance.arrived();
        if (step != Step.OVER) {
            step = Step.OVER;
            entrance.left();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        switch (step) {
            case PROTOCOL -> readProtocol(ctx, in);
            case INIT -> readInit(ctx, in);
            case DECISION -> {} // what a client sends ahead waits in the decoder's buffer
            case ENDING -> in.skipBytes(in.readableBytes());
            case OVER -> {}
        }
    }

    private void readProtocol(ChannelHandlerContext ctx, ByteBuf in) {
        if (in.readableBytes() < SaslFrames.HEADER_BYTES) {
            return;
        }
        if (!SaslFrames.isProtocol(in.readSlice(SaslFrames.HEADER_BYTES))) {
            // AMQP 1.0 part 2.2: say which protocol is spoken here, then hang up
            entrance.traffic().dropped("no SASL");
            hangUp(ctx, SaslFrames.protocol());
            return;
        }
        step = Step.INIT;
        var _ = ctx.write(SaslFrames.protocol());
        var _ = ctx.writeAndFlush(SaslFrames.mechanisms());
    }

    private void readInit(ChannelHandlerContext ctx, ByteBuf in) {
        if (in.readableBytes() < Integer.BYTES) {
            return;
        }
        long size = in.getUnsignedInt(in.readerIndex());
        if (size < SaslFrames.HEADER_BYTES || size > MAX_FRAME_BYTES) {
            throw new CorruptedFrameException("a SASL frame of " + size + " bytes");
        }
        if (in.readableBytes() < size) {
            return;
        }
        SaslFrames.Init init = readFrame(in.readSlice((int) size));
        step = Step.DECISION;
        SaslPlain plain = init.mechanism().equals(SaslFrames.PLAIN)
                ? SaslPlain.read(init.response()).orElse(null)
                : null;
        if (plain == null) {
            entrance.traffic().dropped("no SASL PLAIN");
            hangUp(ctx, SaslFrames.outcome(Outcome.AUTH));
            return;
        }
        ctx.channel().config().setAutoRead(false);
        setDeadline(ctx);
        entrance.decide(attempt(ctx, plain), answer -> ctx.executor().execute(() -> settle(ctx, answer)));
    }

    private static SaslFrames.Init readFrame(ByteBuf frame) {
        try {
            return SaslFrames.init(frame.readSlice(frame.readableBytes()));
        } catch (IndexOutOfBoundsException e) {
            throw new CorruptedFrameException("a SASL frame that ends too early", e);
        }
    }

    private SubscriberLogins.Attempt attempt(ChannelHandlerContext ctx, SaslPlain plain) {
        String tls = TlsFacts.of(ctx.pipeline());
        return new SubscriberLogins.Attempt(
                plain,
                PeerAddress.host(ctx.channel()),
                new Refusal.Channel(
                        entrance.listener(), PeerAddress.of(ctx.channel()), tls == null ? "tcp" : "tls", tls),
                System.nanoTime());
    }

    private void settle(ChannelHandlerContext ctx, SubscriberLogins.Answer answer) {
        if (step != Step.DECISION || !ctx.channel().isActive()) {
            return;
        }
        switch (answer) {
            case SubscriberLogins.Answer.No no ->
                hangUp(ctx, SaslFrames.outcome(no.isFinal() ? Outcome.AUTH : Outcome.TEMPORARY));
            case SubscriberLogins.Answer.Welcome welcome -> {
                step = Step.OVER;
                var _ = ctx.writeAndFlush(SaslFrames.outcome(Outcome.OK));
                ctx.pipeline().addAfter(ctx.name(), null, entrance.connection(welcome.subscriber()));
                ctx.pipeline().remove(this);
                ctx.channel().config().setAutoRead(true);
            }
        }
    }

    private void hangUp(ChannelHandlerContext ctx, ByteBuf last) {
        step = Step.ENDING;
        ctx.channel().config().setAutoRead(false);
        var _ = ctx.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            exceptionCaught(ctx, new DecoderException("TLS handshake", handshake.cause()));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            entrance.traffic().dropped("malformed bytes");
            LOG.debug("{}: malformed bytes from {}", entrance.listener(), PeerAddress.of(ctx.channel()), cause);
        }
        step = Step.ENDING;
        var _ = ctx.close();
    }

    private void setDeadline(ChannelHandlerContext ctx) {
        cancelDeadline();
        deadline = ctx.executor()
                .schedule(() -> tooLate(ctx), entrance.loginTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void tooLate(ChannelHandlerContext ctx) {
        entrance.traffic().dropped("no login in time");
        LOG.debug("{}: no login in time from {}", entrance.listener(), PeerAddress.of(ctx.channel()));
        var _ = ctx.close();
    }
}
