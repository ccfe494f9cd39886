package io.berth.simulator.yardstick;

import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Who gets what: one subscriber per topic, one for everything else, one HTTP caller per question. Any thread.
final class Routes {
    /// The filter of the subscriber that gets everything nobody asked for by name.
    static final String EVERYTHING = "#";

    private final ConcurrentHashMap<String, MqttSession> subscribers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, ChannelHandlerContext> askers = new ConcurrentHashMap<>();
    private final AtomicLong questions = new AtomicLong();
    private volatile @Nullable TailStream tail;

    void subscribe(String filter, MqttSession subscriber) {
        subscribers.put(filter, subscriber);
    }

    void unsubscribe(String filter, MqttSession subscriber) {
        subscribers.remove(filter, subscriber);
    }

    @Nullable
    MqttSession subscriberOf(String topic) {
        MqttSession subscriber = subscribers.get(topic);
        return subscriber == null ? subscribers.get(EVERYTHING) : subscriber;
    }

    void follow(TailStream stream) {
        tail = stream;
    }

    void unfollow(TailStream stream) {
        if (stream.equals(tail)) {
            tail = null;
        }
    }

    @Nullable
    TailStream tail() {
        return tail;
    }

    /// Remembers who asked and gives the question a number.
    String ask(ChannelHandlerContext asker) {
        String id = Long.toString(questions.incrementAndGet());
        askers.put(id, asker);
        return id;
    }

    @Nullable
    ChannelHandlerContext takeAsker(String id) {
        return askers.remove(id);
    }
}
