package io.berth.front.mqtt;

import io.netty.channel.Channel;

/// Decides whether a connection's socket is read: not while too much of what came waits, not while the device does not
/// read what we send, not while its login is settled. What the peer sends meanwhile stays in its own buffers.
final class ReadGate {
    private final Channel channel;
    private final int limit;
    private int waiting;
    private boolean held;

    ReadGate(Channel channel, int limit) {
        this.channel = channel;
        this.limit = limit;
    }

    void enter() {
        waiting++;
        adjust();
    }

    void leave() {
        waiting--;
        adjust();
    }

    /// Keeps the gate closed, whatever else.
    void hold() {
        held = true;
        adjust();
    }

    void release() {
        held = false;
        adjust();
    }

    boolean isFull() {
        return waiting >= limit;
    }

    /// Whether it is closed for a reason the device cannot help.
    boolean waitsForUs() {
        return held || isFull();
    }

    boolean isIdle() {
        return waiting == 0;
    }

    void adjust() {
        boolean open = !held && waiting < limit && channel.isWritable();
        if (channel.config().isAutoRead() != open) {
            channel.config().setAutoRead(open);
        }
    }
}
