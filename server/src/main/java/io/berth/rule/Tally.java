package io.berth.rule;

import io.berth.core.Payload;
import io.berth.core.rule.RuleEngine.Refusal;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What became of the messages of an action since it began. Any thread.
final class Tally {
    private static final int MAX_REASON = 200;

    /// By so much of its beginning a body is known again; a shorter one is as likely what is said anyway.
    private static final int LEAST_QUOTE = 8;

    private static final int QUOTE = 16;

    final LongAdder matched = new LongAdder();
    final LongAdder sent = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder faulted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final InstantSource clock;
    private volatile @Nullable Refusal lastRefusal;

    Tally(InstantSource clock) {
        this.clock = clock;
    }

    void refused(String reason, Payload body) {
        refused.increment();
        lastRefusal = new Refusal(clock.instant(), shown(reason, body.text()));
    }

    /// Whoever may see how a rule is doing need not be one who may see what devices say. Destinations echo
    /// messages, and cut them short: from where the reason begins to quote the message it is left out.
    private static String shown(String reason, String message) {
        String line = reason.replaceAll("\\p{Cntrl}+", " ");
        int quoted = message.length() < LEAST_QUOTE
                ? -1
                : line.indexOf(message.substring(0, Math.min(message.length(), QUOTE)));
        int end = Math.min(quoted < 0 ? line.length() : quoted, MAX_REASON);
        return end == line.length() ? line : line.substring(0, end) + "…";
    }

    long refused() {
        return refused.sum();
    }

    @Nullable
    Refusal lastRefusal() {
        return lastRefusal;
    }
}
