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
    private final HttpEvents events;
    private final StringBuilder body = new StringBuilder();
    private int status;
    private boolean lineBegun;
    private boolean leaving;

    private HttpConnection(Channel channel, String headers, HttpEvents events) {
        this.channel = channel;
        this.headers = headers;
        this.events = events;
    }

    public static CompletableFuture<HttpConnection> open(
            EventLoop loop, Endpoint endpoint, String token, HttpEvents events) {
        CompletableFuture<HttpConnection> opened = new CompletableFuture<>();
        String headers = "Host: " + endpoint + "\r\nAuthorization: Bearer " + token + "\r\n";
        Loops.client(loop)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        endpoint.prepare(channel.pipeline());
                        channel.pipeline()
                                .addLast(new HttpResponseDecoder(), new HttpConnection(channel, headers, events));
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

    public void post(String path, String json) {
        send("POST " + path + " HTTP/1.1\r\n" + headers + "Content-Type: application/json\r\nContent-Length: "
                + ByteBufUtil.utf8Bytes(json) + "\r\n\r\n" + json);
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
            if (status >= 300) {
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
