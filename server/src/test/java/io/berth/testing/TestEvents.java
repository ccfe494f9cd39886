package io.berth.testing;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.Fact;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Origin;
import io.berth.core.message.Qos;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/// What tests ask of events, and events for tests that only need some.
public final class TestEvents {
    private TestEvents() {}

    /// The bytes that came, as text.
    public static String text(Event event) {
        return origin(event).payload().text();
    }

    public static Origin origin(Event event) {
        return Objects.requireNonNull(event.origin(), event::toString);
    }

    /// What it says in few words: `online connected`, `removed gw1`, `added child c1 c2`, `created`; of a
    /// message its text.
    public static String says(Event event) {
        return switch (event.fact()) {
            case Fact.Status status -> (status.online() ? "online " : "offline ") + status.cause();
            case Fact.Lifecycle lifecycle -> lifecycle.change().name().toLowerCase(Locale.ROOT);
            case Fact.Topology topology ->
                (topology.added() ? "added " : "removed ") + topology.gateway().name();
            case Fact.Children children ->
                children.devices().stream()
                        .map(DeviceId::name)
                        .collect(Collectors.joining(
                                " ", children.change().name().toLowerCase(Locale.ROOT) + " child ", ""));
            default -> text(event);
        };
    }

    /// A message of a device on a topic of its own.
    public static Event message(long id, DeviceId device, String text) {
        return of(id, device, new Fact.Message(), text);
    }

    /// An event of any kind that says no more than the text.
    public static Event of(long id, DeviceId device, Event.Kind kind, String text) {
        return of(id, device, kind == Event.Kind.MESSAGE ? new Fact.Message() : told(kind), text);
    }

    private static Fact told(Event.Kind kind) {
        return new Fact.Told(kind, "told", Value.Fields.NONE);
    }

    public static Event of(long id, DeviceId device, Fact fact, String text) {
        Origin origin = new Origin(
                "test",
                null,
                "/" + device.product() + "/" + device.name() + "/user/up",
                Qos.AT_LEAST_ONCE,
                Payload.of(text),
                MessageProperties.NONE);
        return new Event(id, Instant.EPOCH.plusMillis(id), device.product(), device, origin, fact);
    }
}
