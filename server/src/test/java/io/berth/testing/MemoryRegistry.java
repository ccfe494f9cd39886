package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Slice;
import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Pins;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.Versions;
import io.berth.core.product.Product;
import io.berth.core.product.ProductFilter;
import io.berth.core.product.ProductStore;
import io.berth.core.product.ProductTopic;
import io.berth.core.product.Space;
import io.berth.core.product.SpaceStore;
import io.berth.core.topic.TopicClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Products and devices in memory, with the rules of the real stores.
public final class MemoryRegistry {
    private final NavigableMap<String, Product> products = new ConcurrentSkipListMap<>();
    private final NavigableMap<DeviceId, Device> devices =
            new ConcurrentSkipListMap<>(Comparator.comparing(DeviceId::product).thenComparing(DeviceId::name));

    private final MemoryUnits units = new MemoryUnits(devices::containsKey);
    private final Map<String, Long> numbers = new ConcurrentHashMap<>();
    private final Map<Long, String> said = new ConcurrentHashMap<>();
    private final Map<DeviceId, DeviceStore.Presence> attached = new ConcurrentHashMap<>();
    private final Map<String, Space> spaces = new ConcurrentHashMap<>(
            Map.of(Space.DEFAULT_ID, new Space(Space.DEFAULT_ID, "DefaultApp_berth", Instant.EPOCH, true)));

    /// How many devices a product may have.
    public volatile long devicesPerProduct = Long.MAX_VALUE;

    /// When true, every call fails as with a store that is gone.
    public volatile boolean gone;

    public SpaceStore spaces() {
        return new Spaces();
    }

    public ProductStore products() {
        return new Products();
    }

    public DeviceStore devices() {
        return new Devices();
    }

    public MemoryUnits units() {
        return units;
    }

    public DeviceDirectory directory() {
        return new Directory();
    }

    private void demandStore() {
        if (gone) {
            throw new ProblemException(Problem.STORAGE_UNAVAILABLE, "the store does not answer");
        }
    }

    /// By name: here nothing has a serial.
    private static <T> Slice.Found<T> slice(Stream<T> all, Function<T, String> place, Slice slice) {
        List<T> items = all.filter(
                        item -> slice.after() == null || place.apply(item).compareTo(slice.after()) > 0)
                .skip(slice.offset())
                .limit(slice.limit())
                .toList();
        return new Slice.Found<>(items, items.stream().map(place).toList());
    }

    private final class Spaces implements SpaceStore {
        @Override
        public void insert(Space space, int max) {
            demandUnused(space);
            if (spaces.size() >= max) {
                throw new ProblemException(Problem.LIMIT_REACHED, "there are " + max + " resource spaces");
            }
            spaces.put(space.id(), space);
        }

        @Override
        public void update(Space space) {
            demandUnused(space);
            if (spaces.replace(space.id(), space) == null) {
                throw io.berth.core.product.Spaces.notFound(space.id());
            }
        }

        @Override
        public void delete(String id) {
            if (products.values().stream().anyMatch(product -> product.space().equals(id))) {
                throw new ProblemException(Problem.SPACE_NOT_EMPTY, "resource space " + id + " has products");
            }
            if (spaces.remove(id) == null) {
                throw io.berth.core.product.Spaces.notFound(id);
            }
        }

        @Override
        public Optional<Space> find(String id) {
            return Optional.ofNullable(spaces.get(id));
        }

        @Override
        public List<Space> all() {
            return spaces.values().stream()
                    .sorted(Comparator.comparing(Space::name))
                    .toList();
        }

        private void demandUnused(Space space) {
            demandStore();
            if (spaces.values().stream()
                    .anyMatch(other ->
                            other.name().equals(space.name()) && !other.id().equals(space.id()))) {
                throw new ProblemException(Problem.SPACE_EXISTS, "there is a resource space \"" + space.name() + "\"");
            }
        }
    }

