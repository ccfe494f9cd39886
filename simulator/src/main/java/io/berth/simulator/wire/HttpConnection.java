package io.berth.simulator.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A keep-alive connection with one request under way at a time. Its events run on its event loop.
public final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {
    private static final byte NEWLINE = '\n';
    private static final int CHUNK_HEAD_BYTES = 10;
    private static final ByteBuf PROBLEM =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\"problem\":", StandardCharsets.US_ASCII));

    private final Channel channel;
    private final String headers;
    private final boolean readsAll;
    private final HttpEvents events;
    private final StringBuilder body = new StringBuilder();
    private int status;
    private boolean lineBegun;
    private boolean leaving;

    private HttpConnection(Channel channel, Manner manner, HttpEvents events) {
        this.channel = channel;
        this.headers = manner.headers();
        this.readsAll = manner.readsAll();
        this.events = events;
    }

    /// Every request names the server and carries the token.
    public static CompletableFuture<HttpConnection> open(
            EventLoop loop, Endpoint endpoint, String token, HttpEvents events) {
        return open(
                loop,
                endpoint,
                new Manner("Host: " + endpoint + "\r\nAuthorization: Bearer " + token + "\r\n", false),
                events);
    }

    /// Requests bring all their headers, and every answer is read.
    public static CompletableFuture<HttpConnection> openForSigned(
            EventLoop loop, Endpoint endpoint, HttpEvents events) {
        return open(loop, endpoint, new Manner("", true), events);
    }

    /// @param headers of every request
    /// @param readsAll whether answers are kept that are no failures; those of a stream have no end
    private record Manner(String headers, boolean readsAll) {}

    private static CompletableFuture<HttpConnection> open(
            EventLoop loop, Endpoint endpoint, Manner manner, HttpEvents events) {
        CompletableFuture<HttpConnection> opened = new CompletableFuture<>();
        Loops.client(loop)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        endpoint.prepare(channel.pipeline());
                        channel.pipeline()
                                .addLast(new HttpResponseDecoder(), new HttpConnection(channel, manner, events));
                    }
                })
                .connect(endpoint.address())
                .addListener((ChannelFuture connect) -> {
                    if (connect.isSuccess()) {
                        opened.complete(connect.channel().pipeline().get(HttpConnection.class));
                    } else {
                        opened.completeExceptionally(connect.cause());
                    }
                });
        return opened;
    }

    public EventLoop loop() {
        return channel.eventLoop();
    }

    public void get(String path) {
        send("GET " + path + " HTTP/1.1\r\n" + headers + "\r\n");
    }

    public void call(HttpCall call) {
        String length =
                call.method().equals("GET") ? "" : "Content-Length: " + ByteBufUtil.utf8Bytes(call.body()) + "\r\n";
        send(call.method() + " " + call.target() + " HTTP/1.1\r\n" + headers + call.headers() + length + "\r\n"
                + call.body());
    }

    /// Begins a request whose body follows in chunks.
    public void stream(String path) {
        send("POST " + path + " HTTP/1.1\r\n" + headers
                + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    /// Sends one chunk of the body.
    public void chunk(Consumer<ByteBuf> writer) {
        ByteBuf out = channel.alloc().ioBuffer();
        out.writeZero(CHUNK_HEAD_BYTES);
        writer.accept(out);
        int size = out.readableBytes() - CHUNK_HEAD_BYTES;
        out.setCharSequence(0, "%08x\r\n".formatted(size), StandardCharsets.US_ASCII);
        out.writeCharSequence("\r\n", StandardCharsets.US_ASCII);
        Unwatched.writeAndFlush(channel, out);
    }

    private void send(String request) {
        ByteBuf out = channel.alloc().ioBuffer(request.length());
        out.writeCharSequence(request, StandardCharsets.UTF_8);
        Unwatched.writeAndFlush(channel, out);
    }

    public CompletableFuture<Void> leave() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        channel.closeFuture().addListener(closed -> left.complete(null));
        channel.eventLoop().execute(() -> {
            leaving = true;
            Unwatched.close(channel);
        });
        return left;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part instanceof HttpResponse response) {
            status = response.status().code();
            body.setLength(0);
        }
        if (part instanceof HttpContent content) {
            ByteBuf bytes = content.content();
            if (ByteBufUtil.indexOf(PROBLEM, bytes) >= 0) {
                events.problem(bytes.toString(StandardCharsets.UTF_8));
            }
            int lines = count(bytes);
            if (lines > 0) {
                events.lines(lines);
            }
            if (status >= 300 || readsAll) {
                body.append(bytes.toString(StandardCharsets.UTF_8));
            }
            if (part instanceof LastHttpContent) {
                events.answered(status, body.toString());
            }
        }
    }

    /// Counts lines; an empty one is a heartbeat of a quiet stream and no line.
    private int count(ByteBuf bytes) {
        int lines = 0;
        int from = bytes.readerIndex();
        int end = bytes.writerIndex();
        for (int next = bytes.indexOf(from, end, NEWLINE); next >= 0; next = bytes.indexOf(from, end, NEWLINE)) {
            lines += next > from || lineBegun ? 1 : 0;
            lineBegun = false;
            from = next + 1;
        }
        lineBegun |= from < end;
        return lines;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!leaving) {
            events.lost("the server closed an HTTP connection");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Unwatched.close(context);
    }
}
