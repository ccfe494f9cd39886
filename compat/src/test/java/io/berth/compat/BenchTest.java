package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Scenarios of load that no yardstick has a wire for, as a user types them.
@ExtendWith(SharedServer.class)
final class BenchTest {
    private static final List<String> TINY = List.of(
            "--devices=20",
            "--connections=8",
            "--messages=40",
            "--seconds=120",
            "--windows=1",
            "--warmup=0",
            "--window=4");

    private final BerthServer berth;

    @TempDir
    Path folder;

    BenchTest(BerthServer berth) {
        this.berth = berth;
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect-x509", "connect-psk", "connect-dtls", "connect-dtls --rate=50", "coap", "https"})
    void a_scenario_reports_its_events_in_one_json_line(String scenario) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Checkout.java().toString(), "-jar", Checkout.simulatorJar().toString(), "bench"));
        command.addAll(List.of(scenario.split(" ")));
        command.addAll(TINY);
        command.add("--data=" + berth.data());
        Path trouble = folder.resolve("trouble");
        Process bench =
                new ProcessBuilder(command).redirectError(trouble.toFile()).start();
        try (var output = bench.inputReader()) {
            JsonNode report = JsonMapper.shared().readTree(output.readAllAsString());

            assertThat(report.path("scenario").asString())
                    .as(Files.readString(trouble))
                    .isEqualTo(scenario.split(" ")[0]);
            assertThat(report.path("windows").path(0).path("events").asLong()).isEqualTo(40);
            assertThat(report.path("perCpuSecond").asDouble()).isPositive();
        }
    }
}
