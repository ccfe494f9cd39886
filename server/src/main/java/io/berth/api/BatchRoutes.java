package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.api.Route.Nothing;
import io.berth.core.Page;
import io.berth.core.Value;
import io.berth.core.batch.Batch;
import io.berth.core.batch.BatchId;
import io.berth.core.batch.BatchStore.Filter;
import io.berth.core.batch.BatchStore.TargetFilter;
import io.berth.core.batch.Batches;
import io.berth.core.batch.Target;
import io.berth.core.batch.Targets;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.device.Groups;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Long jobs over many devices.
public final class BatchRoutes implements NativeApi.Group {
    private final Batches batches;
    private final Products products;
    private final Groups groups;

    public BatchRoutes(Batches batches, Products products, Groups groups) {
        this.batches = batches;
        this.products = products;
        this.groups = groups;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String all = "/batches";
        String one = all + "/{batch}";
        return List.of(
                Route.create(
                        "/products/{product}/registrations",
                        Demand.operate(Area.DEVICES),
                        "Registers many devices of a product",
                        NewRegistration.class,
                        ShownBatch.class,
                        this::register),
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
                        this::targets),
                Route.get(
                        one + "/devices",
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Lists the devices a batch registered, with their secrets",
                        Paging.class,
                        RegisteredPage.class,
                        this::devices));
    }

    /// @param count devices whose names are made up
    /// @param prefix of the made up names
    /// @param devices those to register under names of their own
    public record NewRegistration(
            @Nullable String name,
            @Nullable Long count,
            @Nullable String prefix,
            @Nullable List<NamedDevice> devices) {}

    public record NamedDevice(String name, @Nullable String nickname) {}

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

    public record RegisteredPage(
            List<RegisteredDevice> items, @Nullable String next) {}

    public record RegisteredDevice(String product, String name, String huaweiId, String secret) {
        static RegisteredDevice of(Device device) {
            return new RegisteredDevice(
                    device.id().product(),
                    device.id().name(),
                    device.alias(),
                    device.secret().reveal());
        }
    }

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

    private ShownBatch register(Call<NewRegistration> call) {
        NewRegistration wanted = call.input();
        Product product = products.get(call.path("product"));
        Batch.Scope scope = batches.of(call.rights()).scope(product);
        String name = Objects.requireNonNullElse(wanted.name(), "");
        List<NamedDevice> named = wanted.devices();
        if (named == null) {
            require(wanted.count() != null, "give either \"count\" or \"devices\"");
            long count = Objects.requireNonNullElse(wanted.count(), 0L);
            return ShownBatch.of(batches.generate(name, scope, count, wanted.prefix()));
        }
        require(wanted.count() == null && wanted.prefix() == null, "give either \"count\" or \"devices\"");
        Targets targets = batches.targets();
        for (NamedDevice device : named) {
            String nickname = device.nickname();
            targets.add(
                    product.key() + "/" + device.name(),
                    nickname == null ? Value.Fields.NONE : Value.Fields.of("nickname", new Value.Text(nickname)));
        }
        return ShownBatch.of(batches.create(new Batches.Draft(
                Batch.Kind.REGISTER, name, scope, Value.Fields.NONE, Batch.Policy.AT_ONCE, targets.list())));
    }

    private ShownBatch create(Call<BatchForm> call) {
        BatchForm form = call.input();
        Batch.Scope scope = batches.of(call.rights()).scope(form.kind(), form.space());
        return ShownBatch.of(batches.create(form.draft(scope, batches.targets(), groups)));
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

    private RegisteredPage devices(Call<Paging> call) {
        BatchId id = batches.of(call.rights()).get(id(call)).id();
        Page<Device> page = batches.registered(id, call.input().request());
        return new RegisteredPage(Paging.items(page, RegisteredDevice::of), page.next());
    }

    private static BatchId id(Call<?> call) {
        return BatchId.of(call.path("batch"));
    }

    private static <T> Set<T> only(@Nullable T value) {
        return Optional.ofNullable(value).map(Set::of).orElse(Set.of());
    }
}
