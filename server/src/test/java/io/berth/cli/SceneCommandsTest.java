package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // made before each test
final class SceneCommandsTest {
    private static final String SCENE = "{\"name\":\"hot\",\"triggers\":[{\"cron\":\"0 9 * * *\"}],\"actions\":[]}";
    private static final String SHOWN = "{\"name\":\"hot\",\"description\":\"\",\"enabled\":true,"
            + "\"changed\":\"2026-11-21T11:57:00Z\",\"triggers\":[{\"cron\":\"0 9 * * *\"}],\"conditions\":[],"
            + "\"actions\":[{\"clear\":\"hot\"}],\"fired\":1,\"failed\":1,\"suppressed\":0,\"firings\":[{"
            + "\"time\":\"2026-11-21T11:59:00Z\",\"reason\":\"it is time\",\"failed\":true,\"actions\":["
            + "{\"action\":\"clear the alarm hot\",\"succeeded\":true,\"detail\":\"scene:hot\"},"
            + "{\"action\":\"notify example.org\",\"succeeded\":false,\"detail\":\"it answered 500\"}]}]}";

    @TempDir
    private Path directory;

    private FakeApi api;
    private String file;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
        file = Files.writeString(directory.resolve("hot.json"), SCENE).toString();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void creates_of_a_file_and_replaces() {
        api.on("POST /scenes", 201, SHOWN).on("POST /scenes/hot", 200, SHOWN.replace("true,", "false,"));

        assertThat(Terminal.of(api).berth("scene", "create", file).out()).isEqualTo("created scene hot\n");
        assertThat(api.lastCall().body()).isEqualTo(SCENE);
        assertThat(Terminal.of(api).berth("scene", "create", file, "--replace").out())
                .isEqualTo("replaced scene hot, which rests\n");
    }

    @Test
    void a_file_that_is_no_json_is_refused_before_it_is_sent() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.json"), "{\"name\":");

        Terminal.Result result = Terminal.of(api).berth("scene", "create", broken.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("broken.json is no JSON object: it breaks off at line 1, column 9\n");
        assertThat(api.calls()).isEmpty();
    }

    @Test
    void lists_and_shows_with_the_last_firings() {
        api.on("GET /scenes", "{\"items\":[" + SHOWN + "]}").on("GET /scenes/hot", SHOWN);

        assertThat(Terminal.of(api).berth("scene", "list").out()).contains("NAME", "hot", "FIRED");
        assertThat(Terminal.of(api).berth("scene", "show", "hot").out())
                .contains("cron 0 9 * * *", "it is time")
                .contains("  done       clear the alarm hot: scene:hot\n")
                .contains("  failed     notify example.org: it answered 500\n");
    }

    @Test
    void enables_disables_and_deletes() {
        api.on("POST /scenes/hot/disable", SHOWN)
                .on("POST /scenes/hot/enable", SHOWN)
                .on("DELETE /scenes/hot", 204, "");

        assertThat(Terminal.of(api).berth("scene", "disable", "hot").out()).isEqualTo("scene hot rests\n");
        assertThat(Terminal.of(api).berth("scene", "enable", "hot").out()).isEqualTo("scene hot works\n");
        assertThat(Terminal.of(api).berth("scene", "delete", "hot", "--yes").out())
                .isEqualTo("deleted scene hot\n");
    }

    @Test
    void tries_a_file_or_a_stored_scene_with_a_sample() {
        String trial = "{\"fires\":true,\"triggers\":[{\"what\":\"it is time\",\"met\":true}],"
                + "\"conditions\":[{\"what\":\"it rains\",\"met\":false}],\"actions\":[\"clear the alarm hot\"]}";
        api.on("POST /scene-trials", trial).on("POST /scene-trials", trial);

        String out = Terminal.of(api)
                .berth("scene", "try", file, "--sample", "{\"time\":\"2026-11-21T09:00:00Z\"}")
                .out();

        assertThat(out).isEqualTo("""
                it fires
                  trigger    met      it is time
                  condition  not met  it rains
                  action     clear the alarm hot
                """);
        assertThat(api.lastCall().json().object("scene").map(scene -> scene.text("name")))
                .contains("hot");
        Terminal.of(api).berth("scene", "try", "--name", "hot", "--sample", "{}");
        assertThat(api.lastCall().json().text("name")).isEqualTo("hot");
        assertThat(Terminal.of(api)
                        .berth("scene", "try", file, "--sample", "hot")
                        .err())
                .contains("--sample is no JSON object: it cannot be read at line 1, column 1\n");
    }
}
