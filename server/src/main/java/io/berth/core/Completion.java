package io.berth.core;

import org.jspecify.annotations.Nullable;

/// Hears once, from any thread, that something was done for good or could not be. Must not block.
@FunctionalInterface
public interface Completion {
    /// `failure` is null on success.
    void done(@Nullable Throwable failure);

    Completion IGNORED = failure -> {};

    /// One that passes on the first failure, or success after `parts` successes.
    static Completion ofAll(int parts, Completion whole) {
        return parts == 1 ? whole : new AllOf(parts, whole);
    }
}
