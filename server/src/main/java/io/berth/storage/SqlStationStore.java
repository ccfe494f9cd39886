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
        Station.Proof proof = station.proof();
        int inserted = database.write(LANE, sql -> {
            if (sql.one("SELECT COUNT(*) FROM line_station", Row::number).orElse(0L) >= most) {
                throw new ProblemException(Problem.LIMIT_REACHED, "there are " + most + " stations already");
            }
            demandOwn(sql, station.name(), proof);
            return sql.update(
                    "INSERT INTO line_station (" + COLUMNS + ", fingerprint)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING",
                    station.name(),
                    proof.kind(),
                    sealed(station.name(), proof),
                    encoded(proof),
                    station.networks().stream().map(Network::toString).collect(Collectors.joining("\n")),
                    String.join("\n", station.products()),
                    station.created(),
                    fingerprint(proof));
        });
        if (inserted == 0) {
            throw new ProblemException(
                    Problem.VERSION_CONFLICT, "a station is called \"" + station.name() + "\" already");
        }
    }

    @Override
    public void replace(String name, Station.Proof proof) {
        int replaced = database.write(LANE, sql -> {
            demandOwn(sql, name, proof);
            return sql.update(
                    "UPDATE line_station SET proof = ?, secret = ?, certificate = ?, fingerprint = ? WHERE name = ?",
                    proof.kind(),
                    sealed(name, proof),
                    encoded(proof),
                    fingerprint(proof),
                    name);
        });
        if (replaced == 0) {
            throw Stations.notFound(name);
        }
    }

    private static void demandOwn(Sql sql, String name, Station.Proof proof) throws SQLException {
        Optional<String> other = sql.one(
                "SELECT name FROM line_station WHERE fingerprint = ? AND name <> ?",
                Row::text,
                fingerprint(proof),
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
    public boolean hasCertificates() {
        return database.read(sql ->
                        sql.one("SELECT name FROM line_station WHERE fingerprint IS NOT NULL LIMIT 1", Row::text))
                .isPresent();
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

    private byte @Nullable [] sealed(String name, Station.Proof proof) {
        return switch (proof) {
            case Station.Proof.Token(Secret secret) -> cipher.seal(secret, SecretCipher.rowOfStation(name));
            case Station.Proof.Key(Secret secret) -> cipher.seal(secret, SecretCipher.rowOfStation(name));
            case Station.Proof.Certificate _ -> null;
        };
    }

    private static byte @Nullable [] encoded(Station.Proof proof) {
        return proof instanceof Station.Proof.Certificate shown
                ? SqlCertificateStore.encoded(shown.certificate())
                : null;
    }

    private static @Nullable String fingerprint(Station.Proof proof) {
        return proof instanceof Station.Proof.Certificate shown
                ? shown.fingerprint().hex()
                : null;
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
            case CERTIFICATE -> new Station.Proof.Certificate(SqlCertificateStore.decoded(requireNonNull(certificate)));
        };
    }

    private Secret opened(String name, byte @Nullable [] secret) {
        return cipher.open(requireNonNull(secret), SecretCipher.rowOfStation(name));
    }
}
