package io.berth.core.batch;

import io.berth.core.Page;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceStore.ImportVerdict;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where batches are kept, with their targets. Blocking; a returned change is durable.
public interface BatchStore {
    /// False when the id is taken; then nothing is kept.
    boolean insert(Batch batch, List<Target> targets);

    Optional<Batch> find(BatchId id);

    /// The newest first.
    Page<Batch> list(Filter filter, Page.Request page);

    /// How many there are, whatever the page.
    long count(Filter filter);

    /// Of each kind the oldest batch that waits or runs and is due.
    List<Batch> due(Instant now);

    /// Batches that are not over and are in this state.
    List<Batch> in(Batch.State state);

    /// Adds targets to a batch whose list is being read.
    void append(BatchId id, List<Target> targets);

    /// Moves the batch to another state if it is in one of these; else nothing changes. The first move to
    /// RUNNING notes the start, a move to a state that is over the end.
    boolean move(BatchId id, Set<Batch.State> from, Batch.State to, Instant now);

    /// Ends a batch that is stopping: what was not begun is stopped.
    void stopped(BatchId id, Instant now);

    /// Ends a batch before its end.
    void giveUp(BatchId id, String note, Instant now);

    /// What becomes of a running batch that has nothing to do at present: it waits for the next retry, or is
    /// over.
    void rest(BatchId id, Instant now);

    /// Takes targets that wait, were under way when the server was killed, or are to be retried by now; as
    /// they were before they counted as running.
    List<Target> take(BatchId id, Instant now, int most);

    /// Notes what became of targets.
    void settle(BatchId id, List<Target> targets);

    /// Inserts devices and notes in the same transaction what became of them: no crash comes between.
    /// VERSION_CONFLICT when these numbers were dealt with already.
    ///
    /// @param settled the targets to keep, by the verdicts on the devices
    List<ImportVerdict> register(
            BatchId id, Numbers numbers, List<Device> devices, Function<List<ImportVerdict>, List<Target>> settled);

    /// By place. The cursor is a place.
    Page<Target> targets(BatchId id, TargetFilter filter, Page.Request page);

    long countTargets(BatchId id, TargetFilter filter);

    /// Lets these targets wait again, those that failed or were stopped when none is named, and the batch
    /// with them; the targets it was done with.
    List<Target> retry(BatchId id, Collection<String> targets, Instant now);

    /// Stops targets that were not begun; those it was done with.
    List<Target> stop(BatchId id, Collection<String> targets);

    /// Devices that a registration made and that still are there, from the one at this offset on.
    List<Device> registered(Batch batch, long offset, int most);

    void delete(BatchId id);

    /// Forgets batches that ended before.
    int purge(Instant endedBefore);

    /// How many batches there are that are not over.
    int open();

    /// @param from how many numbers were dealt with before
    /// @param to and after
    record Numbers(long from, long to) {}

    /// @param kinds empty for all
    /// @param spaces those of a caller, empty for all
    record Filter(@Nullable String product, Set<Batch.Kind> kinds, Set<Batch.State> states, Set<String> spaces) {
        public static final Filter ALL = new Filter(null, Set.of(), Set.of(), Set.of());

        public Filter {
            kinds = Set.copyOf(kinds);
            states = Set.copyOf(states);
            spaces = Set.copyOf(spaces);
        }

        Filter within(Set<String> spaces) {
            return new Filter(product, kinds, states, spaces);
        }
    }

    /// @param name of one target, null for all
    record TargetFilter(Set<Target.State> states, @Nullable String name) {
        public static final TargetFilter ALL = new TargetFilter(Set.of(), null);

        public TargetFilter {
            states = Set.copyOf(states);
        }
    }
}
