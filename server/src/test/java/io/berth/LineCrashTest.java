package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A server that was killed while stations burned two batches and two lists of devices arrived, and what the
/// next one makes of it.
@Tag("slow")
@Timeout(900)
@SuppressWarnings("NullAway.Init") // made before all tests
final class LineCrashTest {
    /// Of a machine that has other things to do.
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int BEFORE_THE_KILL = 30;
    private static final int MOST_BEFORE_THE_KILL = 60;
    private static final int ONCE_QUOTA = 150;
    private static final int AGAIN_QUOTA = 100;
    private static final int IMPORTED_AT_ONCE = 5_000;

    /// The HTTP client of the upload holds back up to two buffers of 16 KiB: the server gets well over 5,000 lines.
    private static final int NOT_IMPORTED = 4_000;

    private static final List<String> LISTED = ids("T-", IMPORTED_AT_ONCE + NOT_IMPORTED);
    private static final String[] SETTINGS = {
        "line.requests-per-device=1000000", "line.requests-per-address=1000000", "line.answer-time=0s"
    };

    @TempDir
    static Path data;

    @TempDir
    static Path folder;

    private static Burners once;
    private static Burners again;
    private static Set<String> told;
    private static Set<String> burned;
    private static RunningBerth server;
    private static Operator operator;

    @BeforeAll
    static void kill() throws Exception {
        String[] settings = Stream.of(SETTINGS)
                .flatMap(setting -> Stream.of("--set", setting))
                .toArray(String[]::new);
        try (ServerProcess killed = ServerProcess.launch(data, settings).awaitReady()) {
            operator = killed.operator();
            String token = operator.does("line", "station", "add", "bench", "--network", "127.0.0.0/8")
                    .get("secret")
                    .asString();
            once = new Burners(token, ids("O-", ONCE_QUOTA + 20));
            again = new Burners(token, ids("A-", AGAIN_QUOTA + 20));
            begin("once", once.ids(), "--quota", "" + ONCE_QUOTA, "--once");
            begin("again", again.ids(), "--quota", "" + AGAIN_QUOTA);
            operator.does("product", "create", "Tank", "--key", "tank");
            operator.does("product", "create", "Drum", "--key", "drum");
            try (Upload batch = Upload.begin(killed, "/products/tank/registrations/file");
                    Upload straight = Upload.begin(killed, "/devices/import")) {
                batch.lines(withHead());
                straight.lines(LISTED.stream().map(id -> "drum," + id + ",secret-" + id));
                await().atMost(PATIENCE)
                        .until(() -> batch().path("state").asString("").equals("reading")
                                && batch().path("total").asInt() > 0);
                await().atMost(PATIENCE)
                        .until(() -> !operator.types("--json", "device", "list", "drum", "--limit", "1")
                                .lines()
                                .isEmpty());
                burnUntilKilled(killed);
                batch.isCut();
                straight.isCut();
            }
        }
        told = Set.copyOf(once.secrets().keySet());
        burned = Set.copyOf(again.confirmed());
        server = RunningBerth.on(data, SETTINGS);
    }

