package io.berth.front.http;

import io.berth.dialect.HttpAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;

/// Answers as HTTP responses. No more headers than devices need: some keep the whole response in a small
/// buffer. Their names are spelt as in the manuals, which Netty's are not: the vendor's C SDKs compare them letter by
/// letter, and without `Content-Length` they see no body.
final class Answers {
    private static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");
    private static final AsciiString CONNECTION = AsciiString.cached("Connection");
    private static final AsciiString JSON = AsciiString.cached("application/json;charset=utf-8");
    private static final DefaultHttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private Answers() {}

    static FullHttpResponse response(HttpAnswer answer, boolean keepAlive, ByteBufAllocator alloc) {
        int size = answer.body().size();
        ByteBuf body = alloc.buffer(size).writeBytes(answer.body().buffer());
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), body, UNCHECKED, UNCHECKED);
        if (size > 0) {
            response.headers().set(CONTENT_TYPE, JSON);
        }
        response.headers().set(CONTENT_LENGTH, Integer.toString(size));
        if (!keepAlive) {
            response.headers().set(CONNECTION, HttpHeaderValues.CLOSE);
        }
        return response;
    }

    /// What lets a peer begin its body that waits for leave (RFC 9110 section 10.1.1).
    static FullHttpResponse goOn(ByteBufAllocator alloc) {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, alloc.buffer(0), UNCHECKED, UNCHECKED);
    }
}
