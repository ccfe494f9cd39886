package io.berth.core.batch;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Keeps the targets of a batch while they are still being read: a list may be longer than the memory. One
/// thread.
final class Gathering implements Consumer<Target> {
    private final BatchStore store;
    private final BatchId batch;
    private final UnaryOperator<List<Target>> look;
    private final BatchLimits limits;
    private final List<Target> part = new ArrayList<>();
    private long count;

    /// @param look what is seen in each part before it is kept
    Gathering(BatchStore store, BatchId batch, UnaryOperator<List<Target>> look, BatchLimits limits) {
        this.store = store;
        this.batch = batch;
        this.look = look;
        this.limits = limits;
    }

    /// LIMIT_REACHED when there are too many.
    @Override
    public void accept(Target target) {
        if (++count > limits.maxGathered()) {
            throw new ProblemException(
                    Problem.LIMIT_REACHED,
                    "a list has at most " + limits.maxGathered() + " devices (batch.max-gathered)");
        }
        part.add(target);
        if (part.size() == limits.chunk()) {
            keep();
        }
    }

    /// INVALID_ARGUMENT when there was none.
    void end() {
        require(count > 0, "a batch has at least one target");
        if (!part.isEmpty()) {
            keep();
        }
    }

    private void keep() {
        store.append(batch, look.apply(part));
        part.clear();
    }
}
