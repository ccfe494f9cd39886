package io.berth.core.product;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

/// The resource spaces of the platform. Blocking; any thread.
public final class Spaces {
    public static final int MAX_SPACES = 1_000;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;

    private final SpaceStore store;
    private final InstantSource clock;

    public Spaces(SpaceStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public Space create(String name) {
        Space space = new Space(randomId(), name, Instant.ofEpochMilli(clock.millis()), false);
        store.insert(space, MAX_SPACES);
        return space;
    }

    public Space get(String id) {
        return store.find(id).orElseThrow(() -> notFound(id));
    }

    /// Ordered by name.
    public List<Space> all() {
        return store.all();
    }

    public Space rename(String id, String name) {
        Space renamed = get(id).named(name);
        store.update(renamed);
        return renamed;
    }

    /// SPACE_NOT_EMPTY while it has products. The default space stays.
    public void delete(String id) {
        require(!get(id).isDefault(), "the default resource space cannot be deleted");
        store.delete(id);
    }

    public static ProblemException notFound(String id) {
        return new ProblemException(Problem.SPACE_NOT_FOUND, "there is no resource space \"" + id + "\"");
    }

    private static String randomId() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
