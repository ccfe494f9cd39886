package io.berth.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceRef.ByAlias;
import io.berth.core.device.DeviceRef.ById;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.DeviceStore.Presence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Devices in memory. Lookups that miss wait for one loader thread, which answers all that came while it was
/// busy with one query. Unknown devices are not remembered: a device registered a moment ago is found.
///
/// Aliases lead to the id and are checked against the snapshot found there, so forgetting the id forgets the
/// alias.
final class CachedDeviceDirectory implements DeviceDirectory, AutoCloseable {
    private static final int BATCH = 500;
    private static final int MAX_WAITING = 20_000;

    private final SnapshotQuery query;
    private final Cache<ById, DeviceSnapshot> devices;
    private final Cache<ByAlias, ById> aliases;
    private final BlockingQueue<Lookup> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicInteger changes = new AtomicInteger();
    private final Thread loader;

    /// Guards what is forgotten while a query runs: what the query read of it may be old and is not kept.
    private final Object lock = new Object();

    private final Set<DeviceId> forgottenDevices = new HashSet<>();
    private final Set<String> forgottenProducts = new HashSet<>();
    private boolean loading;
    private volatile boolean closed;

    CachedDeviceDirectory(SnapshotQuery query, int size, CacheAge age) {
        this.query = query;
        this.devices = age.<ById, DeviceSnapshot>cache(size).build();
        this.aliases = Caffeine.newBuilder().maximumSize(size).build();
        this.loader = Thread.ofPlatform().name("berth-directory").daemon().start(this::run);
    }

    /// Finds many devices at once. Blocking.
    @FunctionalInterface
    interface SnapshotQuery {
        List<DeviceSnapshot> find(Set<DeviceId> ids, Set<String> aliases);
    }

    @Override
    public @Nullable DeviceSnapshot ifPresent(DeviceRef ref) {
        return switch (ref) {
            case ById id -> devices.getIfPresent(id);
            case ByAlias alias -> ifPresent(alias);
        };
    }

    @Override
    public CompletableFuture<Optional<DeviceSnapshot>> find(DeviceRef ref) {
        DeviceSnapshot present = ifPresent(ref);
        if (present != null) {
            return CompletableFuture.completedFuture(Optional.of(present));
        }
        Lookup lookup = new Lookup(ref, new CompletableFuture<>());
        if (closed || !waiting.offer(lookup)) {
            lookup.fail(closed ? closedProblem() : overloaded());
        } else if (closed && waiting.remove(lookup)) {
            lookup.fail(closedProblem());
        }
        return lookup.answer();
    }

    @Override
    public int changes() {
        return changes.get();
    }

    @Override
    public void forget(DeviceId id) {
        synchronized (lock) {
            noteWhileLoading(forgottenDevices, id);
            devices.invalidate(new ById(id));
        }
        changes.incrementAndGet();
    }

    @Override
    public void forgetProduct(String key) {
        synchronized (lock) {
            noteWhileLoading(forgottenProducts, key);
            devices.asMap().keySet().removeIf(ref -> ref.id().product().equals(key));
        }
        changes.incrementAndGet();
    }

    /// Not a change in the sense of [#changes()]: nothing is derived from it, and in a connect storm it
    /// happens often.
    void sessionKept(DeviceId id, boolean keeps) {
        synchronized (lock) {
            noteWhileLoading(forgottenDevices, id);
            devices.asMap().computeIfPresent(new ById(id), (_, snapshot) -> snapshot.withKeptSession(keeps));
        }
    }

    /// Likewise: what a look at the device shows, once the store has it. Whether a device was activated only the
    /// store can say: it may have been reset meanwhile.
    void seen(Presence presence) {
        synchronized (lock) {
            noteWhileLoading(forgottenDevices, presence.id());
            devices.asMap()
                    .computeIfPresent(
                            new ById(presence.id()),
                            (_, snapshot) -> snapshot.device().activated() == null
                                    ? null
                                    : snapshot.withDevice(snapshot.device().seen(presence.at(), presence.address())));
        }
    }

    int waiting() {
        return waiting.size();
    }

    long size() {
        return devices.estimatedSize();
    }

    @Override
    public void close() {
        closed = true;
        loader.interrupt();
        try {
            loader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Lookup> left = new ArrayList<>();
        waiting.drainTo(left);
        left.forEach(lookup -> lookup.fail(closedProblem()));
    }

    private @Nullable DeviceSnapshot ifPresent(ByAlias alias) {
        ById id = aliases.getIfPresent(alias);
        DeviceSnapshot snapshot = id == null ? null : devices.getIfPresent(id);
        return snapshot != null && snapshot.device().alias().equals(alias.alias()) ? snapshot : null;
    }

    private void run() {
        List<Lookup> batch = new ArrayList<>(BATCH);
        while (!closed) {
            try {
                batch.add(waiting.take());
                waiting.drainTo(batch, BATCH - 1);
                watchChanges(true);
                answer(batch);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                batch.forEach(lookup -> lookup.fail(e));
            } finally {
                watchChanges(false);
                batch.clear();
            }
        }
    }

    private void watchChanges(boolean watch) {
        synchronized (lock) {
            loading = watch;
            forgottenDevices.clear();
            forgottenProducts.clear();
        }
    }

    private <T> void noteWhileLoading(Set<T> forgotten, T key) {
        if (loading) {
            forgotten.add(key);
        }
    }

    private void answer(List<Lookup> batch) {
        Set<DeviceId> ids = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Lookup lookup : batch) {
            switch (lookup.ref()) {
                case ById(DeviceId id) -> ids.add(id);
                case ByAlias(String alias) -> names.add(alias);
            }
        }
        Map<DeviceRef, DeviceSnapshot> found = new HashMap<>();
        for (DeviceSnapshot snapshot : query.find(ids, names)) {
            ById id = new ById(snapshot.id());
            ByAlias alias = new ByAlias(snapshot.device().alias());
            keep(id, alias, snapshot);
            found.put(id, snapshot);
            found.put(alias, snapshot);
        }
        batch.forEach(lookup -> lookup.answer().complete(Optional.ofNullable(found.get(lookup.ref()))));
    }

    private void keep(ById id, ByAlias alias, DeviceSnapshot snapshot) {
        synchronized (lock) {
            if (!forgottenDevices.contains(id.id())
                    && !forgottenProducts.contains(id.id().product())) {
                devices.put(id, snapshot);
                aliases.put(alias, id);
            }
        }
    }

    private static ProblemException overloaded() {
        return new ProblemException(Problem.OVERLOADED, MAX_WAITING + " lookups of devices wait already");
    }

    private static ProblemException closedProblem() {
        return new ProblemException(Problem.STORAGE_UNAVAILABLE, "the store is closed");
    }

    private record Lookup(DeviceRef ref, CompletableFuture<Optional<DeviceSnapshot>> answer) {
        void fail(RuntimeException failure) {
            answer.completeExceptionally(failure);
        }
    }
}
