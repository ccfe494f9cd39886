package io.berth.front.coap;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The requests a repetition of which is answered as the first was (RFC 7252 section 4.5), in two
/// generations: the older is forgotten when the younger is old or full. Used on one loop.
final class RecentExchanges {
    /// How long a sender may repeat a message (RFC 7252 section 4.8.2: EXCHANGE_LIFETIME).
    static final Duration LIFETIME = Duration.ofSeconds(247);

    private final int most;
    private Map<Key, Exchange> young = new HashMap<>();
    private Map<Key, Exchange> old = new HashMap<>();
    private long since;

    /// @param most of both generations together
    RecentExchanges(int most, long nanos) {
        this.most = most;
        this.since = nanos;
    }

    private record Key(Object peer, int id) {}

    @Nullable
    Exchange find(Object peer, int id) {
        Key key = new Key(peer, id);
        Exchange exchange = young.get(key);
        return exchange != null ? exchange : old.get(key);
    }

    void add(Object peer, int id, Exchange exchange, long nanos) {
        if (young.size() >= most / 2 || nanos - since > LIFETIME.toNanos()) {
            // what is over for long is forgotten at once
            old = nanos - since > 2 * LIFETIME.toNanos() ? new HashMap<>() : young;
            young = new HashMap<>();
            since = nanos;
        }
        young.put(new Key(peer, id), exchange);
    }

    int size() {
        return young.size() + old.size();
    }
}
