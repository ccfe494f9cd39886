package io.berth.storage;

import io.berth.core.Page;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.state.Facts;
import io.berth.core.state.HistoryPoint;
import io.berth.core.state.HistoryQuery;
import io.berth.core.state.HistoryQuery.Kind;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A store of things that folds when it is told to, and can lose its memory as a killed process does.
final class ThingsOnDisk implements AutoCloseable {
    static final ThingStateConfig CONFIG =
            new ThingStateConfig(Duration.ofHours(1), 16 << 20, 1 << 20, Duration.ofDays(30), 1_000);

    private final String url;
    private final Path directory;
    private final ThingStateConfig config;
    private final InstantSource clock;
    private Database database;
    private SqlThingStore store;

    ThingsOnDisk(TestEngine engine, Path directory, ThingStateConfig config, InstantSource clock) {
        this.url = engine.newDatabase(directory);
        this.directory = directory;
        this.config = config;
        this.clock = clock;
        this.database = connect();
        this.store = SqlThingStore.open(database, config, clock);
    }

    SqlThingStore store() {
        return store;
    }

    Database database() {
        return database;
    }

    /// All that was in memory is lost; what was acknowledged is on the disk.
    void crash() {
        database.close();
        database = connect();
        store = SqlThingStore.open(database, config, clock);
    }

    void report(DeviceId device, Sample... samples) {
        append(Facts.ofSamples(device, List.of(samples)));
    }

    void reportLate(DeviceId device, Sample... samples) {
        append(new Facts(device, List.of(samples), List.of(), false));
    }

    void happened(DeviceId device, Occurrence occurrence) {
        append(Facts.ofOccurrence(device, occurrence));
    }

    CompletableFuture<Void> appending(Facts... facts) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        store.append(List.of(facts), failure -> {
            if (failure == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        });
        return done;
    }

    /// Every value of the property that is in the history, by time.
    List<HistoryPoint> history(DeviceId device, String key) {
        return store.history(query(device, key, new Page.Request(null, 1000))).items();
    }

    static HistoryQuery query(DeviceId device, String key, Page.Request page) {
        return new HistoryQuery(device, Kind.PROPERTY, key, Instant.MIN, Instant.MAX, false, page);
    }

    static Sample sample(String key, long value, Instant time) {
        return new Sample(key, new Value.Whole(value), time);
    }

    private void append(Facts facts) {
        Samples.await(appending(facts));
    }

    private Database connect() {
        Engine engine = url.isEmpty()
                ? SqliteEngine.open("jdbc:sqlite:" + directory.resolve(SqliteEngine.FILE), 2)
                : PostgresEngine.open(Samples.config(url));
        try {
            Schema.bringUpToDate(engine);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new Database(engine, 20_000);
    }

    @Override
    public void close() {
        store.close();
        database.close();
    }
}
