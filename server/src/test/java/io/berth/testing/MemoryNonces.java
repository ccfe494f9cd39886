package io.berth.testing;

import io.berth.core.caller.NonceJournal;
import io.berth.core.caller.Nonces;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A journal in memory.
public final class MemoryNonces implements NonceJournal {
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(long slice, long mark) {}

    public static Nonces nonces(int max, InstantSource clock) {
        return new Nonces(new MemoryNonces(), max, clock);
    }

    @Override
    public void append(long slice, long mark) {
        entries.add(new Entry(slice, mark));
    }

    @Override
    public void replay(Reader reader) {
        entries.forEach(entry -> reader.read(entry.slice(), entry.mark()));
    }

    @Override
    public void forgetBefore(long slice) {
        entries.removeIf(entry -> entry.slice() < slice);
    }
}
