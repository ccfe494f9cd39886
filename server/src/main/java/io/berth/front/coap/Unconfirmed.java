package io.berth.front.coap;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Answers that went out in messages of their own: each is repeated until its receiver confirms it (RFC 7252
/// section 4.2). At most so many; beyond, an answer goes out once. Used on one loop.
final class Unconfirmed {
    /// RFC 7252 section 4.8.
    private static final long ACK_TIMEOUT_MILLIS = 2000;

    private static final double ACK_RANDOM_FACTOR = 1.5;
    private static final int MAX_RETRANSMIT = 4;

    private final EventLoop loop;
    private final int most;
    private final Map<Key, Future<?>> waiting = new HashMap<>();

    Unconfirmed(EventLoop loop, int most) {
        this.loop = loop;
        this.most = most;
    }

    private record Key(Object peer, int id) {}

    void send(Peer peer, Message message) {
        byte[] datagram = message.bytes();
        peer.send(datagram);
        if (waiting.size() < most) {
            long patience =
                    (long) (ACK_TIMEOUT_MILLIS * ThreadLocalRandom.current().nextDouble(1, ACK_RANDOM_FACTOR));
            await(new Key(peer.key(), message.id()), peer, datagram, patience, 0);
        }
    }

    private void await(Key key, Peer peer, byte[] datagram, long millis, int repeated) {
        waiting.put(
                key,
                loop.schedule(
                        () -> {
                            waiting.remove(key);
                            if (repeated < MAX_RETRANSMIT) {
                                peer.send(datagram);
                                await(key, peer, datagram, 2 * millis, repeated + 1);
                            }
                        },
                        millis,
                        TimeUnit.MILLISECONDS));
    }

    /// The peer confirmed or rejected the message.
    void settle(Object peer, int id) {
        Future<?> repetition = waiting.remove(new Key(peer, id));
        if (repetition != null) {
            repetition.cancel(false);
        }
    }
}
