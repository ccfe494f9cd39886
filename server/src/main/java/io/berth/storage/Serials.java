package io.berth.storage;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;

/// Gives what is registered a place by age: 24 hex digits that grow with time, as Huawei's `marker` has them
/// (spec huawei-iotda 7). Twelve are the millisecond, four count within it, eight tell this process from
/// others. Any thread.
final class Serials {
    private static final HexFormat HEX = HexFormat.of();
    private static final int COUNT_BITS = 16;

    private final InstantSource clock;
    private final String process = HEX.toHexDigits(new SecureRandom().nextInt());
    private long last;

    Serials(InstantSource clock) {
        this.clock = clock;
    }

    String next() {
        return HEX.toHexDigits(number()) + process;
    }

    /// Grows even while the clock stands still, or is set back.
    private synchronized long number() {
        last = Math.max(last + 1, clock.millis() << COUNT_BITS);
        return last;
    }
}
