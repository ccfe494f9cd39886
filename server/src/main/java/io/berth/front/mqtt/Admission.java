package io.berth.front.mqtt;

import io.berth.net.Turnstile;
import java.util.concurrent.atomic.AtomicInteger;

/// Whether one more connection may come in, and whether its login may begin. Any thread.
final class Admission {
    private final Turnstile turnstile;
    private final int maxPendingLogins;
    private final AtomicInteger pendingLogins = new AtomicInteger();

    Admission(MqttConfig config) {
        this.turnstile = new Turnstile(config.maxConnections(), config.maxWaitingConnections());
        this.maxPendingLogins = config.maxPendingLogins();
    }

    Turnstile turnstile() {
        return turnstile;
    }

    boolean loginBegins() {
        if (pendingLogins.incrementAndGet() > maxPendingLogins) {
            pendingLogins.decrementAndGet();
            return false;
        }
        return true;
    }

    void loginEnds() {
        pendingLogins.decrementAndGet();
    }
}
