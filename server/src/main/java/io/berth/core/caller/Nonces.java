package io.berth.core.caller;

import io.berth.core.credential.Sha256;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/// What made signed calls unique in the last half hour, as 64 bits of its digest: a call that is sent again has
/// one of them. Remembered for twice as long as a date may be from now, in memory and, for the next start, in a
/// journal. When there is no room left nothing is forgotten early, calls are refused instead. Any thread.
public final class Nonces {
    private static final Duration SLICE = Duration.ofMinutes(5);
    private static final int SLICES = 7;

    private final NonceJournal journal;
    private final int max;
    private final InstantSource clock;
    /// The newest last.
    private final Deque<Slice> slices = new ArrayDeque<>();

    private int remembered;

    private record Slice(long number, Marks used) {}

    public Nonces(NonceJournal journal, int max, InstantSource clock) {
        this.journal = journal;
        this.max = max;
        this.clock = clock;
        journal.replay(this::remember);
    }

    public enum Verdict {
        NEW,
        USED,
        /// As many as may be are remembered.
        NO_ROOM
    }

    /// Uses it up when it is new. STORAGE_UNAVAILABLE when a start would forget it.
    public synchronized Verdict use(String keyId, String nonce) {
        long now = clock.millis() / SLICE.toMillis();
        forgetBefore(now - SLICES + 1);
        long mark = mark(keyId, nonce);
        for (Slice slice : slices) {
            if (slice.used().contains(mark)) {
                return Verdict.USED;
            }
        }
        if (remembered >= max) {
            return Verdict.NO_ROOM;
        }
        // a clock that is set back goes on in the newest slice
        long number = slices.isEmpty() ? now : Math.max(now, slices.getLast().number());
        journal.append(number, mark);
        remember(number, mark);
        return Verdict.NEW;
    }

    private void remember(long number, long mark) {
        if (slices.isEmpty() || slices.getLast().number() < number) {
            slices.addLast(new Slice(number, new Marks()));
        }
        slices.getLast().used().add(mark);
        remembered++;
    }

    private void forgetBefore(long number) {
        if (slices.isEmpty() || slices.getFirst().number() >= number) {
            return;
        }
        while (!slices.isEmpty() && slices.getFirst().number() < number) {
            remembered -= slices.removeFirst().used().size();
        }
        journal.forgetBefore(number);
    }

    private static long mark(String keyId, String nonce) {
        return ByteBuffer.wrap(Sha256.of(keyId + '\0' + nonce)).getLong();
    }
}
