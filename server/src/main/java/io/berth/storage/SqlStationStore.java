package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.line.Network;
import io.berth.core.line.Station;
import io.berth.core.line.StationStore;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Stations of the line.
final class SqlStationStore implements StationStore {
    private static final String LANE = "line-stations";
    private static final String COLUMNS = "name, proof, secret, networks, products, created";

    private final Database database;
    private final SecretCipher cipher;

    SqlStationStore(Database database, SecretCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    @Override
    public void insert(Station station, int most) {
        int inserted = database.write(LANE, sql -> {
            if (sql.one("SELECT COUNT(*) FROM line_station", Row::number).orElse(0L) >= most) {
                throw new ProblemException(Problem.LIMIT_REACHED, "there are " + most + " stations already");
            }
            return sql.update(
                    "INSERT INTO line_station (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    station.name(),
                    station.proof(),
                    cipher.seal(station.secret(), SecretCipher.rowOfStation(station.name())),
                    station.networks().stream().map(Network::toString).collect(Collectors.joining("\n")),
                    String.join("\n", station.products()),
                    station.created());
        });
        if (inserted == 0) {
            throw new ProblemException(
                    Problem.VERSION_CONFLICT, "a station is called \"" + station.name() + "\" already");
        }
    }

    @Override
    public Optional<Station> find(String name) {
        return database.read(
                sql -> sql.one("SELECT " + COLUMNS + " FROM line_station WHERE name = ?", this::station, name));
    }

    @Override
    public List<Station> list() {
        return database.read(sql -> sql.list("SELECT " + COLUMNS + " FROM line_station ORDER BY name", this::station));
    }

    @Override
    public void delete(String name) {
        if (database.write(LANE, sql -> sql.update("DELETE FROM line_station WHERE name = ?", name)) == 0) {
            throw new ProblemException(Problem.NOT_FOUND, "there is no station \"" + name + "\"");
        }
    }

    private Station station(Row row) throws SQLException {
        String name = row.text();
        return new Station(
                name,
                row.word(Station.Proof.class),
                cipher.open(row.bytes(), SecretCipher.rowOfStation(name)),
                row.text().lines().map(Network::of).toList(),
                row.text().lines().toList(),
                row.instant());
    }
}
