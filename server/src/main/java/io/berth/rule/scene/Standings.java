package io.berth.rule.scene;

import io.berth.core.device.DeviceId;
import io.berth.core.scene.SceneStore;
import io.berth.core.scene.SceneStore.Standing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Which triggers hold at which devices since when: kept in the store, so that a restart neither forgets a hold
/// nor fires again for what held before it. Any thread; changes of one device one at a time. Blocks.
final class Standings {
    private final SceneStore store;
    private final int most;
    private final Map<Place, Standing> all = new ConcurrentHashMap<>();

    /// Holds whose time is not over, or was not noticed yet.
    private final Map<Place, Standing> running = new ConcurrentHashMap<>();

    Standings(SceneStore store, int most) {
        this.store = store;
        this.most = most;
        store.standings().forEach(standing -> {
            all.put(Place.of(standing), standing);
            if (!standing.fired()) {
                running.put(Place.of(standing), standing);
            }
        });
    }

    private record Place(String scene, int trigger, DeviceId device) {
        static Place of(Standing standing) {
            return new Place(standing.scene(), standing.trigger(), standing.device());
        }
    }

    Optional<Standing> find(String scene, int trigger, DeviceId device) {
        return Optional.ofNullable(all.get(new Place(scene, trigger, device)));
    }

    /// False when as many are remembered as may be.
    boolean begin(Standing standing) {
        if (all.size() >= most) {
            return false;
        }
        put(standing);
        if (!standing.fired()) {
            running.put(Place.of(standing), standing);
        }
        return true;
    }

    void fired(Standing standing) {
        running.remove(Place.of(standing));
        put(standing.withFired());
    }

    void end(Standing standing) {
        running.remove(Place.of(standing));
        all.remove(Place.of(standing));
        store.remove(standing);
    }

    /// What the store forgets by itself when a scene is changed or deleted.
    void forget(String scene) {
        all.keySet().removeIf(place -> place.scene().equals(scene));
        running.keySet().removeIf(place -> place.scene().equals(scene));
    }

    List<Standing> running() {
        return List.copyOf(running.values());
    }

    /// Its time is over and was noticed: only another report asks again.
    void noticed(Standing standing) {
        running.remove(Place.of(standing));
    }

    /// It was noticed in vain.
    void notNoticed(Standing standing) {
        if (standing.equals(all.get(Place.of(standing)))) {
            running.put(Place.of(standing), standing);
        }
    }

    int size() {
        return all.size();
    }

    private void put(Standing standing) {
        store.put(standing);
        all.put(Place.of(standing), standing);
    }
}
