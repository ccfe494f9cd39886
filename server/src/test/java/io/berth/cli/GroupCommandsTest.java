package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GroupCommandsTest {
    private static final String GROUP = """
            {"id":"g1","name":"app","format":"aliyun","products":["a1"],"kinds":["status"],"maxAgeMillis":86400000,\
            "maxEvents":10,"maxAttempts":5,"created":"2026-11-21T10:00:00Z","waiting":3,\
            "oldest":"2026-11-21T11:59:57Z","delivered":7,"redelivered":1,"dropped":0,"dead":0,\
            "consumers":[{"peer":"c1 of 10.0.0.9:40000","since":"2026-11-21T11:00:00Z","unsettled":2}]}""";

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
    void creates_a_group_and_says_its_id_and_name() {
        api.on("POST /consumer-groups", 201, GROUP);

        Terminal.Result result = Terminal.of(api)
                .berth(("group create app --format aliyun --product a1 --product a2 --kinds status,message"
                                + " --max-age 1d --max-events 10 --max-attempts 5 --json")
                        .split(" "));

        assertThat(api.lastCall().body())
                .isEqualTo("{\"name\":\"app\",\"format\":\"aliyun\",\"products\":[\"a1\",\"a2\"],"
                        + "\"kinds\":[\"status\",\"message\"],\"maxAgeMillis\":86400000,\"maxEvents\":10,"
                        + "\"maxAttempts\":5}");
        assertThat(result.out()).isEqualTo("{\"id\":\"g1\",\"name\":\"app\"}\n");
    }

    @Test
    void a_name_is_enough() {
        api.on("POST /consumer-groups", 201, GROUP);

        assertThat(Terminal.of(api).berth("group", "create", "app").out()).isEqualTo("created app, id g1\n");
        assertThat(api.lastCall().body()).isEqualTo("{\"name\":\"app\"}");
    }

    @Test
    void a_time_that_is_none_is_refused_in_words() {
        assertThat(Terminal.of(api)
                        .berth("group", "create", "app", "--max-age", "foo")
                        .err())
                .contains("--max-age", "a time is written like 500ms, 5s, 2m, 1h or 30d")
                .doesNotContain("java.", "Exception");
    }

    @Test
    void lists_groups() {
        api.on("GET /consumer-groups", "{\"items\":[" + GROUP + "]}");

        assertThat(Terminal.of(api).berth("group", "list").out()).isEqualTo("""
                        NAME  ID  FORMAT  WAITING  OLDEST               DROPPED  DEAD
                        app   g1  aliyun  3        2026-11-21 11:59:57  0        0
                        """);
    }

    @Test
    void shows_a_group_with_its_consumers() {
        api.on("GET /consumer-groups/app", GROUP);

        assertThat(Terminal.of(api).berth("group", "show", "app").out())
                .contains("waiting         3", "oldest          2026-11-21 11:59:57 (3 s ago)")
                .contains("consumers\n  peer c1 of 10.0.0.9:40000, since 2026-11-21T11:00:00Z, unsettled 2");
    }

    @ParameterizedTest
    @CsvSource({
        "now, {}",
        "earliest, '{\"from\":\"1970-01-01T00:00:00Z\"}'",
        "10m, '{\"from\":\"2026-11-21T11:50:00Z\"}'",
        "2026-11-21T08:00:00Z, '{\"from\":\"2026-11-21T08:00:00Z\"}'"
    })
    void resets_a_group(String to, String body) {
        api.on("POST /consumer-groups/app/reset", GROUP);

        assertThat(Terminal.of(api).berth("group", "reset", "app", "--to", to).out())
                .isEqualTo("app reads again from " + to + "\n");
        assertThat(api.lastCall().body()).isEqualTo(body);
    }

    @Test
    void a_time_that_is_none_is_refused() {
        Terminal.Result result = Terminal.of(api).berth("group", "reset", "app", "--to", "soon");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("--to is a time like");
    }

    @Test
    void lists_dead_letters_and_deletes_a_group() {
        api.on(
                "GET /consumer-groups/app/dead",
                "{\"items\":[{\"time\":\"2026-11-21T11:59:57Z\",\"product\":\"a1\","
                        + "\"device\":\"d1\",\"kind\":\"message\",\"topic\":\"t\",\"text\":\"x\",\"attempts\":5,"
                        + "\"reason\":\"its consumer failed with it\"}]}");
        api.on("DELETE /consumer-groups/app", 204, "");

        assertThat(Terminal.of(api)
                        .berth("group", "dead", "app", "--limit", "5")
                        .out())
                .contains("d1", "its consumer failed with it");
        assertThat(api.lastCall().target()).endsWith("/dead?limit=5");
        assertThat(Terminal.of(api).berth("group", "delete", "app", "--yes").out())
                .isEqualTo("deleted group app\n");
    }

    @Test
    void a_tail_may_begin_in_the_past() {
        api.on("GET /tail", "");

        Terminal.of(api).berth("tail", "--from", "10m", "--timeout", "1s");

        assertThat(api.lastCall().target()).contains("from=2026-11-21T11");
    }
}
