package io.berth.core;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Waits for several parts; the whole fails when one does.
final class AllOf implements Completion {
    private final AtomicInteger open;
    private final Completion whole;
    private volatile @Nullable Throwable failure;

    AllOf(int parts, Completion whole) {
        this.open = new AtomicInteger(parts);
        this.whole = whole;
    }

    @Override
    public void done(@Nullable Throwable failed) {
        if (failed != null) {
            failure = failed;
        }
        if (open.decrementAndGet() == 0) {
            whole.done(failure);
        }
    }
}