    private final class Products implements ProductStore {
        @Override
        public void insert(Product product) {
            demandStore();
            demandSpace(product);
            demandName(product);
            boolean taken = products.values().stream()
                    .anyMatch(other ->
                            other.key().equals(product.key()) || other.alias().equals(product.alias()));
            if (taken) {
                throw new ProblemException(Problem.PRODUCT_EXISTS, "there is a product \"" + product.key() + "\"");
            }
            products.put(product.key(), product);
        }

        @Override
        public void update(Product product) {
            demandSpace(product);
            demandName(product);
            if (products.replace(product.key(), product) == null) {
                throw new ProblemException(Problem.PRODUCT_NOT_FOUND, "no product \"" + product.key() + "\"");
            }
        }

        @Override
        public void delete(String key) {
            if (devices.keySet().stream().anyMatch(id -> id.product().equals(key))) {
                throw new ProblemException(Problem.PRODUCT_NOT_EMPTY, "product \"" + key + "\" has devices");
            }
            if (products.remove(key) == null) {
                throw new ProblemException(Problem.PRODUCT_NOT_FOUND, "no product \"" + key + "\"");
            }
        }

        @Override
        public Optional<Product> find(String key) {
            demandStore();
            return Optional.ofNullable(products.get(key));
        }

        @Override
        public Optional<Product> findByAlias(String alias) {
            demandStore();
            return products.values().stream()
                    .filter(product -> product.alias().equals(alias))
                    .findFirst();
        }

        private void demandName(Product product) {
            Product before = products.get(product.key());
            boolean keeps = before != null
                    && before.name().equals(product.name())
                    && before.space().equals(product.space());
            if (!keeps
                    && products.values().stream()
                            .anyMatch(other -> other.name().equals(product.name())
                                    && other.space().equals(product.space())
                                    && !other.key().equals(product.key()))) {
                throw ProductStore.nameTaken(product);
            }
        }

        private void demandSpace(Product product) {
            if (!spaces.containsKey(product.space())) {
                throw io.berth.core.product.Spaces.notFound(product.space());
            }
        }

        @Override
        public Slice.Found<Product> find(ProductFilter where, Slice slice) {
            demandStore();
            return slice(matching(where), Product::key, slice);
        }

        @Override
        public long count(ProductFilter where) {
            return matching(where).count();
        }

        /// No product has a tag here.
        private Stream<Product> matching(ProductFilter where) {
            return products.values().stream()
                    .filter(product ->
                            where.spaces().isEmpty() || where.spaces().contains(product.space()))
                    .filter(product -> where.name() == null || product.name().equals(where.name()))
                    .filter(product ->
                            where.modelled() == null || product.profile().modelled() == where.modelled())
                    .filter(_ -> where.tags().isEmpty());
        }

        /// Numbered by what they are: the same class has the same number for as long as it is.
        @Override
        public List<ProductTopic> topics(String product) {
            return find(product).stream()
                    .flatMap(found -> found.topics().stream())
                    .map(topic -> new ProductTopic(
                            number(product, topic), product, topic, said.getOrDefault(number(product, topic), "")))
                    .toList();
        }

        @Override
        public Optional<ProductTopic> topic(long id) {
            return products.keySet().stream()
                    .flatMap(product -> topics(product).stream())
                    .filter(topic -> topic.id() == id)
                    .findFirst();
        }

        @Override
        public void update(ProductTopic changed) {
            Product product =
                    find(changed.product()).orElseThrow(() -> io.berth.core.product.Products.noTopic(changed.id()));
            List<TopicClass> topics = new ArrayList<>(product.topics());
            topics.replaceAll(topic -> number(product.key(), topic) == changed.id() ? changed.topic() : topic);
            numbers.put(product.key() + " " + changed.topic().path(), changed.id());
            said.put(changed.id(), changed.description());
            products.put(product.key(), product.withTopics(topics));
        }

        private long number(String product, TopicClass topic) {
            return numbers.computeIfAbsent(product + " " + topic.path(), _ -> numbers.size() + 1L);
        }
    }

