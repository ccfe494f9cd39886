package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thing models, values, history and shadows at the terminal.
@SuppressWarnings("NullAway.Init") // made before each test
final class ThingCommandsTest {
    private static final String READ = """
            {"format":"tsl","version":3,"modules":1,"properties":2,"events":0,"services":1,"notes":["a became b"]}""";

    private FakeApi api;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("model.json"), content);
    }

    @Test
    void a_model_is_imported_as_the_file_is_and_its_notes_are_shown() throws IOException {
        api.on("POST /products/a1/model", READ);
        Terminal.Result result = Terminal.of(api)
                .berth("thing", "import", "a1", file("{\"properties\":[]}").toString(), "--publish");
        assertThat(api.lastCall().target()).isEqualTo("/products/a1/model?publish=true");
        assertThat(api.lastCall().body()).isEqualTo("{\"properties\":[]}");
        assertThat(result.out())
                .isEqualTo("published version 3 of the thing model of a1:"
                        + " 2 properties, 0 events and 1 services in 1 modules\n");
        assertThat(result.err()).isEqualTo("note: a became b\n");
    }

    @Test
    void a_dry_run_changes_nothing() throws IOException {
        api.on("POST /products/a1/model/validate", READ);
        String file = file("{}").toString();
        assertThat(Terminal.of(api)
                        .berth("thing", "import", "a1", file, "--dry-run", "--format", "tsl")
                        .out())
                .contains("is a valid thing model");
        assertThat(api.lastCall().target()).isEqualTo("/products/a1/model/validate?format=tsl");
        assertThat(Terminal.of(api)
                        .berth("thing", "import", "a1", file, "--dry-run", "--publish")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void every_fault_of_a_model_has_its_line_in_the_answer() throws IOException {
        api.on("POST /products/a1/model", 422, "{\"detail\":\"properties[0].identifier: is missing\"}");
        Terminal.Result result =
                Terminal.of(api).berth("thing", "import", "a1", file("{}").toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("berth: properties[0].identifier: is missing\n");
        assertThat(Terminal.of(api)
                        .berth("thing", "import", "a1", "no-such-file")
                        .err())
                .contains("there is no such file");
    }

    @Test
    void a_model_is_exported_to_the_terminal_or_a_file() throws IOException {
        String answer = "{\"format\":\"tsl\",\"mediaType\":\"application/json\",\"text\":\"{}\",\"notes\":[\"n\"]}";
        api.on("GET /products/a1/model", answer).on("GET /products/a1/model", answer);
        Terminal.Result shown = Terminal.of(api).berth("thing", "export", "a1", "--format", "tsl", "--draft");
        assertThat(shown.out()).isEqualTo("{}\n");
        assertThat(shown.err()).isEqualTo("note: n\n");
        assertThat(api.lastCall().target()).isEqualTo("/products/a1/model?format=tsl&draft=true");
        Path out = directory.resolve("out.json");
        Terminal.of(api).berth("thing", "export", "a1", "--version", "2", "--out", out.toString());
        assertThat(api.lastCall().target()).isEqualTo("/products/a1/model?format=native&version=2");
        assertThat(out).hasContent("{}");
    }

    @Test
    void a_zip_goes_to_a_file_and_nowhere_else() throws IOException {
        String answer =
                "{\"format\":\"huawei-zip\",\"mediaType\":\"application/zip\",\"base64\":\"UEsD\",\"notes\":[]}";
        api.on("GET /products/a1/model", answer).on("GET /products/a1/model", answer);
        assertThat(Terminal.of(api)
                        .berth("thing", "export", "a1", "--format", "huawei-zip")
                        .err())
                .contains("--out");
        Path out = directory.resolve("out.zip");
        Terminal.of(api).berth("thing", "export", "a1", "--format", "huawei-zip", "--out", out.toString());
        assertThat(Files.readAllBytes(out)).containsExactly('P', 'K', 3);
    }

    @Test
    void a_model_is_a_table_to_people() {
        api.on("GET /products/a1/model", new JsonObject().with("text", """
                {"modules":[{"presence":"optional","properties":[
                {"identifier":"Temp","name":"Temperature","type":{"kind":"real","precision":"float","min":"-40","max":"120"},"unit":"°C","readable":true,"writable":true},
                {"identifier":"Mode","type":{"kind":"choice","labels":[{"number":0,"label":"auto"},{"number":1}]},"readable":true},
                {"identifier":"Net","type":{"kind":"struct","members":[{"identifier":"ip","type":{"kind":"text","maxLength":64,"measure":"bytes"}}]},"writable":true}],
                "events":[{"identifier":"alarm","level":"alert","output":[{"identifier":"code","type":{"kind":"int"}}]}]},
                {"id":"lamp","services":[{"identifier":"blink","callType":"sync","input":[{"identifier":"n","type":{"kind":"int","min":"1"}}],
                "output":[{"identifier":"ok","type":{"kind":"flag","off":"no","on":"yes"}}]}]}]}""").toString());
        assertThat(Terminal.of(api).berth("thing", "model", "a1").out()).isEqualTo("""
                KEY         WHAT          TYPE                             NAME
                Temp        property rw   float -40..120 °C                Temperature
                Mode        property r    one of 0 auto, 1                 -
                Net         property w    struct {ip text up to 64 bytes}  -
                alarm       event alert   code int                         -
                lamp:blink  service sync  n int 1.. -> ok flag no|yes      -
                """);
    }

    @Test
    void versions_are_listed_and_a_draft_is_published() {
        api.on(
                        "GET /products/a1/model/versions",
                        "{\"items\":[{\"version\":2,\"published\":\"2026-11-21T08:00:00Z\",\"modules\":1}]}")
                .on("POST /products/a1/model/publish", "{\"version\":3}");
        assertThat(Terminal.of(api).berth("thing", "versions", "a1").out()).contains("2        2026-11-21 08:00:00");
        assertThat(Terminal.of(api).berth("thing", "publish", "a1").out())
                .isEqualTo("published version 3 of the thing model of a1\n");
    }

    @Test
    void a_thing_is_shown_to_people_and_to_programs() {
        String state = """
                {"properties":{"Temp":{"value":21.5,"time":"2026-11-21T11:57:00Z","version":4}},\
                "desired":{"Temp":{"value":23.0,"time":"2026-11-21T11:57:00Z","version":1},\
                "Mode":{"value":7,"time":"2026-11-21T11:57:00Z","version":1}},"versions":{}}""";
        api.on("GET /products/a1/devices/d1/state", state).on("GET /products/a1/devices/d1/state", state);
        assertThat(Terminal.of(api).berth("thing", "show", "a1", "d1").out()).isEqualTo("""
                PROPERTY  VALUE  SINCE                            WANTED
                Temp      21.5   2026-11-21 11:57:00 (3 min ago)  23.0
                Mode      -      -                                7
                """);
        assertThat(Terminal.of(api).berth("thing", "show", "a1", "d1", "--json").out())
                .isEqualTo(state + "\n");
    }

    @Test
    void history_is_listed_gathered_and_drawn() {
        String buckets = """
                {"buckets":[{"start":"2026-11-21T10:00:00Z","count":2,"min":1.0,"max":3.0,"average":2.0},
                {"start":"2026-11-21T11:59:00Z","count":1,"min":4.0,"max":4.0,"average":4.0}]}""";
        api.on(
                        "GET /products/a1/devices/d1/history",
                        "{\"items\":[{\"time\":\"2026-11-21T11:57:00Z\",\"value\":21.5}]}")
                .on("GET /products/a1/devices/d1/history", buckets)
                .on("GET /products/a1/devices/d1/history", buckets);
        assertThat(Terminal.of(api)
                        .berth("history", "a1", "d1", "Temp", "--from", "2h")
                        .out())
                .isEqualTo("TIME                 VALUE\n2026-11-21 11:57:00  21.5\n");
        assertThat(api.lastCall().target())
                .isEqualTo("/products/a1/devices/d1/history?key=Temp&from=2026-11-21T10%3A00%3A00Z&limit=100");
        assertThat(Terminal.of(api)
                        .berth("history", "a1", "d1", "Temp", "--bucket", "1m")
                        .out())
                .contains("START", "2026-11-21 10:00:00  2      1.0  3.0  2.0");
        String drawn = Terminal.of(api)
                .environment("COLUMNS", "52")
                .berth("history", "a1", "d1", "Temp", "--plot", "--from", "2h")
                .out();
        assertThat(api.lastCall().target()).endsWith("&to=2026-11-21T12%3A00%3A00Z&bucket=180");
        assertThat(drawn.lines())
                .hasSize(12)
                .first()
                .asString()
                .startsWith("         4 ┤")
                .endsWith("█");
        assertThat(drawn.lines().toList().get(9)).startsWith("         2 ┤▁").endsWith("█");
    }

    @Test
    void a_time_that_is_none_says_how_one_is_written() {
        Terminal.Result result = Terminal.of(api).berth("history", "a1", "d1", "Temp", "--from", "monday");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("2026-01-02T03:04:05Z, or how long ago, like 2h, not monday");
    }

    @Test
    void a_shadow_is_shown_set_and_emptied() {
        api.on(
                        "GET /products/a1/devices/d1/shadow",
                        "{\"version\":4,\"changed\":\"2026-11-21T11:57:00Z\",\"reported\":{\"color\":\"red\"},\"desired\":{\"size\":3}}")
                .on("POST /products/a1/devices/d1/shadow", "{\"version\":5}")
                .on("DELETE /products/a1/devices/d1/shadow", 204, "");
        assertThat(Terminal.of(api).berth("shadow", "show", "a1", "d1").out()).isEqualTo("""
                version 4, changed 2026-11-21 11:57:00 (3 min ago)
                ATTRIBUTE  REPORTED  DESIRED
                color      red       -
                size       -         3
                """);
        Terminal.of(api).berth("shadow", "set", "a1", "d1", "{\"color\":\"blue\"}", "--expect", "4");
        assertThat(api.lastCall().body()).isEqualTo("{\"desired\":{\"color\":\"blue\"},\"expectedVersion\":4}");
        Terminal.of(api).berth("shadow", "delete", "a1", "d1", "--reported");
        assertThat(api.lastCall().target()).isEqualTo("/products/a1/devices/d1/shadow?part=reported");
        assertThat(Terminal.of(api)
                        .berth("shadow", "set", "a1", "d1", "color=blue")
                        .err())
                .contains("must be one JSON object");
    }
}
