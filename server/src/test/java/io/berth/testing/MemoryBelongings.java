package io.berth.testing;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceLogStore;
import io.berth.core.device.TagStore;
import io.berth.core.device.TopologyStore;
import io.berth.core.product.RemoteConfig;
import io.berth.core.product.RemoteConfigStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/// What belongs to devices and products beside their identity, in memory.
public final class MemoryBelongings {
    public final Tags tags = new Tags();
    public final Topology topology = new Topology();
    public final Configs configs = new Configs();
    public final Logs logs = new Logs();

    public static final class Tags implements TagStore {
        private final Map<DeviceId, TreeMap<String, String>> byDevice = new HashMap<>();

        @Override
        public SequencedMap<String, String> find(DeviceId device) {
            return new LinkedHashMap<>(byDevice.getOrDefault(device, new TreeMap<>()));
        }

        @Override
        public void put(DeviceId device, SequencedMap<String, String> tags, int max) {
            TreeMap<String, String> changed = new TreeMap<>(find(device));
            changed.putAll(tags);
            if (changed.size() > max) {
                throw new ProblemException(Problem.LIMIT_REACHED, "a device has at most " + max + " tags");
            }
            byDevice.put(device, changed);
        }

        @Override
        public void remove(DeviceId device, Collection<String> keys) {
            byDevice.getOrDefault(device, new TreeMap<>()).keySet().removeAll(keys);
        }
    }

    public static final class Topology implements TopologyStore {
        private final Map<DeviceId, DeviceId> gateways = new HashMap<>();
        private final Map<DeviceId, List<Change>> changes = new HashMap<>();

        @Override
        public synchronized Optional<DeviceId> gatewayOf(DeviceId child) {
            return Optional.ofNullable(gateways.get(child));
        }

        @Override
        public synchronized Map<DeviceId, DeviceId> gatewaysOf(Collection<DeviceId> children) {
            Map<DeviceId, DeviceId> found = new HashMap<>(gateways);
            found.keySet().retainAll(children);
            return found;
        }

        @Override
        public synchronized Page<DeviceId> children(DeviceId gateway, Page.Request page) {
            List<DeviceId> rest = gateways.keySet().stream()
                    .filter(child -> gateway.equals(gateways.get(child)))
                    .sorted(Comparator.comparing(DeviceId::toString))
                    .filter(child -> page.cursor()
                            .map(after -> child.toString().compareTo(after) > 0)
                            .orElse(true))
                    .toList();
            List<DeviceId> items = rest.subList(0, Math.min(rest.size(), page.limit()));
            return new Page<>(
                    items, items.size() < rest.size() ? items.getLast().toString() : null);
        }

        @Override
        public synchronized int countChildren(DeviceId gateway) {
            return (int) gateways.values().stream().filter(gateway::equals).count();
        }

        @Override
        public synchronized Linked link(DeviceId gateway, List<DeviceId> children, int max) {
            List<DeviceId> changed = new ArrayList<>();
            Map<DeviceId, DeviceId> from = new HashMap<>();
            for (DeviceId child : children) {
                DeviceId before = gateways.get(child);
                if (!gateway.equals(before)) {
                    changed.add(child);
                    if (before != null) {
                        from.put(child, before);
                        note(before, child, false);
                    }
                }
            }
            if (countChildren(gateway) + changed.size() > max) {
                throw new ProblemException(Problem.LIMIT_REACHED, "a gateway has at most " + max + " children");
            }
            changed.forEach(child -> {
                gateways.put(child, gateway);
                note(gateway, child, true);
            });
            return new Linked(changed, from, version(gateway));
        }

        @Override
        public synchronized Linked unlink(DeviceId gateway, List<DeviceId> children) {
            List<DeviceId> changed = children.stream()
                    .filter(child -> gateway.equals(gateways.get(child)))
                    .toList();
            changed.forEach(child -> {
                gateways.remove(child);
                note(gateway, child, false);
            });
            return new Linked(changed, Map.of(), version(gateway));
        }

        private void note(DeviceId gateway, DeviceId child, boolean added) {
            List<Change> known = changes.computeIfAbsent(gateway, _ -> new ArrayList<>());
            long version = version(gateway) + 1;
            known.removeIf(change -> change.child().equals(child));
            known.add(new Change(child, added, version));
        }

        @Override
        public synchronized long version(DeviceId gateway) {
            List<Change> known = changes.getOrDefault(gateway, List.of());
            return known.isEmpty() ? 0 : known.getLast().version();
        }

        @Override
        public synchronized List<Change> changesSince(DeviceId gateway, long version) {
            return changes.getOrDefault(gateway, List.of()).stream()
                    .filter(change -> change.version() > version)
                    .toList();
        }
    }

    public static final class Configs implements RemoteConfigStore {
        private final Map<String, RemoteConfig> byProduct = new HashMap<>();
        private final Set<String> enabled = new HashSet<>();

        @Override
        public Optional<RemoteConfig> find(String product) {
            return Optional.ofNullable(byProduct.get(product));
        }

        @Override
        public Optional<RemoteConfig> findById(String id) {
            return byProduct.values().stream()
                    .filter(config -> config.id().equals(id))
                    .findFirst();
        }

        @Override
        public void put(RemoteConfig config) {
            byProduct.put(config.product(), config);
        }

        @Override
        public boolean isEnabled(String product) {
            return enabled.contains(product);
        }

        @Override
        public void enable(String product, boolean on) {
            if (on) {
                enabled.add(product);
            } else {
                enabled.remove(product);
            }
        }
    }

    public static final class Logs implements DeviceLogStore {
        private final Map<DeviceId, List<Line>> lines = new HashMap<>();
        private final Set<DeviceId> wanted = new HashSet<>();

        @Override
        public void append(DeviceId device, List<Line> more) {
            lines.computeIfAbsent(device, _ -> new ArrayList<>()).addAll(more);
        }

        @Override
        public Page<Line> list(DeviceId device, Page.Request page) {
            return new Page<>(lines.getOrDefault(device, List.of()).reversed(), null);
        }

        @Override
        public boolean isWanted(DeviceId device) {
            return wanted.contains(device);
        }

        @Override
        public void want(DeviceId device, boolean on) {
            if (on) {
                wanted.add(device);
            } else {
                wanted.remove(device);
            }
        }
    }
}
