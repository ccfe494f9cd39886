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
final class ScriptCommandsTest {
    private static final String SOURCE = "function rawDataToProtocol(b) {}\n";
    private static final String SHOWN = "{\"product\":\"a1\",\"source\":\"function rawDataToProtocol(b) {}\\n\","
            + "\"changed\":\"2026-11-21T11:57:00Z\",\"stopped\":0}";

    @TempDir
    private Path directory;

    private FakeApi api;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
        file = Files.writeString(directory.resolve("meter.js"), SOURCE);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void puts_the_text_of_a_file() {
        api.on("POST /products/a1/script", 200, SHOWN);

        Terminal.Result result = Terminal.of(api).berth("script", "put", "a1", file.toString());

        assertThat(api.lastCall().json().text("source")).isEqualTo(SOURCE);
        assertThat(result.out()).isEqualTo("product a1 has the script of " + file + "\n");
    }

    @Test
    void shows_the_source_as_it_was_given() {
        api.on("GET /products/a1/script", 200, SHOWN);

        assertThat(Terminal.of(api).berth("script", "show", "a1").out()).startsWith(SOURCE);
    }

    @Test
    void deletes_without_asking_when_told_to() {
        api.on("DELETE /products/a1/script", 204, "");

        Terminal.Result result = Terminal.of(api).berth("script", "delete", "a1", "--yes");

        assertThat(result.out()).isEqualTo("deleted the script of a1\n");
    }

    @Test
    void shows_what_bytes_become_over_several_lines() {
        api.on("POST /scripts/try", 200, "{\"message\":{\"method\":\"m\",\"params\":{\"Temp\":21.5}},\"millis\":1}");

        Terminal.Result result = Terminal.of(api).berth("script", "try", file.toString(), "--up", "00 0c");

        assertThat(api.lastCall().json().text("source")).isEqualTo(SOURCE);
        assertThat(api.lastCall().json().text("function")).isEqualTo("rawDataToProtocol");
        assertThat(api.lastCall().json().text("hex")).isEqualTo("00 0c");
        assertThat(result.out()).isEqualTo("""
                {
                  "method" : "m",
                  "params" : {
                    "Temp" : 21.5
                  }
                }
                """);
    }

    @Test
    void shows_what_a_message_becomes_in_hex() {
        api.on("POST /products/a1/script/try", 200, "{\"hex\":\"010007\",\"millis\":1}");

        Terminal.Result result =
                Terminal.of(api).berth("script", "try", "--product", "a1", "--down", "{\"method\":\"set\"}");

        assertThat(api.lastCall().body())
                .isEqualTo("{\"function\":\"protocolToRawData\",\"message\":{\"method\":\"set\"}}");
        assertThat(result.out()).isEqualTo("01 00 07\n");
    }

    @Test
    void tries_a_custom_topic() {
        api.on("POST /products/a1/script/try", 200, "{\"message\":{},\"millis\":0}");

        Terminal.of(api).berth("script", "try", "--product", "a1", "--topic", "/a1/d1/user/up", "--payload", "0102");

        assertThat(api.lastCall().body())
                .isEqualTo("{\"function\":\"transformPayload\",\"topic\":\"/a1/d1/user/up\",\"hex\":\"0102\"}");
    }

    @Test
    void a_script_that_fails_is_refused_with_its_line() {
        api.on(
                "POST /scripts/try",
                200,
                "{\"fault\":\"wrong_result\",\"detail\":\"it answered nothing\",\"line\":3,\"millis\":0}");

        Terminal.Result result = Terminal.of(api).berth("script", "try", file.toString(), "--up", "00");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("berth: line 3: it answered nothing (wrong result)\n");
    }

    @Test
    void needs_a_script_and_a_sample() {
        assertThat(Terminal.of(api).berth("script", "try", file.toString()).code())
                .isEqualTo(2);
        assertThat(Terminal.of(api).berth("script", "try", "--up", "00").code()).isEqualTo(2);
    }
}
