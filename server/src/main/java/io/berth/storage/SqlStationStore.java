package io.berth.storage;

import static java.util.Objects.requireNonNull;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Secret;
import io.berth.core.line.Network;
import io.berth.core.line.Station;
import io.berth.core.line.StationStore;
import io.berth.core.line.Stations;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Stations of the line.
final class SqlStationStore implements StationStore {
    private static final String LANE = "line-stations";
    private static final String COLUMNS = "name, proof, secret, certificate, networks, products, created";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM line_station ";

    private final Database database;
    private final SecretCipher cipher;

    SqlStationStore(Database database, SecretCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    @Override
    public void insert(Station station, int most) {
        Proven proven = proven(station.name(), station.proof());
        int inserted = database.write(LANE, sql -> {
            if (sql.one("SELECT COUNT(*) FROM line_station", Row::number).orElse(0L) >= most) {
                throw new ProblemException(Problem.LIMIT_REACHED, "there are " + most + " stations already");
            }
            demandOwn(sql, station.name(), proven);
            return sql.update(
                    "INSERT INTO line_station (" + COLUMNS + ", fingerprint)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
                    station.name(),
                    station.proof().kind(),
                    proven.secret(),
                    proven.certificate(),
                    station.networks().stream().map(Network::toString).collect(Collectors.joining("\n")),
                    String.join("\n", station.products()),
                    station.created(),
                    proven.fingerprint());
        });
        if (inserted == 0) {
            throw new ProblemException(
                    Problem.VERSION_CONFLICT, "a station is called \"" + station.name() + "\" already");
        }
    }

    @Override
    public void replace(String name, Station.Proof proof) {
        Proven proven = proven(name, proof);
        int replaced = database.write(LANE, sql -> {
            demandOwn(sql, name, proven);
            return sql.update(
                    "UPDATE line_station SET proof = ?, secret = ?, certificate = ?, fingerprint = ? WHERE name = ?",
                    proof.kind(),
                    proven.secret(),
                    proven.certificate(),
                    proven.fingerprint(),
                    name);
        });
        if (replaced == 0) {
            throw Stations.notFound(name);
        }
    }

    private static void demandOwn(Sql sql, String name, Proven proven) throws SQLException {
        if (proven.fingerprint() == null) {
            return;
        }
        Optional<String> other = sql.one(
                "SELECT name FROM line_station WHERE fingerprint = ? AND name <> ?",
                Row::text,
                proven.fingerprint(),
                name);
        if (other.isPresent()) {
            throw new ProblemException(
                    Problem.VERSION_CONFLICT, "station \"" + other.get() + "\" has this certificate");
        }
    }

    @Override
    public Optional<Station> find(String name) {
        return database.read(sql -> sql.one(SELECT + "WHERE name = ?", this::station, name));
    }

    @Override
    public Optional<Station> find(Fingerprint certificate) {
        return database.read(sql -> sql.one(SELECT + "WHERE fingerprint = ?", this::station, certificate.hex()));
    }

    @Override
    public List<Station> list() {
        return database.read(sql -> sql.list(SELECT + "ORDER BY name", this::station));
    }

    @Override
    public void delete(String name) {
        if (database.write(LANE, sql -> sql.update("DELETE FROM line_station WHERE name = ?", name)) == 0) {
            throw Stations.notFound(name);
        }
    }

    /// A proof as its columns have it.
    private record Proven(
            byte @Nullable [] secret, byte @Nullable [] certificate, @Nullable String fingerprint) {}

    private Proven proven(String name, Station.Proof proof) {
        return switch (proof) {
            case Station.Proof.Token(Secret secret) -> new Proven(sealed(name, secret), null, null);
            case Station.Proof.Key(Secret secret) -> new Proven(sealed(name, secret), null, null);
            case Station.Proof.Certificate shown ->
                new Proven(
                        null,
                        SqlCertificateStore.encoded(shown.certificate()),
                        shown.fingerprint().hex());
        };
    }

    private byte[] sealed(String name, Secret secret) {
        return cipher.seal(secret, SecretCipher.rowOfStation(name));
    }

    private Station station(Row row) throws SQLException {
        String name = row.text();
        return new Station(
                name,
                proof(name, row),
                row.text().lines().map(Network::of).toList(),
                row.text().lines().toList(),
                row.instant());
    }

    private Station.Proof proof(String name, Row row) throws SQLException {
        Station.Kind kind = row.word(Station.Kind.class);
        byte[] secret = row.bytesOrNull();
        byte[] certificate = row.bytesOrNull();
        return switch (kind) {
            case TOKEN -> new Station.Proof.Token(opened(name, secret));
            case KEY -> new Station.Proof.Key(opened(name, secret));
            case CERTIFICATE ->
                new Station.Proof.Certificate(SqlCertificateStore.decoded(requireNonNull(certificate)));
        };
    }

    private Secret opened(String name, byte @Nullable [] secret) {
        return cipher.open(requireNonNull(secret), SecretCipher.rowOfStation(name));
    }
}
