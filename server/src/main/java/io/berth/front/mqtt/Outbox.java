package io.berth.front.mqtt;

import io.berth.core.Problem;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Letter;
import io.berth.core.message.Qos;
import io.berth.front.mqtt.MqttConfig.SessionLimits;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages to one device. QoS 0 goes out at once or not at all; of QoS 1 a bounded number is unconfirmed at
/// a time and a bounded number waits for a place. In a lasting session the [Backlog] keeps what is wanted
/// later too, else memory does.
final class Outbox {
    private final MqttConnection connection;
    private final SessionLimits limits;
    private final ClientLimits client;
    private final @Nullable Backlog backlog;
    private final ArrayList<Sent> inflight = new ArrayList<>(0);
    private @Nullable ArrayDeque<Waiting> waiting;
    private int lastPacketId;

    Outbox(MqttConnection connection, SessionLimits limits, ClientLimits client, @Nullable Backlog backlog) {
        this.connection = connection;
        this.limits = limits;
        this.client = client;
        this.backlog = backlog;
    }

    /// What the client can take.
    ///
    /// @param window unconfirmed QoS 1 messages
    record ClientLimits(boolean mqtt5, int window, long maxPacketBytes) {}

    private record Waiting(Letter letter, Delivery delivery) {}

    /// @param lasting whether it is still wanted when the device comes back only later
    void send(Letter letter, Qos qos, boolean lasting, Delivery delivery) {
        if (isTooLarge(letter)) {
            delivery.failed(Problem.UNSUPPORTED, "the message is larger than the device accepts");
        } else if (qos == Qos.AT_MOST_ONCE) {
            sendOnce(letter, delivery);
        } else if (lasting && backlog != null) {
            backlog.keep(letter, delivery);
        } else if (room() > 0) {
            transmit(letter, delivery, 0, false);
        } else {
            await(new Waiting(letter, delivery));
        }
    }

    private void sendOnce(Letter letter, Delivery delivery) {
        if (connection.isWritable()) {
            write(letter, 0, false, delivery);
        } else {
            delivery.failed(Problem.OVERLOADED, "the device does not read what is sent to it");
        }
    }

