package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.core.message.Event;
import io.berth.core.message.EventFeed;
import io.berth.core.message.MessageProperties;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Live events, one per line, until `count` were told, `timeoutMillis` are over, or either side ends it.
public final class TailRoutes implements NativeApi.Group {
    private final EventFeed feed;
    private final Duration heartbeat;

    /// @param heartbeat how often an empty line shows that a quiet tail is alive; shorter than the web's idle
    /// timeout
    public TailRoutes(EventFeed feed, Duration heartbeat) {
        this.feed = feed;
        this.heartbeat = heartbeat;
    }

    @Override
    public List<Route<?, ?>> routes() {
        return List.of(
                Route.follow("/tail", Right.READER, "Follows live events", Wanted.class, TailLine.class, this::tail));
    }

    public record Wanted(
            @Nullable String product,
            @Nullable String device,
            Event.@Nullable Kind kind,
            @Nullable Long count,
            @Nullable Long timeoutMillis) {}

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
        long count = Objects.requireNonNullElse(wanted.count(), Long.MAX_VALUE);
        long timeout = Objects.requireNonNullElse(wanted.timeoutMillis(), Long.MAX_VALUE / 1_000_000);
        require(count >= 1, "\"count\" must be at least 1");
        require(timeout >= 0, "\"timeoutMillis\" must not be negative");
        Set<Event.Kind> kinds = wanted.kind() == null ? Set.of() : Set.of(wanted.kind());
        try (EventFeed.Watch watch = feed.watch(new EventFeed.Filter(wanted.product(), wanted.device(), kinds));
                EventLines out = new EventLines(lines.open())) {
            follow(watch, out, count, Duration.ofMillis(Math.min(timeout, Long.MAX_VALUE / 1_000_000)));
        }
    }

    private void follow(EventFeed.Watch watch, EventLines out, long count, Duration timeout)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        long left = count;
        while (left > 0 && watch.isOpen()) {
            Duration remaining = timeout.minusNanos(System.nanoTime() - start);
            if (!remaining.isPositive()) {
                return;
            }
            EventFeed.Batch batch = watch.next(remaining.compareTo(heartbeat) < 0 ? remaining : heartbeat);
            if (batch.dropped() > 0) {
                out.dropped(batch.dropped());
            }
            List<Event> events = batch.events();
            for (Event event : events.subList(0, (int) Math.min(left, events.size()))) {
                out.event(event);
            }
            left -= events.size();
            if (events.isEmpty()) {
                out.heartbeat();
            }
            out.flush();
        }
    }
}
