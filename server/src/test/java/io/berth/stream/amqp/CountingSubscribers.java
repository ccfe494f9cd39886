package io.berth.stream.amqp;

import io.berth.core.subscription.SubscriberTraffic;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts by word what a server tells of.
final class CountingSubscribers implements SubscriberTraffic {
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    int of(String what) {
        return counts.getOrDefault(what, 0);
    }

    private void add(String what, int more) {
        counts.merge(what, more, Integer::sum);
    }

    @Override
    public void connectionOpened(String listener) {
        add("connections", 1);
    }

    @Override
    public void connectionClosed(String listener) {
        add("connections", -1);
    }

    @Override
    public void login(String dialect, String result, long nanos) {
        add("login " + dialect + " " + result, 1);
    }

    @Override
    public void linkOpened() {
        add("links", 1);
    }

    @Override
    public void linkClosed() {
        add("links", -1);
    }

    @Override
    public void delivered() {
        add("delivered", 1);
    }

    @Override
    public void settled(String outcome) {
        add("settled " + outcome, 1);
    }

    @Override
    public void dropped(String cause) {
        add("dropped " + cause, 1);
    }
}
