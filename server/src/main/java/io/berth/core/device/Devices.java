package io.berth.core.device;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Slice;
import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Pins;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceStore.ImportVerdict;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The registry of devices. Blocking; any thread.
public final class Devices {
    /// The rest has its turn in the next round.
    private static final int OVERDUE_AT_ONCE = 1_000;

    private final DeviceStore store;
    private final Products products;
    private final InstantSource clock;
    private final ChangeListener changes;

    public Devices(DeviceStore store, Products products, InstantSource clock, ChangeListener changes) {
        this.store = store;
        this.products = products;
        this.clock = clock;
        this.changes = changes;
    }

    /// Told of changes, so that what follows from them happens: caches forget the device, its session ends.
    @FunctionalInterface
    public interface ChangeListener {
        /// After the change.
        void deviceChanged(Device device, Change change);

        /// After many were created at once; may take its time.
        default void devicesImported(List<Device> devices) {}

        /// Before the device is deleted: the last moment at which others can be told what it was.
        default void deviceLeaves(DeviceId id) {}
    }

    public enum Change {
        CREATED,
        /// What is said of it, or something that belongs to it, such as its tags.
        UPDATED,
        ENABLED,
        DISABLED,
        RESET,
        DELETED
    }

    /// A device to create; what is null is made up.
    public record Draft(
            DeviceId id,
            @Nullable Secret secret,
            @Nullable String alias,
            @Nullable String nodeId,
            DeviceProfile profile,
            @Nullable Pins pins) {
        /// One that logs in as its product demands.
        public Draft(
                DeviceId id,
                @Nullable Secret secret,
                @Nullable String alias,
                @Nullable String nodeId,
                DeviceProfile profile) {
            this(id, secret, alias, nodeId, profile, null);
        }

        /// One of which nothing is said.
        public Draft(DeviceId id, @Nullable Secret secret, @Nullable String alias, @Nullable String nodeId) {
            this(id, secret, alias, nodeId, DeviceProfile.EMPTY);
        }
    }

    public Device create(Draft draft) {
        Device device = toDevice(draft, products.get(draft.id().product()));
        store.insert(device);
        changes.deviceChanged(device, Change.CREATED);
        return device;
    }

    /// Creates many, keeping the identities they come with; a draft without a secret or alias gets one.
    public List<ImportVerdict> importAll(List<Draft> drafts, ProductLookup lookup, boolean dryRun) {
        List<Device> devices = toDevices(drafts, lookup);
        List<ImportVerdict> verdicts = store.insertAll(devices, dryRun);
        if (!dryRun) {
            imported(devices, verdicts);
        }
        return verdicts;
    }

    /// The same where the store that takes the devices notes something else in the same transaction.
    public List<ImportVerdict> importAll(List<Draft> drafts, ProductLookup lookup, Insertion insertion) {
        List<Device> devices = toDevices(drafts, lookup);
        List<ImportVerdict> verdicts = insertion.insert(devices);
        imported(devices, verdicts);
        return verdicts;
    }

    /// Inserts devices and says what became of each, in order.
    @FunctionalInterface
    public interface Insertion {
        List<ImportVerdict> insert(List<Device> devices);
    }

    /// How an import finds the products it names, once each.
    @FunctionalInterface
    public interface ProductLookup {
        Product product(String key);
    }

    public Device get(DeviceId id) {
        return store.find(id).orElseThrow(() -> DeviceStore.notFound(id));
    }

    public Optional<Device> find(DeviceId id) {
        return store.find(id);
    }

    public Device getByAlias(String alias) {
        return store.findByAlias(alias).orElseThrow(() -> notFound(alias));
    }

    public static ProblemException notFound(String alias) {
        return new ProblemException(Problem.DEVICE_NOT_FOUND, "no device \"" + alias + "\"");
    }

    /// Devices of the product ordered by name.
    public Page<Device> list(String product, Page.Request page) {
        products.get(product);
        return search(DeviceCondition.ofProduct(product), page);
    }

    public Slice.Found<Device> find(DeviceCondition where, Slice slice) {
        return store.find(where, slice);
    }

    /// The same by when they logged in first; those that never did come last. Slices have no `after` here.
    public List<Device> byActivation(DeviceCondition where, Slice slice) {
        return store.byActivation(where, slice);
    }

    public long count(DeviceCondition where) {
        return store.count(where);
    }

