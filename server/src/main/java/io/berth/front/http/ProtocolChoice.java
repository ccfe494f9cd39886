package io.berth.front.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.List;

/// Tells HTTP/2 from HTTP/1.1 by its preface: `PRI` is a method nobody else uses (RFC 9113 section 3.4), so
/// neither ALPN nor an upgrade is needed. Stands in the pipeline only until then.
final class ProtocolChoice extends ByteToMessageDecoder {
    private static final int ENOUGH = 3;
    private static final int MAX_CHUNK = 64 * 1024;
    private static final String FRAMES = "http2";

    private final Desk desk;
    private final Connection connection;
    private final Conversation conversation;
    private final Deadlines deadlines;
    private final Caller caller;

    ProtocolChoice(Desk desk, Connection connection, Conversation conversation, Deadlines deadlines, Caller caller) {
        this.desk = desk;
        this.connection = connection;
        this.conversation = conversation;
        this.deadlines = deadlines;
        this.caller = caller;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < ENOUGH) {
            return;
        }
        int at = in.readerIndex();
        if (in.getByte(at) == 'P' && in.getByte(at + 1) == 'R' && in.getByte(at + 2) == 'I') {
            speakHttp2(ctx);
        } else {
            speakHttp1(ctx);
        }
        ctx.pipeline().remove(this);
    }

    private void speakHttp1(ChannelHandlerContext ctx) {
        HttpDecoderConfig bounds = new HttpDecoderConfig()
                .setMaxInitialLineLength(desk.config().maxHeadBytes())
                .setMaxHeaderSize(desk.config().maxHeadBytes())
                .setMaxChunkSize(MAX_CHUNK);
        ctx.pipeline().addAfter(ctx.name(), null, requests());
        ctx.pipeline().addAfter(ctx.name(), null, new HttpServerCodec(bounds));
    }

    private void speakHttp2(ChannelHandlerContext ctx) {
        Http2Settings bounds = new Http2Settings()
                .maxConcurrentStreams(desk.config().maxStreams())
                .maxHeaderListSize(desk.config().maxHeadBytes());
        // the frames first: the streams look for them
        ctx.pipeline()
                .addAfter(
                        ctx.name(),
                        FRAMES,
                        Http2FrameCodecBuilder.forServer()
                                .initialSettings(bounds)
                                .build());
        ctx.pipeline().addAfter(FRAMES, null, new Http2MultiplexHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true), requests());
            }
        }));
    }

    private Requests requests() {
        return new Requests(desk, connection, conversation, deadlines, caller);
    }
}
