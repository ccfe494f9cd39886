package io.berth.front.http;

import io.berth.dialect.HttpAnswer;
import io.berth.dialect.HttpDialect;
import io.berth.dialect.HttpFault;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Makes whole requests of what comes on an HTTP/1.1 connection or an HTTP/2 stream, one after the other, and
/// writes their answers. What comes while one is settled waits here, and then in the peer's own buffers. On
/// the event loop.
final class Requests extends ChannelInboundHandlerAdapter {
    /// Of a body that is refused, so much is read and forgotten, so that its sender hears why.
    private static final int MAX_SKIPPED_BYTES = 1024 * 1024;

    /// The head of each and the end of its body.
    private static final int OBJECTS_PER_REQUEST = 2;

    private final Desk desk;
    private final Connection connection;
    private final Conversation conversation;
    private final Caller caller;
    private final Deadlines.Entry deadline;
    private final ArrayDeque<Object> waiting = new ArrayDeque<>(2);
    /// The request that is coming in.
    private @Nullable Incoming incoming;

    private boolean busy;
    private boolean reading;
    private boolean emptying;
    private boolean closing;
    /// The answer to a request whose body still comes.
    private @Nullable ChannelFuture skipping;

    private int skipped;
    private boolean over;

    Requests(Desk desk, Connection connection, Conversation conversation, Deadlines deadlines, Caller caller) {
        this.desk = desk;
        this.connection = connection;
        this.conversation = conversation;
        this.deadline = deadlines.add(() -> connection.end("request timeout"));
        this.caller = caller;
    }

    private record Incoming(HttpRequest head, Target target, HttpDialect dialect, Body body) {}

