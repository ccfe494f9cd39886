package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.api.BatchRoutes.ShownBatch;
import io.berth.api.Route.Nothing;
import io.berth.api.Route.Upload;
import io.berth.core.Page;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.batch.BadLine;
import io.berth.core.batch.Batch;
import io.berth.core.batch.BatchId;
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
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Batches that register devices: how they begin, and what came of them.
public final class RegistrationRoutes implements NativeApi.Group {
    /// What is read on of a file that is refused already, so that the client, who still sends it, hears why.
    private static final long REFUSED_READ_ON = 64L << 20;

    private final Products products;
    private final Batches batches;

    public RegistrationRoutes(Products products, Batches batches) {
        this.products = products;
        this.batches = batches;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String some = "/products/{product}/registrations";
        String one = "/batches/{batch}";
        return List.of(
                Route.create(
                        some,
                        Demand.operate(Area.DEVICES),
                        "Registers many devices of a product",
                        NewRegistration.class,
                        ShownBatch.class,
                        this::register),
                Route.stream(
                        some + "/file",
                        Demand.operate(Area.DEVICES),
                        "Registers the devices of a file, or only looks at it",
                        Upload.CSV,
                        NewList.class,
                        ShownBatch.class,
                        this::registerFile),
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

    private BadLinePage errors(Call<Paging> call) {
        BatchId id = batches.of(call.rights()).get(BatchRoutes.id(call)).id();
        Page<Target> page = batches.targets(
                id,
                new TargetFilter(Set.of(Target.State.FAILED), null),
                call.input().request());
        return new BadLinePage(Paging.items(page, ShownBadLine::of), page.next());
    }

    private void triples(Call<Nothing> call, Lines lines) throws IOException {
        BatchId id = batches.of(call.rights()).change(BatchRoutes.id(call)).id();
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
        BatchId id = batches.of(call.rights()).get(BatchRoutes.id(call)).id();
        Page<Device> page = batches.registered(id, call.input().request());
        return new RegisteredPage(Paging.items(page, RegisteredDevice::of), page.next());
    }
}
