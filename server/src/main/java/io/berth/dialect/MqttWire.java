package io.berth.dialect;

import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.topic.TopicFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The vendor's view of one logged-in device: what its topics mean and what reaches it. Belongs to one
/// session, is used on that session's event loop only, and never blocks. Keep it small: there is one per
/// connection.
public interface MqttWire {
    /// The session is live; called once, before anything is read or written. `branches` is the way to devices
    /// behind this one.
    default void opened(Branches branches) {}

    /// What the device is told first, without having asked or subscribed.
    default List<Outgoing.Publish> greeting() {
        return List.of();
    }

    /// The device or its product changed: rights follow this from now on. The front calls it before it asks
    /// again.
    default void update(DeviceSnapshot device) {}

    /// Where publishing on this topic leads. The front asks once per connection and topic and keeps the
    /// answer until a product changes. A malformed topic never gets here.
    Route route(String topic);

    /// Whether the device may subscribe this filter.
    boolean maySubscribe(TopicFilter filter);

    /// The device behind this one whose messages the filter takes in; null when it takes in the device's own.
    default @Nullable DeviceId childOf(TopicFilter filter) {
        return null;
    }

    /// Puts a downlink on the wire, or says why it cannot be.
    Outgoing write(Downlink downlink);

    /// The QoS granted to a subscription and the QoS of a delivery under it. (`asked` and `sent` may be at
    /// most 1: the front never grants 2.)
    default Qos deliveryQos(Qos granted, Qos sent) {
        return granted.atMost(sent);
    }

    /// What happens to a PUBLISH with QoS 2 (both vendors close the connection).
    default boolean toleratesQos2() {
        return false;
    }
}
