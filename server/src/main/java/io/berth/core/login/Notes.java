package io.berth.core.login;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Numbers under names, of at most so many: the next run finds them as this one left them, however it ended.
/// They may change with every message, so a change costs no commit: a power failure may take those of the last
/// seconds. Beyond the bound the oldest is forgotten. Any thread; waits for nothing but the kernel.
public interface Notes {
    /// From now on there is this value under the name, and no other.
    ///
    /// @param expires when nobody will ask for it any more
    Note keep(String name, long value, Instant expires);

    /// What is kept under the name; null when nothing is, or is no more.
    @Nullable
    Note find(String name);

    /// One number that is kept.
    interface Note {
        long value();

        void set(long value);
    }
}
