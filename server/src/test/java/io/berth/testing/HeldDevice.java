package io.berth.testing;

import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Link;
import io.berth.core.session.Session;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// An attached device whose end of the link a test holds: it says what becomes of each downlink.
public final class HeldDevice implements Link {
    private final BlockingQueue<Downlink> received = new LinkedBlockingQueue<>();
    private final BiConsumer<Downlink, Delivery> reaction;
    private volatile @Nullable Instant lastHeard;

    public HeldDevice(BiConsumer<Downlink, Delivery> reaction) {
        this.reaction = reaction;
    }

    /// It gives a sign of life.
    public void heard(Instant at) {
        lastHeard = at;
    }

    @Override
    public @Nullable Instant lastHeard() {
        return lastHeard;
    }

    public Session session(DeviceId id) {
        return new Session(id, "test", "192.0.2.7:1234", Instant.EPOCH, this);
    }

    public Downlink next() throws InterruptedException {
        Downlink downlink = received.poll(30, TimeUnit.SECONDS);
        if (downlink == null) {
            throw new AssertionError("nothing came within 30 s");
        }
        return downlink;
    }

    @Override
    public void send(Downlink downlink, Delivery delivery) {
        received.add(downlink);
        reaction.accept(downlink, delivery);
    }

    @Override
    public void close(CloseCause cause) {}
}
