package io.berth.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// A real Kafka broker, broker and controller in one process, that tests may kill and bring back: it keeps its
/// directory and its port.
public final class KafkaPeer implements AutoCloseable {
    private static final String CLUSTER = "MkU3OEVBNTcwNTJENDM2Qk";
    private static final List<String> SMALL = List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Path directory;
    private final KeptPort port = new KeptPort();
    private final KeptPort controller = new KeptPort();
    private PeerProcess process;

    private KafkaPeer(Path directory, String more) {
        this.directory = directory;
        write(more);
        PeerProcess.run(
                directory.resolve("format.log"),
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                CLUSTER,
                "--config",
                properties().toString());
        process = launch();
    }

    /// Starts one that keeps its data below this directory; answers when it takes connections.
    public static KafkaPeer start(Path directory) {
        return start(directory, "");
    }

    /// @param more settings that win over the usual ones; `%1$d` is the port of [#servers], `%2$d` the
    /// controller's
    public static KafkaPeer start(Path directory, String more) {
        return new KafkaPeer(directory, more);
    }

    public String servers() {
        return "127.0.0.1:" + port.number();
    }

    public void kill() {
        process.kill();
    }

    /// It answers nothing and loses nothing until the returned is closed.
    public AutoCloseable hold() {
        process.signal("STOP");
        return () -> process.signal("CONT");
    }

    public void restart() {
        process.close();
        process = launch();
    }

    @Override
    public void close() {
        process.close();
        port.close();
        controller.close();
    }

    private PeerProcess launch() {
        PeerProcess started = PeerProcess.start(
                directory.resolve("broker.log"),
                SMALL,
                "kafka.Kafka",
                properties().toString());
        await().atMost(PeerProcess.START).until(() -> PeerProcess.answers(port) || !started.isAlive());
        if (!started.isAlive()) {
            throw new IllegalStateException("Kafka did not start; see " + directory.resolve("broker.log"));
        }
        return started;
    }

    private Path properties() {
        return directory.resolve("broker.properties");
    }

    private void write(String more) {
        String usual = """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                num.partitions=1
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                log.flush.interval.messages=1
                # one that was killed is let in again when its session has ended: 9 s usually
                broker.session.timeout.ms=3000
                broker.heartbeat.interval.ms=500
                """;
        String text =
                String.format(Locale.ROOT, usual + more, port.number(), controller.number(), directory.resolve("data"));
        try {
            Files.createDirectories(directory);
            Files.writeString(properties(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
