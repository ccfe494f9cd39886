package io.berth.rule;

import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.EventFormat;
import io.berth.core.message.Fact;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Notification;
import io.berth.core.message.Origin;
import io.berth.core.message.Qos;
import io.berth.core.subscription.Selection;
import java.util.List;

/// How rules put messages into consumer groups: as events of the durable log, under a product made up for the
/// group. No selection but the group's own matches it, and rules have none, so nothing goes round in circles.
public final class Inbox {
    private static final String BY_RULE = "rule";
    private static final int COUNTER_MASK = (1 << 20) - 1;

    private Inbox() {}

    /// The message as an event for this group. Sent twice it has the same id both times; what two rules made
    /// of one event has two, or a consumer would take the second for the first again.
    static Event event(String group, Outgoing message) {
        Event cause = message.event();
        String inbox = Selection.inboxOf(group);
        return new Event(
                cause.id() ^ (message.body().hashCode() & COUNTER_MASK),
                cause.time(),
                inbox,
                cause.device() == null ? null : new DeviceId(inbox, cause.deviceName()),
                new Origin(
                        BY_RULE,
                        null,
                        message.topic().isEmpty() ? null : message.topic(),
                        Qos.AT_LEAST_ONCE,
                        message.body(),
                        MessageProperties.NONE),
                new Fact.Message());
    }

    /// The format, which hands on unchanged what rules wrote.
    public static EventFormat over(EventFormat format) {
        return new EventFormat() {
            @Override
            public String name() {
                return format.name();
            }

            @Override
            public List<Notification> write(Event event) {
                Origin origin = event.origin();
                return origin != null && origin.dialect().equals(BY_RULE)
                        ? List.of(new Notification(
                                event.topic(),
                                origin.payload(),
                                origin.payload().utf8().isPresent()))
                        : format.write(event);
            }
        };
    }
}
