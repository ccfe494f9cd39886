package io.berth.core.line;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.certificate.Mint;
import io.berth.core.certificate.Mint.Minted;
import io.berth.core.certificate.Pem;
import io.berth.core.certificate.PlatformAuthority;
import io.berth.core.credential.Secret;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may fetch identities. Blocking but for [#showCertificates]; any thread.
public final class Stations {
    /// What certificates made for stations say they are.
    private static final String UNIT = "line station";

    private final StationStore store;
    private final PlatformAuthority authority;
    private final LineRules rules;
    private final InstantSource clock;
    private volatile boolean certificates;

    /// Looks whether there are any that show certificates.
    public Stations(StationStore store, PlatformAuthority authority, LineRules rules, InstantSource clock) {
        this.store = store;
        this.authority = authority;
        this.rules = rules;
        this.clock = clock;
        lookForCertificates();
    }

    /// How a station is to prove itself.
    public sealed interface Wanted {
        record Token() implements Wanted {}

        record Key() implements Wanted {}

        /// By a certificate that it has.
        record Own(X509Certificate certificate) implements Wanted {}

        /// By one that the platform makes for it.
        record Made(PlatformAuthority.Order order) implements Wanted {}
    }

    /// What came of it.
    ///
    /// @param privateKey PEM, of a certificate that was made; kept nowhere. Null where none was
    public record Told(Station station, @Nullable String privateKey) {}

    /// Adds one; its secret or its key is told this once. VERSION_CONFLICT, LIMIT_REACHED.
    public Told add(String name, Wanted wanted, List<Network> networks, List<String> products) {
        Station.requireName(name);
        Given given = give(name, wanted);
        Station station = new Station(name, given.proof(), networks, products, clock.instant());
        store.insert(station, rules.maxStations());
        lookForCertificates();
        return new Told(station, given.privateKey());
    }

    /// Gives it another proof; the one before is worth nothing from now on. NOT_FOUND, VERSION_CONFLICT.
    public Told rotate(String name, Wanted wanted) {
        Given given = give(get(name).name(), wanted);
        store.replace(name, given.proof());
        lookForCertificates();
        return new Told(get(name), given.privateKey());
    }

    /// NOT_FOUND.
    public Station get(String name) {
        return store.find(name).orElseThrow(() -> notFound(name));
    }

    public static ProblemException notFound(String name) {
        return new ProblemException(Problem.NOT_FOUND, "there is no station \"" + name + "\"");
    }

    public List<Station> list() {
        return store.list();
    }

    /// NOT_FOUND.
    public void remove(String name) {
        store.delete(name);
        lookForCertificates();
    }

    /// Whether some station proves itself by a certificate, so that it must be asked for one. Never blocks.
    public boolean showCertificates() {
        return certificates;
    }

    /// To be called every second or so: another node may have added one. One at a time, so that what is read
    /// later is also remembered later.
    public synchronized void lookForCertificates() {
        certificates = store.hasCertificates();
    }

    private record Given(Station.Proof proof, @Nullable String privateKey) {}

    private Given give(String name, Wanted wanted) {
        return switch (wanted) {
            case Wanted.Token _ -> new Given(new Station.Proof.Token(Secret.random()), null);
            case Wanted.Key _ -> new Given(new Station.Proof.Key(Secret.random()), null);
            case Wanted.Own(X509Certificate certificate) -> {
                Station.Proof.Certificate own = new Station.Proof.Certificate(certificate);
                require(clock.instant().isBefore(own.expires()), "the certificate ended at " + own.expires());
                yield new Given(own, null);
            }
            case Wanted.Made(PlatformAuthority.Order order) -> {
                Minted made = authority.issue(new Mint.Holder(UNIT, name), order);
                yield new Given(new Station.Proof.Certificate(made.certificate()), Pem.key(made.key()));
            }
        };
    }
}