    private void await(Waiting message) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        if (waiting.size() < limits.maxQueuedDownlinks()) {
            waiting.add(message);
        } else {
            message.delivery().failed(Problem.OVERLOADED, "too many messages wait for the device to confirm others");
        }
    }

    /// How many QoS 1 messages may go out now.
    int room() {
        return connection.isWritable() ? client.window() - inflight.size() : 0;
    }

    boolean isTooLarge(Letter letter) {
        return client.maxPacketBytes() < Integer.MAX_VALUE
                && Packets.publishSize(client.mqtt5(), letter) > client.maxPacketBytes();
    }

    /// Sends a QoS 1 message for which there is room.
    ///
    /// @param storedId its id in the store, 0 when it is not kept there
    /// @param again whether the device may have it already
    void transmit(Letter letter, Delivery delivery, long storedId, boolean again) {
        Sent sent = new Sent(packetId(storedId), letter, delivery, storedId, connection.beat());
        inflight.add(sent);
        write(letter, sent.packetId, again, delivery);
    }

    /// A kept message keeps its packet id over connections (MQTT 3.1.1 section 4.4), because its id in the
    /// store tells it.
    private int packetId(long storedId) {
        int id = storedId != 0 ? (int) (storedId % 65_535) + 1 : next(lastPacketId);
        while (find(id) >= 0) {
            id = next(id);
        }
        if (storedId == 0) {
            lastPacketId = id;
        }
        return id;
    }

    private static int next(int id) {
        return id % 65_535 + 1;
    }

    /// Reports on a kept message that went out before its sender was known.
    void follow(long storedId, Delivery delivery) {
        delivery.reached(DeliveryState.SENT);
        for (Sent sent : inflight) {
            if (sent.storedId == storedId) {
                sent.delivery = delivery;
                return;
            }
        }
        delivery.reached(DeliveryState.ACKNOWLEDGED);
    }

    /// The device confirmed a message. Unknown ids are ignored: the message was given up meanwhile.
    void acknowledged(int packetId) {
        int place = find(packetId);
        if (place < 0) {
            return;
        }
        Sent sent = inflight.remove(place);
        sent.delivery.reached(DeliveryState.ACKNOWLEDGED);
        if (backlog != null && sent.storedId != 0) {
            backlog.confirmed(sent.storedId);
        }
        pump();
    }

    /// Sends what waits, as far as there is room.
    void pump() {
        while (waiting != null && !waiting.isEmpty() && room() > 0) {
            Waiting next = waiting.remove();
            transmit(next.letter(), next.delivery(), 0, false);
        }
        if (backlog != null) {
            backlog.fill();
        }
    }

    /// Sends again what was not confirmed in time. MQTT 5 forbids that on a live connection (section 4.4).
    void beat(int now) {
        if (client.mqtt5() || inflight.isEmpty()) {
            return;
        }
        for (Sent sent : List.copyOf(inflight)) {
            if (now - sent.beat < limits.retransmitAfter().toSeconds() || !connection.isWritable()) {
                continue;
            }
            if (sent.attempts < limits.maxRetransmits()) {
                sent.attempts++;
                sent.beat = now;
                write(sent.letter, sent.packetId, true, Delivery.UNWATCHED);
            } else {
                inflight.remove(sent);
                sent.giveUp(Problem.TIMED_OUT, "the device did not confirm the message");
                pump();
            }
        }
    }

    /// The connection is over.
    void abandon() {
        inflight.forEach(sent -> sent.giveUp(Problem.CONNECTION_LOST, "the connection ended before the confirmation"));
        if (waiting != null) {
            waiting.forEach(message -> message.delivery()
                    .failed(Problem.CONNECTION_LOST, "the connection ended before the message was sent"));
        }
        if (backlog != null) {
            backlog.abandon();
        }
    }

    private void write(Letter letter, int packetId, boolean again, Delivery delivery) {
        if (DeviceLog.isOn()) {
            int qos = packetId == 0 ? 0 : 1;
            DeviceLog.write(
                    connection,
                    "was sent {}, QoS {}, {} bytes",
                    letter.topic(),
                    qos,
                    letter.payload().size());
        }
        var packet = Packets.publish(connection.alloc(), client.mqtt5(), letter, packetId, again);
        if (delivery.equals(Delivery.UNWATCHED)) {
            connection.outlet().write(packet);
        } else {
            connection.outlet().write(packet, written -> report(written, packetId, delivery));
        }
    }

    private static void report(Future<?> written, int packetId, Delivery delivery) {
        if (written.isSuccess() && packetId == 0) {
            delivery.sentUnconfirmed();
        } else if (written.isSuccess()) {
            delivery.reached(DeliveryState.SENT);
        } else if (packetId == 0) {
            delivery.failed(Problem.CONNECTION_LOST, "the connection ended before the message was sent");
        }
    }

    private int find(int packetId) {
        for (int i = 0; i < inflight.size(); i++) {
            if (inflight.get(i).packetId == packetId) {
                return i;
            }
        }
        return -1;
    }

    private static final class Sent {
        private final int packetId;
        private final Letter letter;
        private Delivery delivery;
        private final long storedId;
        private int beat;
        private int attempts;

        Sent(int packetId, Letter letter, Delivery delivery, long storedId, int beat) {
            this.packetId = packetId;
            this.letter = letter;
            this.delivery = delivery;
            this.storedId = storedId;
            this.beat = beat;
        }

        /// A kept message is not lost: the device gets it when it comes back.
        void giveUp(Problem problem, String detail) {
            if (storedId != 0) {
                delivery.reached(DeliveryState.QUEUED);
            } else {
                delivery.failed(problem, detail);
            }
        }
    }
}
