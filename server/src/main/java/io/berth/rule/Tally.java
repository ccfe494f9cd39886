package io.berth.rule;

import io.berth.core.Payload;
import io.berth.core.rule.RuleEngine.Refusal;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What became of the messages of an action since it began. Any thread.
final class Tally {
    private static final int MAX_REASON = 200;

    /// A shorter body is as likely a part of what the destination says anyway.
    private static final int LEAST_QUOTE = 8;

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

    /// Whoever may see how a rule is doing need not be one who may see what devices say: the reason is short,
    /// and where a destination quotes the message in it, it is left out.
    void refused(String reason, Payload body) {
        refused.increment();
        String quote = body.text();
        String said =
                (quote.length() < LEAST_QUOTE ? reason : reason.replace(quote, "…")).replaceAll("\\p{Cntrl}+", " ");
        lastRefusal =
                new Refusal(clock.instant(), said.length() <= MAX_REASON ? said : said.substring(0, MAX_REASON) + "…");
    }

    long refused() {
        return refused.sum();
    }

    @Nullable
    Refusal lastRefusal() {
        return lastRefusal;
    }
}
