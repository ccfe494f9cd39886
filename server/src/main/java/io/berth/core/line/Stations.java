package io.berth.core.line;

import io.berth.core.caller.Nonces;
import io.berth.core.credential.Secret;
import io.berth.core.line.Ask.Proof;
import io.berth.core.line.Ask.Purpose;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The stations, and which requests are theirs. Blocking; any thread.
public final class Stations {
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

    public Stations(StationStore store, Nonces nonces, LineRules rules, InstantSource clock) {
        this.store = store;
        this.nonces = nonces;
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
