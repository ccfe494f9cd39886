package io.berth.front.mqtt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.List;
import java.util.regex.Pattern;

/// Reads the head of a request that begins with GET: one that asks for a WebSocket is MQTT's, any other is the
/// wire's that takes requests. Stands in the pipeline only until then.
final class FirstGet extends ByteToMessageDecoder {
    private static final int MAX_HEAD = 8192;
    private static final String END = "\r\n\r\n";
    private static final Pattern WEBSOCKET = Pattern.compile("\r\nupgrade:[^\r\n]*websocket", Pattern.CASE_INSENSITIVE);

    private final Dock dock;

    FirstGet(Dock dock) {
        this.dock = dock;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        String head = in.toString(in.readerIndex(), Math.min(in.readableBytes(), MAX_HEAD), ISO_8859_1);
        int end = head.indexOf(END);
        if (end < 0 && head.length() < MAX_HEAD) {
            return; // no longer than a connection may take to say anything
        }
        ChannelPipeline pipeline = ctx.pipeline();
        if (WEBSOCKET.matcher(head).region(0, end < 0 ? MAX_HEAD : end).find()) {
            pipeline.addAfter(ctx.name(), null, new WebSocketUpgrade(dock.config(), dock::decoder));
            pipeline.addAfter(ctx.name(), null, new HttpObjectAggregator(MAX_HEAD));
            pipeline.addAfter(ctx.name(), null, new HttpServerCodec());
        } else {
            pipeline.remove(ConnectionHandler.class);
            dock.http().take(pipeline, dock.listener().name());
        }
        pipeline.remove(this);
    }
}
