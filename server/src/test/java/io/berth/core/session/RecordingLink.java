package io.berth.core.session;

import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A link that keeps what it was given.
final class RecordingLink implements Link {
    final List<Downlink> sent = new CopyOnWriteArrayList<>();
    final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    final List<CloseCause> closed = new CopyOnWriteArrayList<>();

    @Override
    public void send(Downlink downlink, Delivery delivery) {
        sent.add(downlink);
        deliveries.add(delivery);
    }

    int nudges;

    @Override
    public void messagesKept() {
        nudges++;
    }

    @Override
    public void close(CloseCause cause) {
        closed.add(cause);
    }
}