    /// What meets the condition now, ordered by product and name.
    public Page<Device> search(DeviceCondition where, Page.Request page) {
        List<Device> found = store.find(where, new Slice(Slice.Order.NAME, page.after(), 0, page.limit() + 1))
                .items();
        return Page.cut(found, page, device -> device.id().toString());
    }

    /// Replaces what is said of the device.
    public Device change(DeviceId id, DeviceProfile profile) {
        Device changed = get(id).withProfile(profile);
        store.update(changed);
        changes.deviceChanged(changed, Change.UPDATED);
        return changed;
    }

    /// Keeps what a device said of what runs on it. Devices say it with every connection: only what is new is
    /// written.
    public void says(DeviceId id, Versions said) {
        store.find(id).ifPresent(device -> {
            Versions versions = device.versions().updated(said);
            if (!versions.equals(device.versions())) {
                store.updateVersions(id, versions);
                updated(id);
            }
        });
    }

    /// Gives the device another secret, or another spare one: its other secret, its sessions and its history
    /// stay.
    public Device changeSecret(DeviceId id, Secret secret, boolean spare) {
        Device device = get(id);
        Device changed = spare ? device.withSpareSecret(secret) : device.withSecret(secret);
        store.update(changed);
        changes.deviceChanged(changed, Change.UPDATED);
        return changed;
    }

    /// Says which certificates of its owner the device logs in with; null: it proves itself as its product
    /// demands.
    public Device changePins(DeviceId id, @Nullable Pins pins) {
        store.updatePins(id, pins);
        Device changed = get(id);
        changes.deviceChanged(changed, Change.UPDATED);
        return changed;
    }

    /// Makes this certificate the device's if it has none yet; whether it has this one now. Of two that come
    /// at once, one wins.
    public boolean pin(DeviceId id, X509Certificate certificate) {
        if (store.pin(id, Fingerprint.of(certificate))) {
            changes.deviceChanged(get(id), Change.UPDATED);
            return true;
        }
        Pins pins = get(id).pins();
        return pins != null && pins.admit(certificate);
    }

    /// Deletes devices that should have logged in by now and never did; how many.
    public int deleteOverdue() {
        List<DeviceId> overdue = store.overdue(clock.instant(), OVERDUE_AT_ONCE);
        overdue.forEach(this::delete);
        return overdue.size();
    }

    public Device enable(DeviceId id, boolean enabled) {
        Device changed = get(id).withEnabled(enabled);
        store.update(changed);
        changes.deviceChanged(changed, enabled ? Change.ENABLED : Change.DISABLED);
        return changed;
    }

    /// Whoever changed something that belongs to the device, but is kept elsewhere, says so here.
    public void updated(DeviceId id) {
        changes.deviceChanged(get(id), Change.UPDATED);
    }

    /// Makes the device as new: it counts as never seen and may register again; its secret changes when one
    /// is given.
    public Device reset(DeviceId id, @Nullable Secret secret) {
        Device device = get(id);
        Device changed = device.reset(secret != null ? secret : device.secret());
        store.update(changed);
        changes.deviceChanged(changed, Change.RESET);
        return changed;
    }

    public void delete(DeviceId id) {
        Device device = get(id);
        changes.deviceLeaves(id);
        store.delete(id);
        changes.deviceChanged(device, Change.DELETED);
    }

    private List<Device> toDevices(List<Draft> drafts, ProductLookup lookup) {
        return drafts.stream()
                .map(draft -> toDevice(draft, lookup.product(draft.id().product())))
                .toList();
    }

    private void imported(List<Device> devices, List<ImportVerdict> verdicts) {
        List<Device> created = IntStream.range(0, devices.size())
                .filter(i -> verdicts.get(i) == ImportVerdict.CREATED)
                .mapToObj(devices::get)
                .toList();
        changes.devicesImported(created);
    }

    private Device toDevice(Draft draft, Product product) {
        String nodeId = draft.nodeId() != null ? draft.nodeId() : draft.id().name();
        return new Device(
                draft.id(),
                draft.alias() != null ? draft.alias() : product.alias() + "_" + nodeId,
                nodeId,
                draft.secret() != null ? draft.secret() : Secret.random(),
                true,
                clock.instant(),
                null,
                null,
                null,
                null,
                draft.profile(),
                Versions.NONE,
                draft.pins());
    }
}
