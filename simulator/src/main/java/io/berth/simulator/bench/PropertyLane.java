package io.berth.simulator.bench;

import io.berth.simulator.device.Device;
import io.berth.simulator.wire.MqttConnection;
import io.berth.simulator.wire.MqttEvents;
import io.berth.simulator.wire.PublishFrame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reports properties over one connection. A report is over when everything the vendor answers has come: the platform's
/// reply where there is one, and the PUBACK at QoS 1.
final class PropertyLane implements Lane, MqttEvents {
    private static final byte[] ID = "\"id\":\"".getBytes(StandardCharsets.US_ASCII);

    private final PublishFrame[] frames;
    private final int[] awaited;
    private final int answers;
    private final Optional<String> replyTopic;
    private final Slots slots;
    private final Demand demand = new Demand();
    private @Nullable MqttConnection connection;

    PropertyLane(Device device, int qos, int window) {
        replyTopic = device.dialect().propertyReplyTopic(device.identity());
        answers = (replyTopic.isPresent() ? 1 : 0) + qos;
        if (answers == 0) {
            throw new IllegalArgumentException("this wire answers a property report only at QoS 1: say --qos 1");
        }
        awaited = new int[window + 1];
        slots = new Slots(window);
        frames = IntStream.rangeClosed(0, window)
                .mapToObj(id -> frame(device, qos, id))
                .toArray(PublishFrame[]::new);
    }

    private static PublishFrame frame(Device device, int qos, int id) {
        String values = "{\"temperature\":%.1f,\"humidity\":%d}".formatted(20 + id % 100 / 10.0, 40 + id % 20);
        String report = device.dialect().propertyReport(Integer.toString(id), values);
        return new PublishFrame(
                device.dialect().propertyTopic(device.identity()), qos, report.getBytes(StandardCharsets.UTF_8));
    }

    Optional<String> replyTopic() {
        return replyTopic;
    }

    void use(MqttConnection opened) {
        connection = opened;
    }

    @Override
    public EventLoop loop() {
        return connection().loop();
    }

    @Override
    public void begin(Meter next, boolean keepBusy) {
        demand.begin(next, keepBusy);
        readComplete();
    }

    @Override
    public boolean offer(long dueNanos) {
        if (slots.free() == 0) {
            return false;
        }
        send(1, dueNanos);
        return true;
    }

    @Override
    public void readComplete() {
        int admitted = demand.admit(slots.free());
        if (admitted > 0) {
            send(admitted, System.nanoTime());
        }
    }

    private void send(int count, long sinceNanos) {
        ByteBuf out = connection().buffer(count * frames[0].size());
        for (int i = 0; i < count; i++) {
            int id = slots.take(sinceNanos);
            awaited[id] = answers;
            frames[id].writeTo(out, id);
        }
        connection().send(out);
    }

    @Override
    public void acknowledged(int packetId) {
        answered(packetId);
    }

    @Override
    public void received(MqttConnection from, String topic, ByteBuf payload) {
        if (replyTopic.filter(topic::equals).isPresent()) {
            answered(idOf(payload));
        }
    }

    private void answered(int id) {
        if (--awaited[id] == 0) {
            demand.finish(slots.release(id));
        }
    }

    /// The reply's id; it is one of ours, so decimal and short.
    static int idOf(ByteBuf reply) {
        int end = reply.writerIndex();
        for (int i = reply.readerIndex(); i < end - ID.length; i++) {
            if (holds(reply, i)) {
                int id = 0;
                for (int at = i + ID.length; at < end && Character.isDigit(reply.getByte(at)); at++) {
                    id = id * 10 + reply.getByte(at) - '0';
                }
                return id;
            }
        }
        throw new IllegalArgumentException("a reply without an id: " + reply.toString(StandardCharsets.UTF_8));
    }

    private static boolean holds(ByteBuf reply, int at) {
        for (int i = 0; i < ID.length; i++) {
            if (reply.getByte(at + i) != ID[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void lost(String reason) {
        demand.fail(reason);
    }

    @Override
    public CompletableFuture<?> leave() {
        return connection().leave();
    }

    private MqttConnection connection() {
        return Objects.requireNonNull(connection, "the lane is not open yet");
    }
}
