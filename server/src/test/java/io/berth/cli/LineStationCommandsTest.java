package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // made before each test
final class LineStationCommandsTest {
    private FakeApi api;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void lists_where_stations_are_and_what_they_may_fetch() {
        api.on(
                "GET /line/stations",
                "{\"items\":[{\"name\":\"bench-1\",\"proof\":\"token\",\"networks\":[\"10.3.0.0/16\",\"10.4.0.0/16\"],"
                        + "\"products\":[\"pump\"],\"created\":\"2026-11-21T08:00:00Z\"}]}");

        assertThat(Terminal.of(api).berth("line", "station", "list").out())
                .contains("NETWORKS", "10.3.0.0/16, 10.4.0.0/16", "PRODUCTS", "pump");
    }
}
