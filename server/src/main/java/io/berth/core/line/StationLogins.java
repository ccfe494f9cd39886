package io.berth.core.line;

import io.berth.core.caller.Nonces;
import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Secret;
import io.berth.core.line.Ask.Proof;
import io.berth.core.line.Ask.Purpose;
import io.berth.core.line.Station.Kind;
import java.time.InstantSource;
import java.util.Optional;

/// Tells which requests are whose. Every request is looked up anew: a station that is removed, or has another
/// proof, is out at once, also on a connection it has open. Blocking; any thread.
public final class StationLogins {
    /// Keeps them apart from those of access keys.
    private static final String NONCES = "station ";

    private static final int MAX_NONCE = 64;
    private static final int MIN_NONCE = 8;

    /// Stands in for the secret of a station that does not exist, so that its refusal takes the same work.
    private static final Secret NOBODYS = Secret.random();

    private final StationStore store;
    private final Nonces nonces;
    private final LineRules rules;
    private final InstantSource clock;

    public StationLogins(StationStore store, Nonces nonces, LineRules rules, InstantSource clock) {
        this.store = store;
        this.nonces = nonces;
        this.rules = rules;
        this.clock = clock;
    }

    sealed interface Verdict {
        record Known(Station station) implements Verdict {}

        record Unknown(Denial why) implements Verdict {}
    }

    /// Whose request it is.
    Verdict recognise(Ask ask, Purpose purpose) {
        if (rules.tlsOnly() && !ask.isPrivate()) {
            return new Verdict.Unknown(Denial.IN_CLEAR);
        }
        return switch (ask.proof()) {
            case null -> new Verdict.Unknown(Denial.NO_PROOF);
            case Proof.Certificate certificate -> shown(certificate, ask);
            case Proof.Token token -> {
                Optional<Station> station = find(token.station(), Kind.TOKEN);
                boolean right = token.secret().equals(secretOf(station));
                yield verdict(station, right, ask);
            }
            case Proof.Signature signature -> signed(signature, ask, purpose);
        };
    }

    /// Not by its name or its subject, which anybody can write.
    private Verdict shown(Proof.Certificate proof, Ask ask) {
        Optional<Station> station = store.find(Fingerprint.of(proof.own()));
        if (station.isEmpty()) {
            return new Verdict.Unknown(Denial.UNKNOWN_CERTIFICATE);
        }
        return new Station.Proof.Certificate(proof.own()).isInTime(clock.instant())
                ? verdict(station, true, ask)
                : new Verdict.Unknown(Denial.CERTIFICATE_EXPIRED);
    }

    private Verdict signed(Proof.Signature signature, Ask ask, Purpose purpose) {
        Optional<Station> station = find(signature.station(), Kind.KEY);
        boolean right = signature.isMadeWith(secretOf(station), purpose, ask.deviceId());
        Verdict verdict = verdict(station, right, ask);
        if (!(verdict instanceof Verdict.Known)) {
            return verdict;
        }
        double skew = (double) clock.millis() - signature.time(); // what was sent may be any number
        if (Math.abs(skew) > rules.clockSkew().toMillis()) {
            return new Verdict.Unknown(Denial.CLOCK_SKEW);
        }
        int length = signature.nonce().length();
        if (length < MIN_NONCE || length > MAX_NONCE) {
            return new Verdict.Unknown(Denial.NO_PROOF);
        }
        // only who holds the key gets this far: strangers use no room up
        return switch (nonces.use(NONCES + signature.station(), signature.nonce())) {
            case NEW -> verdict;
            case USED -> new Verdict.Unknown(Denial.REPLAYED);
            case NO_ROOM -> new Verdict.Unknown(Denial.TOO_OFTEN);
        };
    }

    private static Verdict verdict(Optional<Station> station, boolean right, Ask ask) {
        if (station.isEmpty()) {
            return new Verdict.Unknown(Denial.UNKNOWN_STATION);
        }
        if (!right) {
            return new Verdict.Unknown(Denial.WRONG_PROOF);
        }
        return station.get().isReachedFrom(ask.from().address())
                ? new Verdict.Known(station.get())
                : new Verdict.Unknown(Denial.WRONG_NETWORK);
    }

    private Optional<Station> find(String name, Kind kind) {
        return store.find(name).filter(station -> station.proof().kind() == kind);
    }

    private static Secret secretOf(Optional<Station> station) {
        return station.map(found -> switch (found.proof()) {
                    case Station.Proof.Token(Secret secret) -> secret;
                    case Station.Proof.Key(Secret secret) -> secret;
                    case Station.Proof.Certificate _ -> NOBODYS;
                })
                .orElse(NOBODYS);
    }
}