    private final class Devices implements DeviceStore {
        @Override
        public void insert(Device device) {
            ImportVerdict verdict = insertAll(List.of(device), false).getFirst();
            switch (verdict) {
                case CREATED -> {}
                case PRODUCT_NOT_FOUND -> throw new ProblemException(Problem.PRODUCT_NOT_FOUND, "no such product");
                case ALIAS_TAKEN -> throw new ProblemException(Problem.ALIAS_TAKEN, "the alias is taken");
                case UNCHANGED, DEVICE_EXISTS ->
                    throw new ProblemException(Problem.DEVICE_EXISTS, device.id() + " exists");
                case PRODUCT_FULL -> throw DeviceStore.productFull(device.id().product());
            }
        }

        @Override
        public long room(String product) {
            return devicesPerProduct
                    - devices.keySet().stream()
                            .filter(id -> id.product().equals(product))
                            .count();
        }

        @Override
        public List<ImportVerdict> insertAll(List<Device> all, boolean dryRun) {
            demandStore();
            return all.stream().map(device -> insert(device, dryRun)).toList();
        }

        private ImportVerdict insert(Device device, boolean dryRun) {
            if (!products.containsKey(device.id().product())) {
                return ImportVerdict.PRODUCT_NOT_FOUND;
            }
            Device known = devices.get(device.id());
            if (known != null) {
                return known.alias().equals(device.alias()) && known.secret().equals(device.secret())
                        ? ImportVerdict.UNCHANGED
                        : ImportVerdict.DEVICE_EXISTS;
            }
            if (findByAlias(device.alias()).isPresent()) {
                return ImportVerdict.ALIAS_TAKEN;
            }
            if (!dryRun) {
                devices.put(device.id(), device);
            }
            return ImportVerdict.CREATED;
        }

        @Override
        public void update(Device device) {
            if (devices.computeIfPresent(device.id(), (_, before) -> pinned(device, before.pins())) == null) {
                throw DeviceStore.notFound(device.id());
            }
        }

        @Override
        public void updateVersions(DeviceId id, Versions versions) {
            devices.computeIfPresent(id, (_, device) -> saying(device, versions));
        }

        private static Device saying(Device device, Versions versions) {
            return new Device(
                    device.id(),
                    device.alias(),
                    device.nodeId(),
                    device.secret(),
                    device.enabled(),
                    device.created(),
                    device.activated(),
                    device.lastSeen(),
                    device.address(),
                    device.spareSecret(),
                    device.profile(),
                    versions,
                    device.pins());
        }

        @Override
        public void updatePins(DeviceId id, @Nullable Pins pins) {
            if (devices.computeIfPresent(id, (_, device) -> pinned(device, pins)) == null) {
                throw DeviceStore.notFound(id);
            }
        }

        @Override
        public boolean pin(DeviceId id, Fingerprint fingerprint) {
            @Nullable Pins[] before = new Pins[1];
            devices.computeIfPresent(id, (_, device) -> {
                before[0] = device.pins();
                return Pins.NONE.equals(device.pins()) ? pinned(device, new Pins(fingerprint, null)) : device;
            });
            return Pins.NONE.equals(before[0]);
        }

        private static Device pinned(Device device, @Nullable Pins pins) {
            return new Device(
                    device.id(),
                    device.alias(),
                    device.nodeId(),
                    device.secret(),
                    device.enabled(),
                    device.created(),
                    device.activated(),
                    device.lastSeen(),
                    device.address(),
                    device.spareSecret(),
                    device.profile(),
                    device.versions(),
                    pins);
        }

        @Override
        public List<DeviceId> overdue(Instant now, int limit) {
            return devices.values().stream()
                    .filter(device -> device.activated() == null)
                    .filter(device -> {
                        Instant activateBy = device.profile().activateBy();
                        return activateBy != null && !activateBy.isAfter(now);
                    })
                    .map(Device::id)
                    .limit(limit)
                    .toList();
        }

        @Override
        public void delete(DeviceId id) {
            if (devices.remove(id) == null) {
                throw DeviceStore.notFound(id);
            }
            units.clear(id);
        }

        @Override
        public Optional<Device> find(DeviceId id) {
            demandStore();
            return Optional.ofNullable(devices.get(id));
        }

