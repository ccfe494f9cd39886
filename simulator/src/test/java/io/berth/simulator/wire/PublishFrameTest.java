package io.berth.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishFrameTest {
    @ParameterizedTest
    @ValueSource(ints = {16, 100, 127, 200, 20_000})
    void another_codec_reads_what_was_written(int payloadBytes) {
        PublishFrame frame = new PublishFrame("/pk/dn/user/update", 1, new byte[payloadBytes]);
        ByteBuf out = Unpooled.buffer();

        frame.writeTo(out, 513, 0x0123456789abcdefL);

        MqttPublishMessage read = decode(out);
        assertThat(read.variableHeader().topicName()).isEqualTo("/pk/dn/user/update");
        assertThat(read.variableHeader().packetId()).isEqualTo(513);
        assertThat(read.payload().readableBytes()).isEqualTo(payloadBytes);
        assertThat(PublishFrame.stamp(read.payload())).isEqualTo(0x0123456789abcdefL);
        read.release();
    }

    @Test
    void qos_0_carries_no_packet_id() {
        PublishFrame frame = new PublishFrame("t", 0, "x".getBytes(StandardCharsets.US_ASCII));
        ByteBuf out = Unpooled.buffer();

        frame.writeTo(out, 9);

        assertThat(out.readableBytes()).isEqualTo(frame.size()).isEqualTo(6);
    }

    @Test
    void a_payload_too_short_has_no_stamp() {
        assertThatThrownBy(() -> PublishFrame.stamp(Unpooled.buffer(4).writeInt(1)))
                .hasMessageContaining("4 bytes");
    }

    private static MqttPublishMessage decode(ByteBuf bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new MqttDecoder(1 << 20));
        channel.writeInbound(bytes);
        return Objects.requireNonNull(channel.readInbound());
    }
}
