package io.berth.storage;

import io.berth.testing.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL of this machine's binaries, in a temporary directory, on loopback; started once per JVM
/// at first use and stopped at its end. It does not sync: only its processes are ever killed here, and what
/// they wrote the machine keeps.
public final class PostgresServer {
    private static final String SUPERUSER = "berth";
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static @Nullable PostgresServer running;

    /// The schema others are copies of: the migrations take longer than most tests.
    private static final String MIGRATED = "berth_migrated";

    private final Path directory;
    private final ProcessBuilder launcher;
    private final int port;
    private final TestIdentity identity;

    private volatile Process process;
    private @Nullable String tables;

    private PostgresServer(Path directory, ProcessBuilder launcher, int port, TestIdentity identity)
            throws IOException {
        this.directory = directory;
        this.launcher = launcher;
        this.process = launcher.start();
        this.port = port;
        this.identity = identity;
    }

    public static synchronized PostgresServer running() {
        if (running == null) {
            try {
                running = start();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("PostgreSQL does not start", e);
            }
        }
        return running;
    }

    /// The address of an empty schema nobody else uses.
    public String emptySchema() {
        String schema = "test_" + SCHEMAS.incrementAndGet();
        execute("CREATE SCHEMA " + schema);
        return url(schema);
    }

    /// The address of a schema with the newest tables and nothing in them, that nobody else uses.
    public String newSchema() {
        String schema = "test_" + SCHEMAS.incrementAndGet();
        execute(tables().replace(MIGRATED, schema));
        return url(schema);
    }

    private synchronized String tables() {
        if (tables == null) {
            execute("CREATE SCHEMA " + MIGRATED);
            try (Engine engine = PostgresEngine.open(Samples.config(url(MIGRATED)))) {
                Schema.bringUpToDate(engine);
                Path dump = directory.resolve("tables.sql");
                run(
                        List.of(),
                        dump,
                        binaries().resolve("pg_dump"),
                        "--inserts",
                        "-n",
                        MIGRATED,
                        "-h",
                        "127.0.0.1",
                        "-p",
                        port,
                        "-U",
                        SUPERUSER,
                        "postgres");
                // without what is meant for psql
                tables = Files.readAllLines(dump).stream()
                        .filter(line -> !line.startsWith("\\"))
                        .collect(Collectors.joining("\n"));
            } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return tables;
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url("public"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The root of its certificate, PEM; it speaks TLS to who asks for it.
    public String ca() {
        return identity.ca();
    }

    /// Ends it without a checkpoint and with every connection cut, as a crash does, and starts it again after
    /// the pause.
    public void crash(Runnable pause) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                .start()
                .waitFor();
        process.waitFor();
        pause.run();
        process = launcher.start();
        awaitConnections();
    }

    private void awaitConnections() {
        Awaitility.await("PostgreSQL accepts connections, see its log in " + directory)
                .atMost(Duration.ofSeconds(60))
                .until(this::accepts);
    }

    private String url(String schema) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + SUPERUSER + "&sslmode=disable&currentSchema="
                + schema;
    }

    private static PostgresServer start() throws IOException, InterruptedException {
        Path bin = binaries();
        Path directory = Files.createTempDirectory("berth-postgres");
        TestIdentity identity = TestIdentity.create(directory.resolve("tls"));
        List<String> ordinaryUser = ordinaryUser(directory);
        Path data = directory.resolve("data");
        Path log = directory.resolve("log");
        run(
                ordinaryUser,
                log,
                bin.resolve("initdb"),
                "-D",
                data,
                "-U",
                SUPERUSER,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync");
        int port = freePort();
        ProcessBuilder launcher = command(
                        ordinaryUser,
                        bin.resolve("postgres"),
                        "-D",
                        data,
                        "-k",
                        directory,
                        "-h",
                        "127.0.0.1",
                        "-p",
                        port,
                        "-c",
                        "fsync=off",
                        "-c",
                        "ssl=on",
                        "-c",
                        "ssl_cert_file=" + identity.chain(),
                        "-c",
                        "ssl_key_file=" + identity.key())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        PostgresServer server = new PostgresServer(directory, launcher, port, identity);
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        server.awaitConnections();
        return server;
    }

    private boolean accepts() {
        if (!process.isAlive()) {
            throw new IllegalStateException("PostgreSQL ended with " + process.exitValue());
        }
        try (Connection connection = DriverManager.getConnection(url("public"))) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private void stop() {
        try {
            // SIGINT: end the sessions, then stop
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Path binaries() throws IOException {
        List<Path> places = new ArrayList<>();
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.map(version -> version.resolve("bin"))
                        .sorted(Comparator.reverseOrder())
                        .forEach(places::add);
            }
        }
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(Path::of)
                .forEach(places::add);
        return places.stream()
                .filter(place -> Files.isExecutable(place.resolve("initdb")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "these tests need a real PostgreSQL: install the Debian package \"postgresql\""));
    }

    /// PostgreSQL refuses to run as root: as root, the words that become somebody else.
    private static List<String> ordinaryUser(Path directory) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        String user = Files.readString(Path.of("/etc/passwd")).contains("\npostgres:") ? "postgres" : "nobody";
        UserPrincipal owner =
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                Files.setOwner(file, owner);
            }
        }
        return List.of("setpriv", "--reuid=" + user, "--clear-groups");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(List<String> prefix, Path log, Object... words) throws IOException, InterruptedException {
        Process process = command(prefix, words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(words[0] + " failed: " + Files.readString(log));
        }
    }

    private static ProcessBuilder command(List<String> prefix, Object... words) {
        List<String> command = new ArrayList<>(prefix);
        Stream.of(words).map(Object::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(Path.of("/").toFile());
        return builder;
    }
}
