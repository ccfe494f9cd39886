package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.api.Route.Nothing;
import io.berth.core.caller.Area;
import io.berth.core.certificate.Pem;
import io.berth.core.certificate.PlatformAuthority;
import io.berth.core.credential.Secret;
import io.berth.core.line.Line;
import io.berth.core.line.Network;
import io.berth.core.line.Station;
import io.berth.core.line.Stations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Stations of a factory line.
public final class StationRoutes implements NativeApi.Group {
    private final Line line;

    public StationRoutes(Line line) {
        this.line = line;
    }

    @Override
    public List<Route<?, ?>> routes() {
        return List.of(
                Route.get(
                        "/line/stations",
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Lists who may fetch identities for devices",
                        Nothing.class,
                        StationList.class,
                        call -> new StationList(line.of(call.rights()).stations().stream()
                                .map(ShownStation::of)
                                .toList())),
                Route.create(
                                "/line/stations",
                                Demand.administer(Area.DEVICES).withinSpaces(),
                                "Lets a station fetch identities for devices",
                                NewStation.class,
                                AddedStation.class,
                                this::add)
                        .about(NewStation::name),
                Route.post(
                        "/line/stations/{station}/proof",
                        Demand.administer(Area.DEVICES).withinSpaces(),
                        "Gives a station another secret or certificate in place of the one it has",
                        NewProof.class,
                        AddedStation.class,
                        this::rotate),
                Route.delete(
                        "/line/stations/{station}",
                        Demand.administer(Area.DEVICES).withinSpaces(),
                        "Shuts a station out",
                        Nothing.class,
                        call -> line.stations().remove(reached(call).name())));
    }

    /// @param proof `token` unless told otherwise; `certificate` makes one
    /// @param certificate PEM, one that the station has already
    /// @param days how long a certificate that is made is valid
    /// @param networks where its requests come from, as 10.3.0.0/16
    /// @param products the keys of those it is given identities of; all when absent
    public record NewStation(
            String name,
            Station.@Nullable Kind proof,
            @Nullable String certificate,
            @Nullable Long days,
            List<String> networks,
            @Nullable List<String> products) {
        private NewProof ownProof() {
            return new NewProof(proof, certificate, days);
        }
    }

    /// @param proof the kind it has unless told otherwise; and as when it was added
    public record NewProof(
            Station.@Nullable Kind proof,
            @Nullable String certificate,
            @Nullable Long days) {
        private Stations.Wanted wanted(Station.Kind usual) {
            if (certificate != null) {
                require(
                        days == null && (proof == null || proof == Station.Kind.CERTIFICATE),
                        "a station that brings its certificate takes neither another proof nor days");
                return new Stations.Wanted.Own(Pem.certificate(certificate));
            }
            return switch (Objects.requireNonNullElse(proof, usual)) {
                case TOKEN -> new Stations.Wanted.Token();
                case KEY -> new Stations.Wanted.Key();
                case CERTIFICATE ->
                    new Stations.Wanted.Made(
                            new PlatformAuthority.Order(null, days == null ? null : Duration.ofDays(days)));
            };
        }
    }

    /// @param secret shown this once: a station of kind `token` sends it whole as its bearer token, one of
    /// kind `key` signs with it
    /// @param certificate PEM, of a station of kind `certificate`
    /// @param privateKey PEM, shown this once, of a certificate that was made
    public record AddedStation(
            String name,
            Station.Kind proof,
            @Nullable String secret,
            @Nullable String certificate,
            @Nullable String privateKey,
            @Nullable String sha256,
            @Nullable Instant expires) {
        private static AddedStation of(Stations.Told told) {
            String name = told.station().name();
            return switch (told.station().proof()) {
                case Station.Proof.Token(Secret secret) -> secret(told.station(), name + "." + secret.reveal());
                case Station.Proof.Key(Secret secret) -> secret(told.station(), secret.reveal());
                case Station.Proof.Certificate shown ->
                    new AddedStation(
                            name,
                            shown.kind(),
                            null,
                            Pem.of(shown.certificate()),
                            told.privateKey(),
                            shown.fingerprint().hex(),
                            shown.expires());
            };
        }

        private static AddedStation secret(Station station, String secret) {
            return new AddedStation(station.name(), station.proof().kind(), secret, null, null, null, null);
        }
    }

    /// @param sha256 of its certificate, when it has one
    /// @param expires when that ends
    public record ShownStation(
            String name,
            Station.Kind proof,
            @Nullable String sha256,
            @Nullable Instant expires,
            List<String> networks,
            List<String> products,
            Instant created) {
        private static ShownStation of(Station station) {
            Station.Proof.@Nullable Certificate certificate =
                    station.proof() instanceof Station.Proof.Certificate shown ? shown : null;
            return new ShownStation(
                    station.name(),
                    station.proof().kind(),
                    certificate == null ? null : certificate.fingerprint().hex(),
                    certificate == null ? null : certificate.expires(),
                    station.networks().stream().map(Network::toString).toList(),
                    station.products(),
                    station.created());
        }
    }

    public record StationList(List<ShownStation> items) {}

    private AddedStation add(Call<NewStation> call) {
        NewStation wanted = call.input();
        List<String> products = Objects.requireNonNullElse(wanted.products(), List.of());
        line.of(call.rights()).demandServed(products);
        return AddedStation.of(line.stations()
                .add(
                        wanted.name(),
                        wanted.ownProof().wanted(Station.Kind.TOKEN),
                        wanted.networks().stream().map(Network::of).toList(),
                        products));
    }

    private AddedStation rotate(Call<NewProof> call) {
        Station station = reached(call);
        return AddedStation.of(line.stations()
                .rotate(station.name(), call.input().wanted(station.proof().kind())));
    }

    private Station reached(Call<?> call) {
        return line.of(call.rights()).station(call.path("station"));
    }
}
