package io.berth.stream.amqp;

import io.berth.stream.group.Consumer.Settlement;
import java.util.Locale;
import java.util.Optional;
import org.apache.qpid.protonj2.types.messaging.Accepted;
import org.apache.qpid.protonj2.types.messaging.Modified;
import org.apache.qpid.protonj2.types.messaging.Outcome;
import org.apache.qpid.protonj2.types.messaging.Rejected;
import org.apache.qpid.protonj2.types.messaging.Released;
import org.apache.qpid.protonj2.types.messaging.Source;
import org.jspecify.annotations.Nullable;

/// What AMQP's delivery states mean to a group.
final class Outcomes {
    private Outcomes() {}

    /// Empty when it is not an outcome, or not yet.
    static Optional<Settlement> of(@Nullable Object state) {
        return Optional.ofNullable(
                switch (state) {
                    case Accepted _ -> Settlement.ACCEPTED;
                    case Rejected _ -> Settlement.REJECTED;
                    case Released _ -> Settlement.RELEASED;
                    case Modified modified ->
                        modified.isDeliveryFailed() || modified.isUndeliverableHere()
                                ? Settlement.FAILED
                                : Settlement.RELEASED;
                    case null, default -> null;
                });
    }

    /// What settling without any outcome means: the default of the link's source, or that it was not taken (AMQP 1.0
    /// part 3.4).
    static Settlement ofSilence(@Nullable Source source) {
        Outcome standard = source == null ? null : source.getDefaultOutcome();
        return of(standard).orElse(Settlement.RELEASED);
    }

    /// The stable word that is counted.
    static String word(Settlement settlement) {
        return settlement.name().toLowerCase(Locale.ROOT);
    }
}
