package io.berth;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.LineClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// Stations at addresses of their own that burn one batch together, and the ledger of what they were told. What
/// they were not told, because the server ended first, is not in it.
final class Burners {
    static final int STATIONS = 4;

    private final String token;
    private final List<String> ids;
    private final Map<String, Queue<String>> secrets = new ConcurrentHashMap<>();
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();

    Burners(String token, List<String> ids) {
        this.token = token;
        this.ids = ids;
    }

    List<String> ids() {
        return ids;
    }

    /// Every secret that came for an id, as often as it came.
    Map<String, Queue<String>> secrets() {
        return secrets;
    }

    /// The ids that count as burned.
    Set<String> confirmed() {
        return confirmed;
    }

    /// What a station is told that says the device carries its secret.
    int confirms(LineClient station, String id) {
        return station.confirms(token, id).status();
    }

    /// All stations ask for all ids.
    void race(String url) {
        run(number -> race(station(url, number), ids.size()));
    }

    /// They ask for the first ids over and over until the server is gone: it dies at work, whenever that is.
    void raceUntilGone(String url, int first) {
        run(number -> {
            LineClient station = station(url, number);
            while (true) {
                race(station, first);
            }
        });
    }

    private void race(LineClient station, int first) {
        ids.subList(0, first).forEach(id -> asks(station, id));
    }

    /// Each station asks for some of the ids and confirms them.
    void share(String url) {
        run(number -> share(station(url, number), number, ids.size()));
    }

    /// They do so with the first ids over and over until the server is gone.
    void shareUntilGone(String url, int first) {
        run(number -> {
            LineClient station = station(url, number);
            while (true) {
                share(station, number, first);
            }
        });
    }

    private void share(LineClient station, int number, int first) {
        for (int i = number; i < first; i += STATIONS) {
            if (asks(station, ids.get(i))) {
                assertThat(confirms(station, ids.get(i))).isEqualTo(204);
                confirmed.add(ids.get(i));
            }
        }
    }

    private boolean asks(LineClient station, String id) {
        Answer answer = station.asks(token, id);
        assertThat(answer.status()).as(answer.text()).isIn(200, 404);
        if (answer.status() == 404) {
            return false;
        }
        secrets.computeIfAbsent(id, _ -> new ConcurrentLinkedQueue<>())
                .add(answer.json().get("deviceSecret").asString());
        return true;
    }

    @FunctionalInterface
    private interface Shift {
        void of(int station);
    }

    private static void run(Shift shift) {
        List<Callable<Void>> all = new ArrayList<>();
        IntStream.range(0, STATIONS)
                .forEach(number -> all.add(() -> {
                    try {
                        shift.of(number);
                    } catch (LineClient.GoneException e) {
                        // the server is killed: the ledger has what came before
                    }
                    return null;
                }));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(all)) {
                done.get();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static LineClient station(String url, int number) {
        return new LineClient(url, "127.0.0." + (2 + number));
    }
}
