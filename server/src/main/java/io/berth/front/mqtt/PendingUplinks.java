package io.berth.front.mqtt;

import io.berth.core.Completion;
import io.berth.core.session.CloseCause;
import io.berth.dialect.Outgoing;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Messages of one device on their way to be accepted. They are acknowledged in the order they came (MQTT
/// 3.1.1 section 4.6), many with one write; what could not be accepted is not acknowledged, and the
/// connection ends there.
final class PendingUplinks {
    private final DeviceSession session;
    private final ReadGate gate;
    private final ArrayDeque<Pending> queue = new ArrayDeque<>(4);
    private final AtomicBoolean drainPosted = new AtomicBoolean();

    PendingUplinks(DeviceSession session, ReadGate gate) {
        this.session = session;
        this.gate = gate;
    }

    /// How the sender wants to hear of the acceptance.
    enum Ack {
        NONE,
        PUBACK,
        PUBREC
    }

    /// A message whose turn has come: it waits until it is settled or its completion fires.
    Pending open(Ack ack, int packetId) {
        Pending pending = new Pending(ack, packetId);
        add(pending);
        return pending;
    }

    private void add(Pending pending) {
        queue.add(pending);
        gate.enter();
    }

    /// Acknowledges what was accepted meanwhile. On the event loop.
    void drain() {
        drainPosted.set(false);
        ByteBuf acks = null;
        for (Pending head = queue.peek(); head != null && head.state != State.WAITING; head = queue.peek()) {
            queue.remove();
            gate.leave();
            if (head.state == State.FAILED) {
                flushAcks(acks);
                session.connection().close(CloseCause.INTERNAL_ERROR);
                return;
            }
            if (head.kind != null) {
                session.counted(head.kind, head.arrived);
            }
            if (head.ack != Ack.NONE) {
                if (acks == null) {
                    acks = session.connection().alloc().buffer(Packets.ACK_BYTES * Math.min(queue.size() + 1, 64));
                }
                head.writeAck(acks, session.isMqtt5());
            }
            if (head.reply != null) {
                acks = flushAcks(acks);
                session.reply(head.reply);
            }
        }
        flushAcks(acks);
    }

    private @Nullable ByteBuf flushAcks(@Nullable ByteBuf acks) {
        if (acks != null) {
            session.connection().outlet().write(acks);
        }
        return null;
    }

    private enum State {
        WAITING,
        ACCEPTED,
        FAILED
    }

    final class Pending implements Completion {
        private final Ack ack;
        private final int packetId;
        private @Nullable String kind;
        private Outgoing.@Nullable Publish reply;
        private final long arrived = System.nanoTime();
        private int reason;
        private volatile State state = State.WAITING;

        private Pending(Ack ack, int packetId) {
            this.ack = ack;
            this.packetId = packetId;
        }

        /// It is handed on, and this is its completion.
        ///
        /// @param kind what is counted when it is accepted
        /// @param reply what the device gets then
        void accepting(String kind, Outgoing.@Nullable Publish reply) {
            this.kind = kind;
            this.reply = reply;
        }

        /// It needs no acceptance: answered, or refused.
        void settle(int reason, Outgoing.@Nullable Publish reply) {
            this.reason = reason;
            this.reply = reply;
            done(null);
        }

        @Override
        public void done(@Nullable Throwable failure) {
            state = failure == null ? State.ACCEPTED : State.FAILED;
            // while the connection is being read, the end of that turn drains
            if (!session.connection().outlet().isHeld() && drainPosted.compareAndSet(false, true)) {
                session.connection().pulse().post(() -> {
                    drain();
                    session.connection().closeWhenDrained();
                });
            }
        }

        void writeAck(ByteBuf out, boolean mqtt5) {
            if (ack == Ack.PUBREC) {
                Packets.writePubrec(out, packetId);
            } else if (mqtt5 && reason != Reason.SUCCESS) {
                Packets.writePuback5(out, packetId, reason);
            } else {
                Packets.writePuback(out, packetId);
            }
        }
    }
}
