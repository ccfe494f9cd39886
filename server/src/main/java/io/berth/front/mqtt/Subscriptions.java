package io.berth.front.mqtt;

import io.berth.core.message.Qos;
import io.berth.core.session.SessionStore.Subscription;
import io.berth.core.topic.TopicFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one connection asked for. A device has a handful, looked through one by one; a gateway has those of all
/// devices behind it, found by how they begin.
final class Subscriptions {
    private static final int HANDFUL = 32;

    private final int limitPerDevice;
    private int limit;
    private int size;
    private final ArrayList<Subscription> few = new ArrayList<>(2);
    /// By the levels before the first wildcard, once there are more than a handful.
    private @Nullable HashMap<String, List<Subscription>> many;

    Subscriptions(int limitPerDevice) {
        this.limitPerDevice = limitPerDevice;
        this.limit = limitPerDevice;
    }

    /// Makes room for what so many devices may ask for.
    void allow(int devices) {
        limit = limitPerDevice * devices;
    }

    void restore(List<Subscription> stored) {
        stored.forEach(this::add);
    }

    List<TopicFilter> filters() {
        Stream<Subscription> all =
                many == null ? few.stream() : many.values().stream().flatMap(List::stream);
        return all.map(Subscription::filter).toList();
    }

    /// Adds or replaces; false when there are too many.
    boolean put(Subscription subscription) {
        List<Subscription> bucket = bucket(subscription.filter());
        int place = indexOf(bucket, subscription.filter());
        if (place >= 0) {
            bucket.set(place, subscription);
            return true;
        }
        if (size >= limit) {
            return false;
        }
        add(subscription);
        return true;
    }

    boolean remove(TopicFilter filter) {
        List<Subscription> bucket = bucket(filter);
        int place = indexOf(bucket, filter);
        if (place < 0) {
            return false;
        }
        bucket.remove(place);
        size--;
        if (many != null && bucket.isEmpty()) {
            many.remove(head(filter));
        }
        return true;
    }

    /// The highest QoS granted by the subscriptions that match, null when none does: a message that matches
    /// two is still delivered once (spec aliyun-device R12).
    @Nullable
    Qos granted(String topic) {
        if (many == null) {
            return best(few, topic, null);
        }
        Qos best = best(many.getOrDefault("", List.of()), topic, null);
        for (int end = topic.indexOf('/', 1); end >= 0; end = topic.indexOf('/', end + 1)) {
            best = best(many.getOrDefault(topic.substring(0, end), List.of()), topic, best);
        }
        return best(many.getOrDefault(topic, List.of()), topic, best);
    }

    private static @Nullable Qos best(List<Subscription> bucket, String topic, @Nullable Qos soFar) {
        Qos best = soFar;
        for (int i = 0; i < bucket.size(); i++) {
            Subscription subscription = bucket.get(i);
            if (best != Qos.AT_LEAST_ONCE && subscription.filter().matches(topic)) {
                best = subscription.qos();
            }
        }
        return best;
    }

    private void add(Subscription subscription) {
        size++;
        if (many == null && few.size() == HANDFUL) {
            many = new HashMap<>();
            few.forEach(this::index);
            few.clear();
            few.trimToSize();
        }
        if (many == null) {
            few.add(subscription);
        } else {
            index(subscription);
        }
    }

    private void index(Subscription subscription) {
        if (many != null) {
            many.computeIfAbsent(head(subscription.filter()), _ -> new ArrayList<>(1))
                    .add(subscription);
        }
    }

    private List<Subscription> bucket(TopicFilter filter) {
        return many == null ? few : many.getOrDefault(head(filter), List.of());
    }

    /// Every topic the filter matches begins with these levels.
    private static String head(TopicFilter filter) {
        String text = filter.text();
        // # is the last level: where there is a +, it comes before
        int wildcard = text.indexOf('+') >= 0 ? text.indexOf('+') : text.indexOf('#');
        return wildcard < 0 ? text : text.substring(0, Math.max(0, wildcard - 1));
    }

    private static int indexOf(List<Subscription> bucket, TopicFilter filter) {
        for (int i = 0; i < bucket.size(); i++) {
            if (bucket.get(i).filter().equals(filter)) {
                return i;
            }
        }
        return -1;
    }
}
