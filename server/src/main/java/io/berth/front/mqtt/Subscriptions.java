package io.berth.front.mqtt;

import io.berth.core.message.Qos;
import io.berth.core.session.SessionStore.Subscription;
import io.berth.core.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one device asked for. A plain list: a device has a handful, and most connections only ever look one up.
final class Subscriptions {
    private final int limitPerDevice;
    private int limit;
    private final ArrayList<Subscription> all = new ArrayList<>(2);

    Subscriptions(int limitPerDevice) {
        this.limitPerDevice = limitPerDevice;
        this.limit = limitPerDevice;
    }

    /// Makes room for what so many devices may ask for.
    void allow(int devices) {
        limit = limitPerDevice * devices;
    }

    void restore(List<Subscription> stored) {
        all.addAll(stored);
    }

    /// Adds or replaces; false when there are too many.
    boolean put(Subscription subscription) {
        int place = indexOf(subscription.filter());
        if (place >= 0) {
            all.set(place, subscription);
            return true;
        }
        return all.size() < limit && all.add(subscription);
    }

    boolean remove(TopicFilter filter) {
        int place = indexOf(filter);
        if (place >= 0) {
            all.remove(place);
        }
        return place >= 0;
    }

    /// The highest QoS granted by the subscriptions that match, null when none does: a message that matches
    /// two is still delivered once (spec aliyun-device R12).
    @Nullable
    Qos granted(String topic) {
        Qos best = null;
        for (int i = 0; i < all.size(); i++) {
            Subscription subscription = all.get(i);
            if (best != Qos.AT_LEAST_ONCE && subscription.filter().matches(topic)) {
                best = subscription.qos();
            }
        }
        return best;
    }

    private int indexOf(TopicFilter filter) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).filter().equals(filter)) {
                return i;
            }
        }
        return -1;
    }
}
