package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.Page;
import io.berth.core.batch.Batch;
import io.berth.core.batch.BatchId;
import io.berth.core.batch.BatchStore.Filter;
import io.berth.core.batch.BatchStore.TargetFilter;
import io.berth.core.batch.Batches;
import io.berth.core.batch.Target;
import io.berth.core.caller.Area;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Long jobs over many devices.
public final class BatchRoutes implements NativeApi.Group {
    private final BatchForm.Registry registry;
    private final Batches batches;

    public BatchRoutes(BatchForm.Registry registry) {
        this.registry = registry;
        this.batches = registry.batches();
    }

    @Override
    public List<Route<?, ?>> routes() {
        String all = "/batches";
        String one = all + "/{batch}";
        return List.of(
                Route.get(
                        all,
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Lists batches, the newest first",
                        BatchSearch.class,
                        BatchPage.class,
                        this::list),
                Route.create(
                        all,
                        Demand.operate(Area.DEVICES).withinSpaces(),
                        "Does something to many devices",
                        BatchForm.class,
                        ShownBatch.class,
                        this::create),
                Route.get(
                        one,
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Shows how far a batch is",
                        Nothing.class,
                        ShownBatch.class,
                        call -> ShownBatch.of(batches.of(call.rights()).get(id(call)))),
                Route.post(
                        one + "/start",
                        Demand.operate(Area.DEVICES).withinSpaces(),
                        "Begins a batch that was only looked at",
                        Nothing.class,
                        ShownBatch.class,
                        call -> ShownBatch.of(batches.start(
                                batches.of(call.rights()).change(id(call)).id()))),
                Route.post(
                        one + "/stop",
                        Demand.operate(Area.DEVICES).withinSpaces(),
                        "Stops a batch, or devices of it that were not begun",
                        SomeDevices.class,
                        ShownBatch.class,
                        this::stop),
                Route.post(
                        one + "/retry",
                        Demand.operate(Area.DEVICES).withinSpaces(),
                        "Tries devices of a batch again that failed or were stopped",
                        SomeDevices.class,
                        ShownBatch.class,
                        this::retry),
                Route.delete(
                        one,
                        Demand.operate(Area.DEVICES).withinSpaces(),
                        "Forgets a batch; devices it registered stay",
                        Nothing.class,
                        this::delete),
                Route.get(
                        one + "/targets",
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Lists what became of the devices of a batch",
                        TargetSearch.class,
                        TargetPage.class,
                        this::targets));
    }

    public record BatchSearch(
            @Nullable String product,
            Batch.@Nullable Kind kind,
            Batch.@Nullable State state,
            @Nullable String space,
            @Nullable Integer limit,
            @Nullable String after) {}

    public record BatchPage(
            List<ShownBatch> items, @Nullable String next) {}

    /// @param devices as the batch names them, all when absent
    public record SomeDevices(@Nullable List<String> devices) {}

    public record TargetSearch(
            Target.@Nullable State state,
            @Nullable Integer limit,
            @Nullable String after) {}

    public record TargetPage(
            List<ShownTarget> items, @Nullable String next) {}

    /// @param id in decimal digits
    /// @param note why it ended before its end
    public record ShownBatch(
            String id,
            String name,
            Batch.Kind kind,
            Batch.State state,
            @Nullable String product,
            @Nullable String space,
            long total,
            long done,
            long failed,
            ObjectNode document,
            Instant created,
            Instant due,
            @Nullable Instant started,
            @Nullable Instant ended,
            int retries,
            @Nullable String retryInterval,
            @Nullable String note) {
        static ShownBatch of(Batch batch) {
            Batch.Policy policy = batch.policy();
            return new ShownBatch(
                    batch.id().toString(),
                    batch.name(),
                    batch.kind(),
                    batch.state(),
                    batch.scope().product(),
                    batch.scope().space(),
                    batch.progress().total(),
                    batch.progress().done(),
                    batch.progress().failed(),
                    FreeJson.object(batch.document()),
                    batch.times().created(),
                    batch.times().due(),
                    batch.times().started(),
                    batch.times().ended(),
                    policy.retries(),
                    policy.retries() == 0 ? null : Lifetime.of(policy.retryInterval()),
                    batch.note().isEmpty() ? null : batch.note());
        }
    }

    public record ShownTarget(
            long place,
            String device,
            Target.State state,
            int attempts,
            @Nullable String problem,
            @Nullable String detail,
            @Nullable ObjectNode output) {
        static ShownTarget of(Target target) {
            Target.Outcome outcome = target.outcome();
            return new ShownTarget(
                    target.place(),
                    target.name(),
                    target.state(),
                    target.attempts(),
                    outcome.problem() == null ? null : outcome.problem().name(),
                    outcome.detail().isEmpty() ? null : outcome.detail(),
                    outcome.output().isEmpty() ? null : FreeJson.object(outcome.output()));
        }
    }

    private ShownBatch create(Call<BatchForm> call) {
        return ShownBatch.of(call.input().begin(batches.of(call.rights()), registry));
    }

    private BatchPage list(Call<BatchSearch> call) {
        BatchSearch search = call.input();
        Filter filter = new Filter(search.product(), only(search.kind()), only(search.state()), only(search.space()));
        Page<Batch> page = batches.of(call.rights()).list(filter, new Paging(search.limit(), search.after()).request());
        return new BatchPage(Paging.items(page, ShownBatch::of), page.next());
    }

    private ShownBatch stop(Call<SomeDevices> call) {
        BatchId id = batches.of(call.rights()).change(id(call)).id();
        List<String> devices = call.input().devices();
        if (devices == null) {
            return ShownBatch.of(batches.stop(id));
        }
        batches.stop(id, devices);
        return ShownBatch.of(batches.get(id));
    }

    private ShownBatch retry(Call<SomeDevices> call) {
        BatchId id = batches.of(call.rights()).change(id(call)).id();
        batches.retry(id, Objects.requireNonNullElse(call.input().devices(), List.of()));
        return ShownBatch.of(batches.get(id));
    }

    private void delete(Call<Nothing> call) {
        batches.delete(batches.of(call.rights()).change(id(call)).id());
    }

    private TargetPage targets(Call<TargetSearch> call) {
        TargetSearch search = call.input();
        BatchId id = batches.of(call.rights()).get(id(call)).id();
        Page<Target> page = batches.targets(
                id, new TargetFilter(only(search.state()), null), new Paging(search.limit(), search.after()).request());
        return new TargetPage(Paging.items(page, ShownTarget::of), page.next());
    }

    static BatchId id(Call<?> call) {
        return BatchId.of(call.path("batch"));
    }

    private static <T> Set<T> only(@Nullable T value) {
        return Optional.ofNullable(value).map(Set::of).orElse(Set.of());
    }
}
