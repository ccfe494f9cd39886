package io.berth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.simulator.device.Fleet;
import io.berth.simulator.device.Mix;
import io.berth.simulator.yardstick.YardstickServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The commands as a user types them, against the yardstick.
class CommandsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> TINY = List.of(
            "--devices=20",
            "--connections=8",
            "--messages=40",
            "--seconds=120",
            "--windows=1",
            "--warmup=0",
            "--window=4");

    @TempDir
    static Path data;

    private static YardstickServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new YardstickServer(new Fleet(1, 20, Mix.ALIYUN), 1, data);
        server.start(0, 0, 0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect",
                "connect --rate=100",
                "connect --dialect=mixed",
                "connect-tls",
                "publish",
                "publish --qos=0",
                "publish --rate=50 --dialect=huawei",
                "publish --consumer=tail",
                "publish --consumer=mqtt",
                "property",
                "property --qos=0",
                "property --dialect=huawei",
                "downlink",
                "downlink --rate=100",
                "downlink --via=call",
                "downlink --via=call --rate=100",
                "roundtrip",
                "api",
                "api --what=register --dialect=mixed",
                "api --what=pub",
                "api --what=pub --dialect=huawei --rate=100"
            })
    void a_scenario_reports_its_events_in_one_json_line(String scenario) {
        CommandRun run = bench(scenario);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        JsonNode report = JSON.readTree(run.out());
        assertThat(report.path("windows").path(0).path("events").asLong()).isEqualTo(40);
        assertThat(report.path("windows").path(0).path("delivered").asLong()).isEqualTo(40);
        assertThat(report.path("perCpuSecond").asDouble()).isPositive();
        assertThat(report.path("latencyMicros").path("p99").asDouble()).isPositive();
        assertThat(report.path("latencyMicros").path("corrected").asBoolean()).isEqualTo(scenario.contains("--rate"));
    }

    @Test
    void idle_reports_the_memory_of_its_connections() {
        CommandRun run = CommandRun.of(
                "bench", "idle", "--data=" + data, "--devices=20", "--connections=20", "--seconds=1", "--windows=1");

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode memory = JSON.readTree(run.out()).path("memory");
        assertThat(memory.path("connections").asInt()).isEqualTo(20);
        assertThat(memory.path("rssAfter").asLong()).isPositive();
    }

    @Test
    void a_yardstick_beside_the_server_gives_a_ratio() {
        CommandRun run = bench("publish --target=yardstick");

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode yardstick = JSON.readTree(run.out()).path("yardsticks").path(0);
        assertThat(yardstick.path("target").asString()).isEqualTo("yardstick");
        assertThat(yardstick.path("ratio").asDouble()).isPositive();
    }

    @Test
    void a_refused_login_ends_the_run_and_says_whose_it_was() {
        CommandRun run = bench("connect --seed=2");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("CONNACK code 4").contains("sim2.d00000").doesNotContain("password=");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void a_refused_device_ends_a_scenario_with_standing_connections_too() {
        CommandRun run = bench("downlink --seed=2");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("CONNACK code 4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bench",
                "bench connect",
                "bench nothing --target yardstick",
                "bench publish --target yardstick --qos 2",
                "bench publish --target yardstick --payload 3",
                "bench idle --target yardstick --connections 20000",
                "bench connect --data /nowhere",
                "bench connect --server http://127.0.0.1:1",
                "bench connect --server http://192.0.2.1:1 --mqtt 192.0.2.1:1883 --pid 1",
                "bench connect --server http://127.0.0.1:1 --mqtt 127.0.0.1 --pid 1",
                "bench api --target yardstick",
                "bench publish --target mosquitto --mosquitto /nowhere",
                "simulate",
                "simulate --devices 0 --data /nowhere"
            })
    void what_cannot_be_meant_is_a_usage_error(String line) {
        CommandRun run = CommandRun.of(line.split(" "));

        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).isNotBlank();
    }

    @Test
    void a_simulated_fleet_comes_online_and_reports() {
        CommandRun run = CommandRun.of("simulate", "--data=" + data, "--devices=6", "--rate=60", "--duration=8");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(8);
        // the first lines may tell of a fleet that is still on its way
        assertThat(run.out().lines().toList().getLast())
                .contains("online 6")
                .doesNotContain("sent 0 ")
                .contains("reconnects 0");
    }

    @Test
    void a_fleet_nobody_lets_in_is_an_error() {
        CommandRun run = CommandRun.of("simulate", "--data=" + data, "--devices=2", "--seed=9", "--duration=5");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("no device came online").contains("CONNACK code 4");
    }

    private static CommandRun bench(String scenario) {
        List<String> words = List.of(scenario.split(" "));
        return CommandRun.of(
                Stream.of(List.of("bench", words.getFirst(), "--data=" + data), TINY, words.subList(1, words.size()))
                        .flatMap(List::stream)
                        .toArray(String[]::new));
    }
}
