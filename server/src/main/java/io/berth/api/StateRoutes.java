package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.api.Route.Nothing;
import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.product.Products;
import io.berth.core.state.HistoryBucket;
import io.berth.core.state.HistoryPoint;
import io.berth.core.state.HistoryQuery;
import io.berth.core.state.ThingState;
import io.berth.core.state.Things;
import io.berth.core.thing.ThingModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What things are and were.
public final class StateRoutes implements NativeApi.Group {
    /// More than any screen has columns, and little enough to hold.
    private static final int MAX_BUCKETS = 10_000;

    private static final Duration DEFAULT_SPAN = Duration.ofHours(24);

    private final Things things;
    private final Devices devices;
    private final Products products;
    private final InstantSource clock;

    public StateRoutes(Things things, Devices devices, Products products, InstantSource clock) {
        this.things = things;
        this.devices = devices;
        this.products = products;
        this.clock = clock;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String device = "/products/{product}/devices/{device}";
        return List.of(
                Route.get(
                        device + "/state",
                        Demand.read(Area.THINGS),
                        "Shows the newest values of a device and what is wanted of it",
                        Nothing.class,
                        ShownState.class,
                        this::state),
                Route.get(
                        device + "/history",
                        Demand.read(Area.THINGS),
                        "Lists the values a property had, or when an event happened, or gathers them by time",
                        HistoryOptions.class,
                        ShownHistory.class,
                        this::history));
    }

    /// @param properties by key
    /// @param desired by key
    /// @param versions of each module, the default one has an empty name: how often its wishes changed
    public record ShownState(
            Map<String, ShownValue> properties, Map<String, ShownValue> desired, Map<String, Long> versions) {
        private static ShownState of(ThingState state) {
            return new ShownState(values(state.reported()), values(state.desired()), state.versions());
        }

        private static Map<String, ShownValue> values(Map<String, ThingState.Versioned> values) {
            Map<String, ShownValue> shown = new LinkedHashMap<>();
            values.forEach((key, each) -> {
                if (!each.isDeleted()) {
                    shown.put(key, new ShownValue(FreeJson.any(each.value()), each.time(), each.version()));
                }
            });
            return shown;
        }
    }

    /// @param time since when it is so, by the device's clock where it said
    public record ShownValue(JsonNode value, Instant time, long version) {}

    public enum Order {
        NEWEST,
        OLDEST
    }

    /// @param key of the property or event
    /// @param kind property when absent
    /// @param from included; all there is when absent, the last day where values are gathered
    /// @param to not included
    /// @param bucket gathers the numbers of so many seconds each
    /// @param order newest when absent
    public record HistoryOptions(
            String key,
            HistoryQuery.@Nullable Kind kind,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Long bucket,
            @Nullable Order order,
            @Nullable Integer limit,
            @Nullable String after) {}

    /// @param items the values, where they were not gathered
    /// @param buckets oldest first, those without a value left out, where they were
    public record ShownHistory(
            @Nullable List<Point> items,
            @Nullable String next,
            @Nullable List<Bucket> buckets) {}

    public record Point(Instant time, JsonNode value) {}

    public record Bucket(Instant start, long count, double min, double max, double average) {
        private static Bucket of(HistoryBucket bucket) {
            return new Bucket(bucket.start(), bucket.count(), bucket.min(), bucket.max(), bucket.average());
        }
    }

    private ShownState state(Call<Nothing> call) {
        devices.get(call.device());
        return ShownState.of(things.state(call.device()));
    }

    private ShownHistory history(Call<HistoryOptions> call) {
        devices.get(call.device());
        HistoryQuery query = query(call.device(), call.input());
        Long bucket = call.input().bucket();
        return bucket == null ? values(query) : gathered(query, bucket);
    }

    private HistoryQuery query(DeviceId device, HistoryOptions options) {
        boolean isGathered = options.bucket() != null;
        Instant now = clock.instant();
        // devices may be ahead of the server's clock
        Instant to = Objects.requireNonNullElse(options.to(), isGathered ? now : now.plus(ThingModel.MAX_AHEAD));
        Instant from = Objects.requireNonNullElse(options.from(), isGathered ? to.minus(DEFAULT_SPAN) : Instant.EPOCH);
        return new HistoryQuery(
                device,
                Objects.requireNonNullElse(options.kind(), HistoryQuery.Kind.PROPERTY),
                options.key(),
                from,
                to,
                options.order() != Order.OLDEST,
                new Paging(options.limit(), options.after()).request());
    }

    private ShownHistory values(HistoryQuery query) {
        Page<HistoryPoint> page = things.history(query);
        if (page.items().isEmpty()) {
            demandKnown(query);
        }
        return new ShownHistory(
                Paging.items(page, point -> new Point(point.time(), FreeJson.any(point.value()))), page.next(), null);
    }

    private ShownHistory gathered(HistoryQuery query, long seconds) {
        require(query.kind() == HistoryQuery.Kind.PROPERTY, "only values of properties are gathered");
        require(seconds >= 1, "\"bucket\" must be at least 1 second");
        long buckets = Duration.between(query.from(), query.to()).toSeconds() / seconds;
        require(buckets <= MAX_BUCKETS, "that makes " + buckets + " buckets: ask for at most " + MAX_BUCKETS);
        List<HistoryBucket> found = things.buckets(query, Duration.ofSeconds(seconds));
        if (found.isEmpty()) {
            demandKnown(query);
        }
        return new ShownHistory(null, null, found.stream().map(Bucket::of).toList());
    }

    /// A misspelt key is told apart from one that has no values yet; those of an earlier model keep theirs.
    private void demandKnown(HistoryQuery query) {
        ThingModel model = products.get(query.device().product()).model();
        boolean isKnown = switch (query.kind()) {
            case PROPERTY -> model.property(query.key()) != null;
            case EVENT -> model.event(query.key()) != null;
        };
        if (!isKnown) {
            throw new ProblemException(
                    Problem.MODEL_NOT_FOUND,
                    "the thing model of " + query.device().product() + " has no " + Words.of(query.kind()) + " \""
                            + query.key() + "\"");
        }
    }
}
