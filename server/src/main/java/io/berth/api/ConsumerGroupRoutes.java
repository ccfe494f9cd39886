package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.api.Route.Nothing;
import io.berth.core.caller.Area;
import io.berth.core.message.Event;
import io.berth.core.subscription.ConsumerGroup;
import io.berth.core.subscription.ConsumerGroup.Bounds;
import io.berth.core.subscription.ConsumerGroups;
import io.berth.core.subscription.Readers;
import io.berth.core.subscription.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Consumer groups of events. A group is named by its name or its id.
public final class ConsumerGroupRoutes implements NativeApi.Group {
    private static final int DEAD_SHOWN = 100;
    private static final int MOST_DEAD = 1_000;

    private final ConsumerGroups groups;

    public ConsumerGroupRoutes(ConsumerGroups groups) {
        this.groups = groups;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String all = "/consumer-groups";
        String one = all + "/{group}";
        return List.of(
                Route.get(
                        all,
                        Demand.read(Area.SUBSCRIPTIONS).withinSpaces(),
                        "Lists consumer groups",
                        Nothing.class,
                        GroupList.class,
                        this::list),
                Route.create(
                                all,
                                Demand.operate(Area.SUBSCRIPTIONS).withinSpaces(),
                                "Creates a consumer group: events from now on are kept for it",
                                NewConsumerGroup.class,
                                ShownConsumerGroup.class,
                                this::create)
                        .about(NewConsumerGroup::name),
                Route.get(
                        one,
                        Demand.read(Area.SUBSCRIPTIONS).withinSpaces(),
                        "Shows a consumer group, its consumers and how far it came",
                        Nothing.class,
                        ShownConsumerGroup.class,
                        this::show),
                Route.post(
                        one + "/reset",
                        Demand.operate(Area.SUBSCRIPTIONS).withinSpaces(),
                        "Tells a group again what happened from a moment on, or leaves out what waits",
                        GroupReset.class,
                        ShownConsumerGroup.class,
                        this::reset),
                Route.get(
                        one + "/dead",
                        Demand.read(Area.SUBSCRIPTIONS).withinSpaces(),
                        "Lists the events nobody accepted, the newest first",
                        DeadWanted.class,
                        DeadList.class,
                        this::dead),
                Route.delete(
                        one,
                        Demand.operate(Area.SUBSCRIPTIONS).withinSpaces(),
                        "Deletes a group and ends its consumers",
                        Nothing.class,
                        this::delete));
    }

    /// @param format `native` if not given
    /// @param products of which events are for the group; all if not given
    /// @param maxAgeMillis how old an event may get before it is given up
    /// @param maxEvents how many may wait before the oldest is given up
    /// @param maxAttempts how often an event is handed out before it is a dead letter
    public record NewConsumerGroup(
            String name,
            @Nullable String format,
            @Nullable List<String> products,
            @Nullable List<Event.Kind> kinds,
            @Nullable Long maxAgeMillis,
            @Nullable Long maxEvents,
            @Nullable Integer maxAttempts) {
        private ConsumerGroups.Draft draft() {
            Bounds standard = Bounds.DEFAULT;
            return new ConsumerGroups.Draft(
                    name,
                    Objects.requireNonNullElse(format, "native"),
                    new Selection(set(products), set(kinds)),
                    new Bounds(
                            maxAgeMillis == null ? standard.maxAge() : Duration.ofMillis(maxAgeMillis),
                            maxEvents == null ? standard.maxEvents() : maxEvents,
                            maxAttempts == null ? standard.maxAttempts() : maxAttempts));
        }

        private static <T> Set<T> set(@Nullable List<T> items) {
            return items == null ? Set.of() : Set.copyOf(items);
        }
    }

