package io.berth.front.mqtt;

import io.berth.core.message.Qos;
import io.berth.core.session.Traffic;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts by word.
final class CountingTraffic implements Traffic {
    private final ConcurrentHashMap<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    int count(String word) {
        AtomicInteger found = counts.get(word);
        return found == null ? 0 : found.get();
    }

    private void add(String word, int change) {
        counts.computeIfAbsent(word, _ -> new AtomicInteger()).addAndGet(change);
    }

    @Override
    public void connectionOpened(String listener) {
        add("open " + listener, 1);
    }

    @Override
    public void connectionClosed(String listener) {
        add("open " + listener, -1);
    }

    @Override
    public void login(String dialect, String result, long nanos) {
        add("login " + dialect + " " + result, 1);
    }

    @Override
    public void uplink(String dialect, String kind, long nanos) {
        add("uplink " + dialect + " " + kind, 1);
    }

    @Override
    public void downlink(String dialect, Qos qos) {
        add("downlink " + dialect, 1);
    }

    @Override
    public void dropped(String cause) {
        add("dropped " + cause, 1);
    }
}
