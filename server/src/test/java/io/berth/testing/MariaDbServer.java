package io.berth.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A real MariaDB of this machine's binaries, on loopback, that tests may kill and bring back: it keeps its
/// directory and its port. Its one database is `peer`, its user [#USER], and it speaks TLS to who asks for it.
public final class MariaDbServer implements AutoCloseable {
    public static final String USER = "berth";
    public static final String PASSWORD = "mysql secret";
    public static final String DATABASE = "peer";

    private final Path directory;
    private final TestIdentity identity;
    private final Path bin;
    private final KeptPort port = new KeptPort();
    private Process process;

    private MariaDbServer(Path directory) throws IOException {
        this.directory = directory;
        this.identity = TestIdentity.create(directory.resolve("tls"));
        this.bin = binary();
        Files.createDirectories(directory.resolve("data"));
        install();
        process = launch();
    }

    /// Starts one that keeps its data below this directory; answers when it takes connections.
    public static MariaDbServer start(Path directory) {
        try {
            return new MariaDbServer(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port.number();
    }

    /// The root of its certificate, PEM.
    public String ca() {
        return identity.ca();
    }

    public void kill() {
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    public void restart() {
        kill();
        process = launch();
    }

    @Override
    public void close() {
        kill();
        port.close();
    }

    /// The tables of the server itself are made by its own script, in a server without a network.
    private void install() throws IOException {
        Path share = Path.of("/usr/share/mysql");
        StringBuilder script = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\n");
        for (String part : List.of(
                "mariadb_system_tables.sql", "mariadb_performance_tables.sql", "mariadb_system_tables_data.sql")) {
            Path old = share.resolve(part.replace("mariadb_", "mysql_"));
            script.append(Files.readString(Files.exists(share.resolve(part)) ? share.resolve(part) : old));
        }
        script.append("FLUSH PRIVILEGES;\nCREATE DATABASE " + DATABASE + ";\n");
        script.append("CREATE USER '" + USER + "'@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "';\n");
        script.append("GRANT ALL ON " + DATABASE + ".* TO '" + USER + "'@'127.0.0.1';\n");
        Path file = directory.resolve("install.sql");
        Files.writeString(file, script);
        Process installing = command("--bootstrap", "--skip-networking")
                .redirectInput(file.toFile())
                .start();
        if (installing
                        .onExit()
                        .orTimeout(PeerProcess.START.toSeconds(), TimeUnit.SECONDS)
                        .join()
                        .exitValue()
                != 0) {
            throw new IllegalStateException("MariaDB is not installed; see " + log());
        }
    }

    private Process launch() {
        try {
            Process started = command(
                            "--bind-address=127.0.0.1,127.0.0.2",
                            "--port=" + port.number(),
                            "--skip-name-resolve",
                            "--max-allowed-packet=1M",
                            "--ssl-cert=" + identity.chain(),
                            "--ssl-key=" + identity.key())
                    .start();
            Awaitility.await("MariaDB accepts connections, see " + log())
                    .atMost(PeerProcess.START)
                    .until(() -> PeerProcess.answers(port) || !started.isAlive());
            if (!started.isAlive()) {
                throw new IllegalStateException("MariaDB did not start; see " + log());
            }
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder command(String... more) {
        List<String> command = new ArrayList<>(List.of(
                bin.toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--datadir=" + directory.resolve("data"),
                "--socket=" + directory.resolve("socket"),
                "--pid-file=" + directory.resolve("pid"),
                "--innodb-buffer-pool-size=16M",
                "--innodb-log-file-size=8M"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    private Path log() {
        return directory.resolve("server.log");
    }

    private static Path binary() {
        return Stream.of("/usr/sbin", "/usr/bin", "/usr/libexec", "/usr/local/bin")
                .map(place -> Path.of(place, "mariadbd"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "these tests need a real MariaDB: install the Debian package \"mariadb-server-core\""));
    }
}
