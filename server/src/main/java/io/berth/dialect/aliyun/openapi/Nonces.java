package io.berth.dialect.aliyun.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/// The nonces of the last half hour, as 64 bits of their digest: a call that is sent again has one of them
/// (spec aliyun-openapi 2.1.7). Remembered for twice as long as a date may be from now, in memory: a start
/// forgets them. When there is no room left nothing is forgotten early, calls are refused instead. Any
/// thread.
final class Nonces {
    private static final Duration SLICE = Duration.ofMinutes(5);
    private static final int SLICES = 7;

    private final int max;
    private final InstantSource clock;
    /// The newest last.
    private final Deque<Slice> slices = new ArrayDeque<>();

    private int remembered;

    private record Slice(long number, Marks used) {}

    Nonces(int max, InstantSource clock) {
        this.max = max;
        this.clock = clock;
    }

    enum Verdict {
        NEW,
        USED,
        NO_ROOM
    }

    /// Uses it up when it is new.
    synchronized Verdict use(String keyId, String nonce) {
        long now = clock.millis() / SLICE.toMillis();
        while (!slices.isEmpty() && slices.getFirst().number() <= now - SLICES) {
            remembered -= slices.removeFirst().used().size();
        }
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
        if (slices.isEmpty() || slices.getLast().number() < now) {
            slices.addLast(new Slice(now, new Marks()));
        }
        slices.getLast().used().add(mark);
        remembered++;
        return Verdict.NEW;
    }

    private static long mark(String keyId, String nonce) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(keyId.getBytes(UTF_8));
            digest.update((byte) 0);
            return ByteBuffer.wrap(digest.digest(nonce.getBytes(UTF_8))).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
