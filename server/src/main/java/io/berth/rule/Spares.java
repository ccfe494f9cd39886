package io.berth.rule;

import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;

/// Connections that nobody uses between two messages. There are as many as messages were on their way at
/// once: how many that may be is the action's limit, not this one's. Any thread.
public final class Spares<S extends Spares.Spare> implements AutoCloseable {
    private final BlockingDeque<S> spares = new LinkedBlockingDeque<>(io.berth.core.rule.Rule.Policy.MAX_PARALLEL);
    private volatile boolean closed;

    /// A connection that serves one message at a time.
    public interface Spare extends AutoCloseable {
        /// Whether it still works: it may have been cut while it was not used. Blocks.
        boolean isAlive();

        @Override
        void close();
    }

    /// One that works, empty when one must be opened. The caller gives it back or closes it.
    public Optional<S> take() {
        for (S spare = spares.pollFirst(); spare != null; spare = spares.pollFirst()) {
            if (spare.isAlive()) {
                return Optional.of(spare);
            }
            spare.close();
        }
        return Optional.empty();
    }

    public void giveBack(S spare) {
        if (closed || !spares.offerFirst(spare)) {
            spare.close();
        } else if (closed) {
            close(); // in between
        }
    }

    @Override
    public void close() {
        closed = true;
        for (S spare = spares.pollFirst(); spare != null; spare = spares.pollFirst()) {
            spare.close();
        }
    }
}