    /// @param products empty for all
    /// @param kinds empty for all
    /// @param waiting events not settled
    /// @param oldest the time of the oldest of them
    /// @param delivered since the start of the server, as the other counts
    public record ShownConsumerGroup(
            String id,
            String name,
            String format,
            List<String> products,
            List<Event.Kind> kinds,
            long maxAgeMillis,
            long maxEvents,
            int maxAttempts,
            Instant created,
            long waiting,
            @Nullable Instant oldest,
            long delivered,
            long redelivered,
            long dropped,
            long dead,
            List<ShownConsumer> consumers) {
        private static ShownConsumerGroup of(ConsumerGroup group, Readers.Progress progress) {
            return new ShownConsumerGroup(
                    group.id(),
                    group.name(),
                    group.format(),
                    group.selection().products().stream().sorted().toList(),
                    group.selection().kinds().stream().sorted().toList(),
                    group.bounds().maxAge().toMillis(),
                    group.bounds().maxEvents(),
                    group.bounds().maxAttempts(),
                    group.created(),
                    progress.waiting(),
                    progress.oldest(),
                    progress.delivered(),
                    progress.redelivered(),
                    progress.dropped(),
                    progress.dead(),
                    progress.consumers().stream()
                            .map(each -> new ShownConsumer(each.peer().toString(), each.since(), each.unsettled()))
                            .toList());
        }
    }

    /// @param peer who it is and from where
    public record ShownConsumer(String peer, Instant since, int unsettled) {}

    public record GroupList(List<ShownConsumerGroup> items) {}

    /// @param from null to leave out what waits
    public record GroupReset(@Nullable Instant from) {}

    public record DeadWanted(@Nullable Integer limit) {}

    public record DeadList(List<DeadEvent> items) {}

    /// @param text the bytes it came by, where they are text
    public record DeadEvent(
            Instant time,
            String product,
            @Nullable String device,
            Event.Kind kind,
            @Nullable String topic,
            @Nullable String text,
            @Nullable String base64,
            int attempts,
            String reason) {
        private static DeadEvent of(Readers.Dead dead) {
            Event event = dead.event();
            Content content = event.origin() == null
                    ? new Content(null, null)
                    : Content.of(event.origin().payload());
            return new DeadEvent(
                    event.time(),
                    event.product(),
                    event.device() == null ? null : event.device().name(),
                    event.kind(),
                    event.topic().isEmpty() ? null : event.topic(),
                    content.text(),
                    content.base64(),
                    dead.attempts(),
                    dead.reason());
        }
    }

    private GroupList list(Call<Nothing> call) {
        return new GroupList(groups.list().stream()
                .filter(group -> groups.isWithin(group, call.rights()))
                .map(this::shown)
                .toList());
    }

    private ShownConsumerGroup create(Call<NewConsumerGroup> call) {
        ConsumerGroups.Draft draft = call.input().draft();
        Set<String> products = draft.selection().products();
        if (products.isEmpty()) {
            call.rights().demandAllSpaces();
        }
        products.forEach(call::reach);
        return shown(groups.create(draft));
    }

    private ShownConsumerGroup show(Call<Nothing> call) {
        return shown(group(call));
    }

    private ShownConsumerGroup reset(Call<GroupReset> call) {
        String group = group(call).id();
        Instant from = call.input().from();
        return shown(from == null ? groups.skip(group) : groups.reset(group, from));
    }

    private DeadList dead(Call<DeadWanted> call) {
        int limit = Objects.requireNonNullElse(call.input().limit(), DEAD_SHOWN);
        require(limit >= 1 && limit <= MOST_DEAD, "\"limit\" is 1 to " + MOST_DEAD);
        return new DeadList(
                groups.dead(group(call).id(), limit).stream().map(DeadEvent::of).toList());
    }

    private void delete(Call<Nothing> call) {
        groups.delete(group(call).id());
    }

    private ConsumerGroup group(Call<?> call) {
        return groups.get(call.path("group"), call.rights());
    }

    private ShownConsumerGroup shown(ConsumerGroup group) {
        return ShownConsumerGroup.of(group, groups.progress(group));
    }
}
