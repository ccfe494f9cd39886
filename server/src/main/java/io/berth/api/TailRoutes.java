package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.core.caller.Area;
import io.berth.core.message.Event;
import io.berth.core.message.EventFeed;
import io.berth.core.message.EventHistory;
import io.berth.core.message.MessageProperties;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Live events, one per line, until `count` were told, `timeoutMillis` are over, or either side ends it. With
/// `from` those the log has from then on come first.
public final class TailRoutes implements NativeApi.Group {
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final EventFeed feed;
    private final EventHistory history;
    private final Duration heartbeat;

    /// @param heartbeat how often an empty line shows that a quiet tail is alive; shorter than the web's idle
    /// timeout
    public TailRoutes(EventFeed feed, EventHistory history, Duration heartbeat) {
        this.feed = feed;
        this.history = history;
        this.heartbeat = heartbeat;
    }

    @Override
    public List<Route<?, ?>> routes() {
        return List.of(Route.follow(
                "/tail",
                Demand.read(Area.SUBSCRIPTIONS).withinSpaces(),
                "Follows live events",
                Wanted.class,
                TailLine.class,
                this::tail));
    }

    public record Wanted(
            @Nullable String product,
            @Nullable String device,
            Event.@Nullable Kind kind,
            @Nullable Instant from,
            @Nullable Long count,
            @Nullable Long timeoutMillis) {
        private EventFeed.Filter filter() {
            return new EventFeed.Filter(product, device, kind == null ? Set.of() : Set.of(kind));
        }
    }

    /// One line: an event, or how many were `dropped` because the reader was too slow. [EventLines] writes it.
    public record TailLine(
            @Nullable String id,
            @Nullable Instant time,
            @Nullable String product,
            @Nullable String device,
            @Nullable String dialect,
            Event.@Nullable Kind kind,
            @Nullable String topic,
            @Nullable Integer qos,
            @Nullable String payload,
            @Nullable String payloadBase64,
            @Nullable Beside properties,
            @Nullable Map<String, Object> data,
            @Nullable Long dropped) {}

    /// What an MQTT 5 device sent beside the bytes of a message.
    public record Beside(
            @Nullable String responseTopic, @Nullable String correlationBase64, List<MessageProperties.Word> user) {}

    private void tail(Call<Wanted> call, Lines lines) throws IOException, InterruptedException {
        Wanted wanted = call.input();
        if (wanted.product() != null) {
            call.reach(wanted.product());
        } else {
            require(call.rights().spaces().isEmpty(), "the caller is limited to resource spaces: name a \"product\"");
        }
        long count = Objects.requireNonNullElse(wanted.count(), Long.MAX_VALUE);
        long timeout = Objects.requireNonNullElse(wanted.timeoutMillis(), FOREVER.toMillis());
        require(count >= 1, "\"count\" must be at least 1");
        require(timeout >= 0, "\"timeoutMillis\" must not be negative");
        EventHistory.Past past = wanted.from() == null ? List::of : history.since(wanted.from());
        try (EventFeed.Watch watch = feed.watch(wanted.filter());
                EventLines out = new EventLines(lines.open())) {
            Duration patience = Duration.ofMillis(Math.min(timeout, FOREVER.toMillis()));
            new Tail(wanted.filter(), watch, out, count, heartbeat, patience).tell(past);
        }
    }
}
