package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.credential.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.core.ConditionTimeoutException;

/// Devices publish without a pause, two groups of consumers read, and everything is killed at random points.
/// In the end each message a device was told is accepted must have come to each group.
///
/// `one` has one consumer, so it also shows the order of each device. `shared` has two that compete and now
/// and then go away with what they have not acknowledged.
final class LedgerRun implements AutoCloseable {
    private static final String SECRET = "00112233445566778899aabbccddeeff";
    private static final int DEVICES = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Ledger ledger = new Ledger();
    private final Path data;
    private final String[] settings;
    private final Random random;
    private volatile ServerProcess server;
    private final List<LedgerDevice> devices = new ArrayList<>();
    private final List<LedgerReader> readers = new ArrayList<>();
    private int kills;
    private int crashes;

    /// @param settings `--set` and its value, as often as needed
    /// @param seed repeats the pauses of an earlier run, if not its races
    LedgerRun(Path data, long seed, String... settings) throws IOException {
        this.data = data;
        this.settings = settings;
        this.random = new Random(seed);
        server = ServerProcess.launch(data, settings).awaitReady();
        Operator operator = new Operator(data);
        operator.does("product", "create", "Ledger", "--key", "ledger");
        operator.does("topic", "add", "ledger", "user/up", "--allow", "pub");
        for (String group : List.of("one", "shared")) {
            operator.does("group", "create", group, "--product", "ledger", "--kinds", "message");
        }
        for (String group : List.of("one", "shared", "shared")) {
            readers.add(new LedgerReader(group, data, () -> port("amqp"), ledger));
        }
        for (int i = 0; i < DEVICES; i++) {
            operator.does("device", "create", "ledger", "d" + i, "--secret", SECRET);
            devices.add(new LedgerDevice("d" + i, new Secret(SECRET), () -> port("mqtt"), ledger));
        }
    }

    private int port(String listener) {
        return server.port(listener);
    }

    /// Lets things run for a while of random length.
    LedgerRun runs(int leastMillis, int mostMillis) throws InterruptedException {
        Thread.sleep(random.nextInt(leastMillis, mostMillis));
        return this;
    }

    /// Kills the server in the middle of whatever it does, and starts it again.
    LedgerRun serverIsKilled() throws InterruptedException, IOException {
        ServerProcess running = server;
        ledger.serverIsKilled();
        running.kill();
        kills++;
        server = ServerProcess.launch(data, settings).awaitReady();
        running.close();
        return this;
    }

    /// A consumer of the shared group goes away with unacknowledged messages.
    LedgerRun consumerCrashes() {
        readers.get(1 + random.nextInt(2)).crash();
        crashes++;
        return this;
    }

    /// Stops the devices, waits until every group has what they were told is accepted, and looks at the whole.
    LedgerRun provesThatNothingIsLost() {
        devices.forEach(LedgerDevice::stop);
        devices.forEach(LedgerDevice::close);
        for (String group : List.of("one", "shared")) {
            try {
                await().atMost(PATIENCE).until(() -> ledger.missing(group).isEmpty());
            } catch (ConditionTimeoutException e) {
                throw new AssertionError(
                        "group " + group + " has not got " + ledger.missing(group) + "; " + this + "; the server said: "
                                + server.output(),
                        e);
            }
        }
        assertThat(ledger.acknowledged()).isPositive();
        assertThat(ledger.of("one").outOfOrder())
                .as("messages after later ones of their device; " + this)
                .isZero();
        return this;
    }

    long acknowledged() {
        return ledger.acknowledged();
    }

    Ledger.Deliveries deliveries(String group) {
        return ledger.of(group);
    }

    @Override
    public String toString() {
        return "%d acknowledged, %d kills of the server, %d crashes of consumers; one: %s; shared: %s"
                .formatted(ledger.acknowledged(), kills, crashes, deliveries("one"), deliveries("shared"));
    }

    @Override
    public void close() throws IOException {
        devices.forEach(LedgerDevice::close);
        readers.forEach(LedgerReader::close);
        server.close();
    }
}
