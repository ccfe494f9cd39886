package io.berth.core.line;

import io.berth.core.credential.Secret;
import io.berth.core.line.Ask.Proof;
import io.berth.core.line.Ask.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The stations, and which requests are theirs. Blocking; any thread.
public final class Stations {
    private static final int MAX_NONCE = 64;
    private static final int MIN_NONCE = 8;

    /// Stands in for the secret of a station that does not exist, so that its refusal takes the same work.
    private static final Secret NOBODYS = Secret.random();

    private final StationStore store;
    private final LineRules rules;
    private final InstantSource clock;

    public Stations(StationStore store, LineRules rules, InstantSource clock) {
        this.store = store;
        this.rules = rules;
        this.clock = clock;
    }

    /// Adds one with a new secret, which is told this once.
    public Station add(String name, Station.Proof proof, List<Network> networks, List<String> products) {
        Station station = new Station(name, proof, Secret.random(), networks, products, clock.instant());
        store.insert(station, rules.maxStations());
        return station;
    }

    public List<Station> list() {
        return store.list();
    }

    /// NOT_FOUND.
    public void remove(String name) {
        store.delete(name);
    }

    /// Forgets nonces that are too old to come again. To be called every minute or so.
    public void purge() {
        store.forgetNonces(clock.instant());
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
            case Proof.Token token -> {
                Optional<Station> station = find(token.station(), Station.Proof.TOKEN);
                boolean right = token.secret().equals(secretOf(station));
                yield verdict(station, right, ask);
            }
            case Proof.Signature signature -> signed(signature, ask, purpose);
        };
    }

    private Verdict signed(Proof.Signature signature, Ask ask, Purpose purpose) {
        Optional<Station> station = find(signature.station(), Station.Proof.KEY);
        boolean right = signature.isMadeWith(secretOf(station), purpose, ask.deviceId());
        Verdict verdict = verdict(station, right, ask);
        if (!(verdict instanceof Verdict.Known)) {
            return verdict;
        }
        Instant now = clock.instant();
        Duration skew = rules.clockSkew();
        if (Math.abs(now.toEpochMilli() - (double) signature.time()) > skew.toMillis()) {
            return new Verdict.Unknown(Denial.CLOCK_SKEW);
        }
        int length = signature.nonce().length();
        if (length < MIN_NONCE || length > MAX_NONCE) {
            return new Verdict.Unknown(Denial.NO_PROOF);
        }
        // only who holds the key gets this far: strangers fill no table
        Instant until = now.plus(skew.multipliedBy(2));
        return store.use(signature.station(), signature.nonce(), until)
                ? verdict
                : new Verdict.Unknown(Denial.REPLAYED);
    }

    private static Verdict verdict(Optional<Station> station, boolean right, Ask ask) {
        if (station.isEmpty()) {
            return new Verdict.Unknown(Denial.UNKNOWN_STATION);
        }
        if (!right) {
            return new Verdict.Unknown(Denial.WRONG_PROOF);
        }
        return station.get().isReachedFrom(ask.address())
                ? new Verdict.Known(station.get())
                : new Verdict.Unknown(Denial.WRONG_NETWORK);
    }

    private Optional<Station> find(String name, Station.Proof proof) {
        return store.find(name).filter(station -> station.proof() == proof);
    }

    private static Secret secretOf(Optional<Station> station) {
        return station.map(Station::secret).orElse(NOBODYS);
    }
}
