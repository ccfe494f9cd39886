package io.berth.storage;

import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static org.awaitility.Awaitility.await;

import io.berth.core.Page;
import io.berth.core.Value;
import io.berth.core.batch.Batch;
import io.berth.core.batch.Batch.Kind;
import io.berth.core.batch.Batch.Policy;
import io.berth.core.batch.Batch.Scope;
import io.berth.core.batch.Batch.State;
import io.berth.core.batch.BatchLimits;
import io.berth.core.batch.BatchStore.TargetFilter;
import io.berth.core.batch.Batches;
import io.berth.core.batch.Target;
import io.berth.core.device.Device;
import io.berth.core.device.Devices;
import io.berth.core.product.Products;
import io.berth.testing.FakeLog;
import io.berth.testing.TestBatches;
import io.berth.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Batches over a store with one product, and what tests ask of them again and again.
final class BatchBed implements AutoCloseable {
    static final Scope PK = new Scope("pk", null);
    static final Page.Request ALL = new Page.Request(null, 1000);

    private static final BatchLimits LIMITS =
            new BatchLimits(4, 5, 100, 10_000, 1_000, 2 << 20, 4, 1_000_000, 10_000_000, 30, Duration.ofDays(30));

    final TestClock clock = new TestClock();
    final FakeLog log = new FakeLog();
    final Storage storage;
    final Devices devices;
    final Batches batches;

    BatchBed(TestEngine engine, Path directory) {
        storage = engine.open(directory, clock);
        storage.products().insert(product("pk"));
        Products products = new Products(storage.products(), clock, _ -> {});
        devices = new Devices(
                storage.devices(),
                products,
                clock,
                (device, _) -> storage.directory().forget(device.id()));
        batches = TestBatches.over(log, storage, products, devices, LIMITS, clock);
    }

    /// Devices of the product, in this order.
    static List<Target> targets(String... names) {
        List<Target> targets = new ArrayList<>();
        for (String name : names) {
            targets.add(Target.of(targets.size() + 1L, id(name)));
        }
        return targets;
    }

    static Batches.Draft draft(Kind kind, Scope scope, Value.Fields document, List<Target> targets) {
        return new Batches.Draft(kind, "", scope, document, Policy.AT_ONCE, targets);
    }

    /// The batch when it is over.
    Batch ended(Batch batch) {
        await().until(() -> {
            batches.runner().startDue();
            return batches.get(batch.id()).state().isOver() && batches.runner().running() == 0;
        });
        return batches.get(batch.id());
    }

    /// Whether it runs, after it was given the chance to.
    boolean ran(Batch batch) {
        batches.runner().startDue();
        return batches.get(batch.id()).state() == State.RUNNING;
    }

    List<Target> targets(Batch batch) {
        return batches.targets(batch.id(), TargetFilter.ALL, ALL).items();
    }

    List<Device> registered(Batch batch, long offset, int most) {
        return batches.registered(batch.id(), offset, most);
    }

    @Override
    public void close() {
        batches.runner().close();
        storage.close();
    }
}
