package io.berth.core.session;

import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink;
import io.berth.core.message.Letter;
import io.berth.core.message.Qos;
import io.berth.core.topic.TopicFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/// What outlives a connection: the subscriptions of a device that asked for a lasting session, and the QoS 1
/// messages it has not confirmed. Asynchronous; a completed stage is durable. Calls for one device take
/// effect in call order.
public interface SessionStore {
    /// The stored session with its oldest `maxMessages` messages; empty when the device keeps none.
    CompletionStage<Optional<StoredSession>> load(DeviceId device, int maxMessages);

    /// The device is here: makes a stored session, or keeps the one there is, and sets when it ends by itself
    /// (once the device is away). What is sent from now on is unknown here until the device leaves.
    CompletionStage<Void> open(DeviceId device, Instant expires);

    /// The device is away: the session ends at `expires`, and no message after `lastSent` was ever sent.
    CompletionStage<Void> leave(DeviceId device, Instant expires, long lastSent);

    CompletionStage<Void> delete(DeviceId device);

    /// Adds or replaces subscriptions by filter.
    CompletionStage<Void> subscribe(DeviceId device, Collection<Subscription> subscriptions);

    CompletionStage<Void> unsubscribe(DeviceId device, Collection<TopicFilter> filters);

    /// Keeps a message for an attached device before it is sent; completes with its id, which grows with each
    /// message of the device. Fails with LIMIT_REACHED when the device has too many.
    ///
    /// @param knownAs see [StoredMessage]
    CompletionStage<Long> enqueue(DeviceId device, Letter letter, String knownAs);

    /// Keeps a message for a device that is away, if it keeps a session that subscribed the topic.
    CompletionStage<Kept> enqueueIfSubscribed(DeviceId device, Downlink.Message message, String knownAs);

    /// The messages that follow `afterId`, oldest first.
    CompletionStage<List<StoredMessage>> messages(DeviceId device, long afterId, int max);

    /// The device confirmed these: they are not sent again. Done in the background; a crash may send them
    /// once more.
    void confirm(DeviceId device, Collection<Long> ids);

    /// Removes sessions whose time is over at `now`, and messages older than `lifetime`. The session of a
    /// device that is still `attached` stays, and has a lifetime before it again, so that it outlives a crash
    /// too. Completes with the number of sessions removed.
    CompletionStage<Integer> expire(Instant now, Duration lifetime, Predicate<DeviceId> attached);

    enum Kept {
        KEPT,
        NO_SESSION,
        NOT_SUBSCRIBED,
        FULL
    }

    record Subscription(TopicFilter filter, Qos qos) {}

    /// @param knownAs what whoever follows the message knows it as, empty when nobody does
    record StoredMessage(long id, Letter letter, String knownAs) {}

    /// @param lastSent the newest message that was ever sent; empty when the device did not leave, or nobody
    /// saw it
    record StoredSession(List<Subscription> subscriptions, List<StoredMessage> messages, OptionalLong lastSent) {
        public static final StoredSession NEW = new StoredSession(List.of(), List.of(), OptionalLong.empty());

        public StoredSession {
            subscriptions = List.copyOf(subscriptions);
            messages = List.copyOf(messages);
        }
    }
}
