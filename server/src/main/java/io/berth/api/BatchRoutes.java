package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.api.Route.Nothing;
import io.berth.api.Route.Upload;
import io.berth.core.Page;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.batch.BadLine;
import io.berth.core.batch.Batch;
import io.berth.core.batch.BatchId;
import io.berth.core.batch.BatchStore.Filter;
import io.berth.core.batch.BatchStore.TargetFilter;
import io.berth.core.batch.Batches;
import io.berth.core.batch.RegistrationList;
import io.berth.core.batch.Target;
import io.berth.core.batch.Targets;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Long jobs over many devices.
public final class BatchRoutes implements NativeApi.Group {
    /// What is read on of a file that is refused already, so that the client, who still sends it, hears why.
    private static final long REFUSED_READ_ON = 64L << 20;

    private final Products products;
    private final BatchForm.Registry registry;
    private final Batches batches;

    public BatchRoutes(Products products, BatchForm.Registry registry) {
        this.products = products;
        this.registry = registry;
        this.batches = registry.batches();
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
                Route.stream(
                        "/products/{product}/registrations/file",
                        Demand.operate(Area.DEVICES),
                        "Registers the devices of a file, or only looks at it",
                        Upload.CSV,
                        NewList.class,
                        ShownBatch.class,
                        this::registerFile),
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
                        this::targets),
                Route.get(
                        one + "/errors",
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Lists the lines nothing became of, and why",
                        Paging.class,
                        BadLinePage.class,
                        this::errors),
                Route.follow(
                                one + "/triples",
                                Demand.operate(Area.DEVICES).withinSpaces(),
                                "Hands out what the devices of a batch log in with",
                                Nothing.class,
                                Triple.class,
                                this::triples)
                        .onRecord(),
                Route.get(
                                one + "/devices",
                                Demand.operate(Area.DEVICES).withinSpaces(),
                                "Lists the devices a batch registered, with their secrets",
                                Paging.class,
                                RegisteredPage.class,
                                this::devices)
                        .onRecord());
    }

    /// @param count devices whose names are made up
    /// @param prefix of the made up names
    /// @param devices those to register under names of their own
    public record NewRegistration(
            @Nullable String name,
            @Nullable Long count,
            @Nullable String prefix,
            @Nullable List<NamedDevice> devices) {}

    /// @param check only look: the batch begins with `start`
    public record NewList(@Nullable String name, @Nullable Boolean check) {}

    public record BadLinePage(
            List<ShownBadLine> items, @Nullable String next) {}

    /// @param column the one at fault, if one is
    /// @param device as the line names it, if it does
    public record ShownBadLine(
            long line,
            @Nullable String column,
            @Nullable String device,
            @Nullable String problem,
            String why) {
        static ShownBadLine of(Target target) {
            BadLine bad = BadLine.of(target);
            return new ShownBadLine(
                    bad.line(),
                    bad.column().isEmpty() ? null : bad.column(),
                    bad.device().isEmpty() ? null : bad.device(),
                    bad.problem() == null ? null : bad.problem().name(),
                    bad.why());
        }
    }

    public record Triple(String product, String name, String secret) {
        static Triple of(Device device) {
            return new Triple(
                    device.id().product(), device.id().name(), device.secret().reveal());
        }
    }

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
        return ShownBatch.of(call.input().begin(batches.of(call.rights()), registry));
    }

    private void registerFile(Call<NewList> call, Lines lines) throws IOException {
        Product product = products.get(call.path("product"));
        Batches.Draft draft = new Batches.Draft(
                Batch.Kind.REGISTER,
                Objects.requireNonNullElse(call.input().name(), ""),
                batches.of(call.rights()).scope(product),
                Value.Fields.NONE,
                Batch.Policy.AT_ONCE,
                List.of());
        boolean checks = Boolean.TRUE.equals(call.input().check());
        InputStream csv = call.body();
        try {
            Batch batch = batches.gather(
                    draft,
                    new RegistrationList(csv, product.key(), batches.limits().maxFileBytes()),
                    checks ? Batch.State.PREPARED : Batch.State.WAITING);
            lines.write(ShownBatch.of(batch));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (ProblemException e) {
            var _ = csv.skip(REFUSED_READ_ON);
            throw e;
        }
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

    private BadLinePage errors(Call<Paging> call) {
        BatchId id = batches.of(call.rights()).get(id(call)).id();
        Page<Target> page = batches.targets(
                id,
                new TargetFilter(Set.of(Target.State.FAILED), null),
                call.input().request());
        return new BadLinePage(Paging.items(page, ShownBadLine::of), page.next());
    }

    private void triples(Call<Nothing> call, Lines lines) throws IOException {
        BatchId id = batches.of(call.rights()).change(id(call)).id();
        try {
            batches.eachRegistered(id, device -> {
                try {
                    lines.write(Triple.of(device));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            lines.open(); // there may be none
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
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