        @Override
        public Optional<Device> findByAlias(String alias) {
            return devices.values().stream()
                    .filter(device -> device.alias().equals(alias))
                    .findFirst();
        }

        @Override
        public Slice.Found<Device> find(DeviceCondition where, Slice slice) {
            return slice(matching(where), device -> device.id().toString(), slice);
        }

        @Override
        public List<Device> byActivation(DeviceCondition where, Slice slice) {
            Comparator<Instant> direction =
                    slice.order() == Slice.Order.NEWEST_FIRST ? Comparator.reverseOrder() : Comparator.naturalOrder();
            return matching(where)
                    .sorted(Comparator.comparing(Device::activated, Comparator.nullsLast(direction)))
                    .skip(slice.offset())
                    .limit(slice.limit())
                    .toList();
        }

        @Override
        public long count(DeviceCondition where) {
            return matching(where).count();
        }

        /// No device has a tag here, stands behind a gateway or is in a group.
        private Stream<Device> matching(DeviceCondition where) {
            return devices.values().stream().filter(device -> {
                Product product = products.get(device.id().product());
                return product != null
                        && DeviceMatch.of(device, product, Map.of(), attached.containsKey(device.id()))
                                .meets(where);
            });
        }

        @Override
        public CompletionStage<Void> recordPresence(Collection<Presence> presences) {
            for (Presence presence : presences) {
                devices.computeIfPresent(presence.id(), (_, device) -> seen(device, presence));
                if (presence.attached()) {
                    attached.put(presence.id(), presence);
                } else {
                    attached.remove(presence.id());
                }
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> activate(DeviceId id, Instant at) {
            if (gone) {
                return CompletableFuture.failedFuture(
                        new ProblemException(Problem.STORAGE_UNAVAILABLE, "the store does not answer"));
            }
            devices.computeIfPresent(id, (_, device) -> device.activated() != null ? device : activated(device, at));
            return CompletableFuture.completedFuture(null);
        }

        private static Device activated(Device device, Instant at) {
            return new Device(
                    device.id(),
                    device.alias(),
                    device.nodeId(),
                    device.secret(),
                    device.enabled(),
                    device.created(),
                    at,
                    device.lastSeen(),
                    device.address(),
                    device.spareSecret(),
                    device.profile(),
                    device.versions(),
                    device.pins());
        }

        @Override
        public List<Presence> attached(int limit) {
            return attached.values().stream().limit(limit).toList();
        }

        @Override
        public CompletionStage<Void> forgetAttached(Collection<DeviceId> devices) {
            devices.forEach(attached::remove);
            return CompletableFuture.completedFuture(null);
        }

        private static Device seen(Device device, Presence presence) {
            return new Device(
                    device.id(),
                    device.alias(),
                    device.nodeId(),
                    device.secret(),
                    device.enabled(),
                    device.created(),
                    device.activated() != null ? device.activated() : presence.at(),
                    presence.at(),
                    presence.address(),
                    device.spareSecret(),
                    device.profile(),
                    device.versions(),
                    device.pins());
        }
    }

    private final class Directory implements DeviceDirectory {
        @Override
        public @Nullable DeviceSnapshot ifPresent(DeviceRef ref) {
            return gone ? null : find(ref).toCompletableFuture().join().orElse(null);
        }

        @Override
        public CompletionStage<Optional<DeviceSnapshot>> find(DeviceRef ref) {
            if (gone) {
                return CompletableFuture.failedFuture(
                        new ProblemException(Problem.STORAGE_UNAVAILABLE, "the store does not answer"));
            }
            Optional<Device> device = switch (ref) {
                case DeviceRef.ById byId -> devices().find(byId.id());
                case DeviceRef.ByAlias byAlias -> devices().findByAlias(byAlias.alias());
            };
            return CompletableFuture.completedFuture(device.flatMap(found -> products()
                    .find(found.id().product())
                    .map(product -> new DeviceSnapshot(found, product, false, units.of(found.id())))));
        }

        @Override
        public int changes() {
            return 0;
        }

        @Override
        public void forget(DeviceId id) {}

        @Override
        public void forgetProduct(String key) {}
    }
}
