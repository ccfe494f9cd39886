package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.Fingerprint;
import io.berth.core.line.Station;
import io.berth.core.line.StationStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Stations as long as a test lasts. One thread.
public final class MemoryStations implements StationStore {
    private final Map<String, Station> stations = new TreeMap<>();

    @Override
    public void insert(Station station, int most) {
        stations.put(station.name(), station);
    }

    @Override
    public Optional<Station> find(String name) {
        return Optional.ofNullable(stations.get(name));
    }

    @Override
    public Optional<Station> find(Fingerprint certificate) {
        return stations.values().stream()
                .filter(station -> station.proof() instanceof Station.Proof.Certificate shown
                        && shown.fingerprint().equals(certificate))
                .findFirst();
    }

    @Override
    public void replace(String name, Station.Proof proof) {
        Station old = find(name).orElseThrow();
        stations.put(name, new Station(name, proof, old.networks(), old.products(), old.created()));
    }

    @Override
    public boolean hasCertificates() {
        return stations.values().stream().anyMatch(station -> station.proof().kind() == Station.Kind.CERTIFICATE);
    }

    @Override
    public List<Station> list() {
        return List.copyOf(stations.values());
    }

    @Override
    public void delete(String name) {
        if (stations.remove(name) == null) {
            throw new ProblemException(Problem.NOT_FOUND, name);
        }
    }
}
