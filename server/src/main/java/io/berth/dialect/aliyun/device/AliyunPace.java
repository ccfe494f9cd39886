package io.berth.dialect.aliyun.device;

import java.time.InstantSource;

/// Counts what one gateway does within a second of the clock. On the session's lane only.
final class AliyunPace {
    private final int perSecond;
    private final InstantSource clock;
    private long second;
    private int done;

    /// @param perSecond 0 for any number
    AliyunPace(int perSecond, InstantSource clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /// Whether so many more may be done now; if so, they count.
    boolean admits(int more) {
        long now = clock.millis() / 1000;
        if (now != second) {
            second = now;
            done = 0;
        }
        boolean fits = perSecond == 0 || done + more <= perSecond;
        done += fits ? more : 0;
        return fits;
    }
}