    // ---- what the channel tells ----

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        reading = true;
        waiting.add(message);
        empty(ctx);
        if (waiting.size() >= OBJECTS_PER_REQUEST * desk.config().maxPipelined()) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    /// A peer that does not read its answers is not read either.
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        empty(ctx);
        ctx.flush();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        ctx.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        gone();
    }

    /// A stream's own faults end the stream, the connection's are for whoever stands behind.
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        connection.exceptionCaught(ctx, cause);
        var _ = ctx.close();
    }

    private void gone() {
        if (!over) {
            over = true;
            deadline.remove();
            forget();
            waiting.forEach(ReferenceCountUtil::release);
            waiting.clear();
        }
    }

    private void forget() {
        if (incoming != null) {
            incoming.body().free();
            incoming = null;
        }
    }

    // ---- requests ----

    private void take(ChannelHandlerContext ctx, Object message) {
        try {
            if (closing) {
                skip(message);
                return;
            }
            if (message instanceof HttpRequest head) {
                begin(ctx, head);
            }
            if (message instanceof HttpContent part && incoming != null) {
                gather(ctx, incoming, part);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest head) {
        connection.lives();
        if (head.decoderResult().isFailure()) {
            refuse(ctx, HttpAnswer.empty(status(head.decoderResult().cause())), "malformed request");
            return;
        }
        Target target = Target.of(head.uri());
        HttpDialect dialect = dialect(target.path());
        if (dialect == null) {
            decline(ctx, HttpAnswer.empty(404), "unknown path");
            return;
        }
        Body body = new Body(desk.usage(), dialect.maxBodyBytes());
        if (body.expects(HttpUtil.getContentLength(head, 0L)) != Body.Room.ENOUGH) {
            decline(ctx, dialect.answer(HttpFault.TOO_LARGE), "request too large");
            return;
        }
        incoming = new Incoming(head, target, dialect, body);
        deadline.within(desk.config().requestTimeout());
        if (HttpUtil.is100ContinueExpected(head)) {
            var _ = ctx.writeAndFlush(Answers.goOn(ctx.alloc()));
        }
    }

    private static int status(Throwable fault) {
        return switch (fault) {
            case TooLongHttpLineException _ -> 414;
            case TooLongHttpHeaderException _ -> 431;
            default -> 400;
        };
    }

    private @Nullable HttpDialect dialect(String path) {
        for (HttpDialect each : desk.platform().dialects()) {
            if (each.owns(path)) {
                return each;
            }
        }
        return null;
    }

    private void gather(ChannelHandlerContext ctx, Incoming request, HttpContent part) {
        if (part.decoderResult().isFailure()) {
            refuse(ctx, HttpAnswer.empty(400), "malformed request");
            return;
        }
        switch (request.body().add(part.content())) {
            case TOO_LARGE -> {
                decline(ctx, request.dialect().answer(HttpFault.TOO_LARGE), "request too large");
                skip(part);
            }
            case NONE -> {
                decline(ctx, request.dialect().answer(HttpFault.TOO_MANY), "too many bodies");
                skip(part);
            }
            case ENOUGH -> {
                if (part instanceof LastHttpContent) {
                    deadline.suspend();
                    incoming = null;
                    serve(ctx, request);
                }
            }
        }
    }

    private void serve(ChannelHandlerContext ctx, Incoming request) {
        boolean keepAlive = HttpUtil.isKeepAlive(request.head());
        ReceivedRequest received = new ReceivedRequest(
                caller,
                request.dialect(),
                request.head().method().name(),
                request.target().path(),
                request.target().query(),
                request.head().headers(),
                request.body().whole(),
                desk.platform().clock().instant());
        if (!desk.usage().waits()) {
            desk.platform().traffic().dropped("too many requests wait");
            write(ctx, request.dialect().answer(HttpFault.TOO_MANY), keepAlive);
            return;
        }
        busy = true;
        connection.begun();
        conversation.answer(received, answer -> {
            desk.usage().settled();
            if (ctx.executor().inEventLoop()) {
                answered(ctx, answer, keepAlive);
            } else {
                ctx.executor().execute(() -> answered(ctx, answer, keepAlive));
            }
        });
    }

    // ---- answers ----

    private void answered(ChannelHandlerContext ctx, HttpAnswer answer, boolean keepAlive) {
        busy = false;
        connection.settled();
        write(ctx, answer, keepAlive);
        empty(ctx);
        if (!reading) {
            ctx.flush();
        }
    }

    private void empty(ChannelHandlerContext ctx) {
        if (emptying) {
            return; // a request that is settled at once comes back here
        }
        emptying = true;
        while (!busy && !waiting.isEmpty() && ctx.channel().isWritable()) {
            take(ctx, waiting.remove());
        }
        emptying = false;
        if (waiting.isEmpty() && !ctx.channel().config().isAutoRead()) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    /// Answers a request whose body is not wanted. The connection ends when that is over, not before: a peer
    /// that is cut off while it sends does not get to read why (RFC 9112 section 9.6). One of many streams is
    /// not waited for.
    private void decline(ChannelHandlerContext ctx, HttpAnswer answer, String reason) {
        if (ctx.channel() instanceof Http2StreamChannel) {
            refuse(ctx, answer, reason);
            return;
        }
        desk.platform().traffic().dropped(reason);
        forget();
        connection.lives();
        deadline.within(desk.config().requestTimeout());
        closing = true;
        skipping = ctx.writeAndFlush(Answers.response(answer, false, ctx.alloc()));
    }

    private void skip(Object message) {
        if (skipping != null && message instanceof HttpContent part) {
            skipped += part.content().readableBytes();
            if (part instanceof LastHttpContent || skipped > MAX_SKIPPED_BYTES) {
                skipping.addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    /// Answers a request that is not read to its end: what is left of it cannot be told from the next.
    private void refuse(ChannelHandlerContext ctx, HttpAnswer answer, String reason) {
        desk.platform().traffic().dropped(reason);
        deadline.suspend();
        forget();
        write(ctx, answer, false);
    }

    private void write(ChannelHandlerContext ctx, HttpAnswer answer, boolean keepAlive) {
        connection.lives();
        if (keepAlive && !desk.usage().isClosed()) {
            var _ = ctx.write(Answers.response(answer, true, ctx.alloc()));
        } else {
            closing = true;
            ctx.write(Answers.response(answer, false, ctx.alloc())).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
