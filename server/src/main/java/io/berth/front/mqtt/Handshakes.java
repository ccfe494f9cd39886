package io.berth.front.mqtt;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The handshakes by pre-shared key that are under way: at most so many, and at most so many of one address, so
/// that a few clients which begin and never end leave room for the others. Any thread.
final class Handshakes {
    private final MqttConfig.Psk limits;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();

    Handshakes(MqttConfig.Psk limits) {
        this.limits = limits;
    }

    boolean begin(String address) {
        if (all.incrementAndGet() > limits.maxHandshakes()) {
            all.decrementAndGet();
            return false;
        }
        if (byAddress.merge(address, 1, Integer::sum) > limits.maxHandshakesPerAddress()) {
            end(address);
            return false;
        }
        return true;
    }

    void end(String address) {
        all.decrementAndGet();
        byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }
}
