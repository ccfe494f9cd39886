package io.berth.stream;

import io.berth.testing.MemoryLog;
import org.jspecify.annotations.Nullable;

/// The log other tests use keeps the promises of a real one.
final class MemoryLogTest extends DurableLogContract {
    private @Nullable MemoryLog last;

    @Override
    protected DurableLog open() {
        MemoryLog opened = last == null ? new MemoryLog(3) : new MemoryLog(last);
        last = opened;
        return opened;
    }

    @Override
    protected AutoCloseable stall() {
        MemoryLog stalled = (MemoryLog) log;
        stalled.hold();
        return stalled::proceed;
    }
}
