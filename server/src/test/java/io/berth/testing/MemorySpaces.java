package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.product.Space;
import io.berth.core.product.SpaceStore;
import io.berth.core.product.Spaces;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Resource spaces of a [MemoryRegistry].
final class MemorySpaces implements SpaceStore {
    private final MemoryRegistry registry;

    MemorySpaces(MemoryRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void insert(Space space, int max) {
        demandUnused(space);
        if (registry.spaces.size() >= max) {
            throw new ProblemException(Problem.LIMIT_REACHED, "there are " + max + " resource spaces");
        }
        registry.spaces.put(space.id(), space);
    }

    @Override
    public void update(Space space) {
        demandUnused(space);
        if (registry.spaces.replace(space.id(), space) == null) {
            throw Spaces.notFound(space.id());
        }
    }

    @Override
    public void delete(String id) {
        if (registry.products.values().stream()
                .anyMatch(product -> product.space().equals(id))) {
            throw new ProblemException(Problem.SPACE_NOT_EMPTY, "resource space " + id + " has products");
        }
        if (registry.spaces.remove(id) == null) {
            throw Spaces.notFound(id);
        }
    }

    @Override
    public Optional<Space> find(String id) {
        return Optional.ofNullable(registry.spaces.get(id));
    }

    @Override
    public List<Space> all() {
        return registry.spaces.values().stream()
                .sorted(Comparator.comparing(Space::name))
                .toList();
    }

    private void demandUnused(Space space) {
        registry.demandStore();
        if (registry.spaces.values().stream()
                .anyMatch(other ->
                        other.name().equals(space.name()) && !other.id().equals(space.id()))) {
            throw new ProblemException(Problem.SPACE_EXISTS, "there is a resource space \"" + space.name() + "\"");
        }
    }
}