    private static void burnUntilKilled(ServerProcess killed) throws InterruptedException {
        String url = killed.runtime().path("url").asString();
        Thread racing = Thread.ofVirtual().start(() -> once.raceUntilGone(url, MOST_BEFORE_THE_KILL));
        Thread sharing = Thread.ofVirtual().start(() -> again.shareUntilGone(url, MOST_BEFORE_THE_KILL));
        await().pollInterval(Duration.ofMillis(2))
                .atMost(PATIENCE)
                .until(() -> Math.min(once.secrets().size(), again.confirmed().size()) >= BEFORE_THE_KILL);
        killed.kill();
        racing.join();
        sharing.join();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_identity_that_may_go_out_once_went_out_once_and_the_quota_is_exact() {
        assertThat(told).hasSizeBetween(BEFORE_THE_KILL, MOST_BEFORE_THE_KILL); // else the kill proves nothing
        assertThat(audited()).containsAll(told);

        once.race(server.url());
        assertThat(once.secrets().values())
                .allSatisfy(secrets -> assertThat(secrets).hasSize(1));
        assertThat(once.secrets())
                .as("all but those whose answer the kill cut off")
                .hasSizeBetween(ONCE_QUOTA - Burners.STATIONS, ONCE_QUOTA);
        assertFull("once", ONCE_QUOTA);
        assertThat(told)
                .allSatisfy(id -> assertThat(once.secrets().get(id))
                        .containsExactly(operator.does("device", "show", "once", id)
                                .get("secret")
                                .asString()));
    }

    @Test
    void what_was_confirmed_stays_burned_and_whoever_asks_again_gets_the_same() {
        assertThat(burned).hasSizeBetween(BEFORE_THE_KILL, MOST_BEFORE_THE_KILL);
        assertThat(operator.types("--json", "line", "report", "again").lines().stream()
                        .filter(unit -> unit.path("state").asString("").equals("burned"))
                        .map(unit -> unit.get("id").asString()))
                .containsAll(burned);

        again.share(server.url());
        assertThat(again.secrets().values())
                .allSatisfy(secrets -> assertThat(Set.copyOf(secrets)).hasSize(1));
        assertThat(again.confirmed()).hasSize(AGAIN_QUOTA);
        assertFull("again", AGAIN_QUOTA);
        LineClient elsewhere = new LineClient(server.url(), "127.0.0.9");
        assertThat(burned)
                .allSatisfy(id -> assertThat(again.confirms(elsewhere, id)).isEqualTo(404));
    }

    @Test
    void a_batch_whose_list_was_arriving_says_where_it_stopped_and_made_nothing() throws IOException {
        await().atMost(PATIENCE).until(() -> batch().get("state").asString().equals("failed"));
        assertThat(batch().get("note").asString()).isEqualTo("its list was not read to the end");
        assertThat(batch().get("total").asInt()).isBetween(1, LISTED.size());
        assertThat(devices("tank")).isZero();

        Path file = file("tank.csv", withHead());
        operator.types("batch", "register", "tank", "--file", file.toString(), "--wait");
        assertThat(batch().get("done").asInt()).isEqualTo(LISTED.size());
        assertThat(devices("tank")).isEqualTo(LISTED.size());
    }

    @Test
    void an_import_has_what_it_noted_and_goes_on_from_there() throws IOException {
        assertThat(devices("drum")).isEqualTo(IMPORTED_AT_ONCE);
        Path file = file("drum.csv", LISTED.stream().map(id -> "drum," + id + ",secret-" + id));
        assertThat(operator.types("device", "import", file.toString()).out())
                .contains(NOT_IMPORTED + " created, " + IMPORTED_AT_ONCE + " unchanged, 0 refused");
    }

    /// A batch, of a product of the same name.
    private static void begin(String name, List<String> ids, String... words) throws IOException {
        operator.does("product", "create", name, "--key", name);
        operator.does(Stream.concat(Stream.of("line", "batch", "create", name, "--product", name), Stream.of(words))
                .toArray(String[]::new));
        operator.does("line", "allow", name, file(name + ".csv", ids.stream()).toString());
    }

    private static Path file(String name, Stream<String> lines) throws IOException {
        return Files.writeString(folder.resolve(name), lines.collect(Collectors.joining("\n", "", "\n")));
    }

    private static Stream<String> withHead() {
        return Stream.concat(Stream.of("DeviceName"), LISTED.stream());
    }

    private static List<String> ids(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + (1_000 + i)).toList();
    }

    /// As many places are gone, units registered and devices there as the quota has.
    private static void assertFull(String batch, int quota) {
        JsonNode progress = operator.does("line", "batch", "show", batch);
        assertThat(progress.get("taken").asInt()).isEqualTo(quota);
        assertThat(progress.get("registered").asInt()).isEqualTo(quota);
        assertThat(devices(batch)).isEqualTo(quota);
    }

    /// What the audit says that the station got.
    private static Set<String> audited() {
        return operator.types("--json", "audit", "--limit", "100000").lines().stream()
                .filter(record -> record.get("caller").asString().equals("station bench"))
                .map(record -> record.get("target").asString())
                .collect(Collectors.toSet());
    }

    private static long devices(String product) {
        return operator.types("--json", "device", "list", product).lines().size();
    }

    /// The newest batch of devices; nothing while there is none.
    private static JsonNode batch() {
        return operator.types("--json", "batch", "list").lines().stream()
                .findFirst()
                .orElseGet(JsonNodeFactory.instance::missingNode);
    }
}
