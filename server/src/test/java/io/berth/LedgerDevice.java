package io.berth;

import io.berth.core.credential.Secret;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttException;

/// A device that numbers its messages, keeps some under way, and sends again whatever was not acknowledged, until it is
/// stopped: then it waits for what is under way.
final class LedgerDevice implements AutoCloseable {
    private static final int UNDER_WAY = 10;
    private static final long PAUSE_MILLIS = 20;

    private final String name;
    private final Secret secret;
    private final IntSupplier port;
    private final Ledger ledger;
    private final Thread thread;
    private volatile boolean stopped;
    private int acknowledged;

    private record UnderWay(int number, IMqttDeliveryToken token) {}

    LedgerDevice(String name, Secret secret, IntSupplier port, Ledger ledger) {
        this.name = name;
        this.secret = secret;
        this.port = port;
        this.ledger = ledger;
        this.thread = Thread.ofPlatform().name("device " + name).daemon().start(this::run);
    }

    private void run() {
        while (!stopped) {
            try (TestDevice device = TestDevice.alibaba(port.getAsInt(), "ledger", name, secret.reveal())) {
                device.connects();
                send(device);
            } catch (MqttException | AssertionError | IllegalStateException | IllegalArgumentException e) {
                // the server is away: once more from the first message that was not acknowledged
                pause();
            }
        }
    }

    private void send(TestDevice device) throws MqttException {
        Deque<UnderWay> underWay = new ArrayDeque<>();
        int next = acknowledged + 1;
        while (!stopped || !underWay.isEmpty()) {
            if (!stopped && underWay.size() < UNDER_WAY) {
                underWay.add(new UnderWay(next, device.sends("/ledger/" + name + "/user/up", Integer.toString(next))));
                next++;
            } else {
                UnderWay oldest = underWay.remove();
                oldest.token().waitForCompletion(TimeUnit.SECONDS.toMillis(20));
                acknowledged = oldest.number();
                ledger.acknowledged(name, acknowledged);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
