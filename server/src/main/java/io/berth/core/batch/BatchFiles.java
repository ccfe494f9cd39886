package io.berth.core.batch;

import static io.berth.core.ProblemException.require;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Caller;
import java.time.InstantSource;
import java.util.List;

/// Files that batches are made of. Callers with rights in all resource spaces see all of them, others their
/// own. Blocking; any thread.
public final class BatchFiles {
    private final BatchFileStore store;
    private final Limits limits;
    private final InstantSource clock;
    private final BatchIds ids;

    public BatchFiles(BatchFileStore store, Limits limits, InstantSource clock) {
        this.store = store;
        this.limits = limits;
        this.clock = clock;
        this.ids = new BatchIds(clock);
    }

    /// @param maxFiles how many are kept
    /// @param maxBytes of one file
    /// @param maxUnpackedBytes of one file that is packed
    public record Limits(int maxFiles, int maxBytes, int maxUnpackedBytes) {
        public static final Limits DEFAULT = new Limits(100, 4 << 20, 32 << 20);

        public Limits {
            require(maxFiles > 0, "batch.files.max-files must be positive");
            require(maxBytes > 0 && maxUnpackedBytes > 0, "sizes of files for batches must be positive");
        }
    }

    public Limits limits() {
        return limits;
    }

    /// TOO_LARGE, LIMIT_REACHED.
    public BatchFile add(Caller owner, String name, Payload content) {
        if (content.size() > limits.maxBytes()) {
            throw new ProblemException(Problem.TOO_LARGE, "a file has at most " + limits.maxBytes() + " bytes");
        }
        BatchFile file = new BatchFile(ids.next().hex(), name, owner.name(), clock.instant());
        store.insert(file, content, limits.maxFiles());
        return file;
    }

    /// The newest first.
    public List<BatchFile> list(Caller caller) {
        return store.list().stream()
                .filter(file ->
                        caller.rights().spaces().isEmpty() || file.owner().equals(caller.name()))
                .toList();
    }

    /// NOT_FOUND.
    public Payload content(Caller caller, String id) {
        return store.content(get(caller, id).id()).orElseThrow(() -> notFound(id));
    }

    /// NOT_FOUND. Batches that were made of it stay.
    public void delete(Caller caller, String id) {
        store.delete(get(caller, id).id());
    }

    private BatchFile get(Caller caller, String id) {
        return list(caller).stream()
                .filter(file -> file.id().equals(id))
                .findFirst()
                .orElseThrow(() -> notFound(id));
    }

    private static ProblemException notFound(String id) {
        return new ProblemException(Problem.NOT_FOUND, "there is no file \"" + id + "\"");
    }
}
