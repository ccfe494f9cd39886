package io.berth.core.call;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/// Ids that grow with time, so that calls sort by them: 13 digits of time and turn, then some of chance,
/// which keep two servers apart.
final class CallIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TURN_BITS = 10;
    private static final int CHANCE_BITS = 24;

    private final InstantSource clock;
    private final AtomicLong last = new AtomicLong();

    CallIds(InstantSource clock) {
        this.clock = clock;
    }

    String next() {
        long turn = last.accumulateAndGet(clock.millis() << TURN_BITS, (before, now) -> Math.max(before + 1, now));
        return HexFormat.of().toHexDigits(turn, 13)
                + HexFormat.of().toHexDigits(RANDOM.nextLong(1L << CHANCE_BITS), CHANCE_BITS / 4);
    }
}
