package io.berth.core.session;

import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;

/// The way to an attached device; a front implements it. Both calls come from any thread and return at once.
public interface Link {
    void send(Downlink downlink, Delivery delivery);

    void close(CloseCause cause);
}
