package io.berth.simulator.yardstick;

import io.berth.simulator.wire.Unwatched;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.nio.charset.StandardCharsets;

/// One reader of the live events, a JSON object per line. Payloads are taken to be text without quotes, which is what
/// the load sends.
record TailStream(Channel channel) {
    void write(String topic, ByteBuf payload) {
        ByteBuf line = channel.alloc().ioBuffer(topic.length() + payload.readableBytes() + 64);
        line.writeCharSequence("{\"kind\":\"message\",\"topic\":\"", StandardCharsets.US_ASCII);
        line.writeCharSequence(topic, StandardCharsets.UTF_8);
        line.writeCharSequence("\",\"payload\":\"", StandardCharsets.US_ASCII);
        line.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
        line.writeCharSequence("\"}\n", StandardCharsets.US_ASCII);
        Unwatched.write(channel, new DefaultHttpContent(line));
    }
}
