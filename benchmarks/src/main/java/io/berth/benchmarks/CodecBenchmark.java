package io.berth.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A QoS 1 PUBLISH of 256 bytes through Netty's codec, the pipeline's own cost included.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    private final EmbeddedChannel decoder = new EmbeddedChannel(new MqttDecoder(1 << 20));
    private final EmbeddedChannel encoder = new EmbeddedChannel(MqttEncoder.INSTANCE);
    private final MqttPublishMessage message = MqttMessageBuilders.publish()
            .topicName("/a1pk/dev1/user/update")
            .qos(MqttQoS.AT_LEAST_ONCE)
            .messageId(7)
            .payload(Unpooled.wrappedBuffer(new byte[256]))
            .build();
    private final ByteBuf bytes = encoded();

    private ByteBuf encoded() {
        encoder.writeOutbound(message.retainedDuplicate());
        ByteBuf whole = Unpooled.buffer();
        for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
            whole.writeBytes(part);
            part.release();
        }
        return whole;
    }

    @Benchmark
    public int decode() {
        decoder.writeInbound(bytes.retainedDuplicate());
        MqttPublishMessage read = decoder.readInbound();
        int size = read.payload().readableBytes();
        read.release();
        return size;
    }

    @Benchmark
    public boolean encode() {
        encoder.writeOutbound(message.retainedDuplicate());
        boolean written = false;
        for (Object part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
            written |= ReferenceCountUtil.release(part);
        }
        return written;
    }
}
