package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // made before each test
final class AlarmCommandsTest {
    private static final String ALARM = "{\"source\":\"rule:a:http\",\"state\":\"active\",\"severity\":\"major\","
            + "\"text\":\"It is closed.\",\"raised\":\"2026-11-21T11:57:00Z\",\"lastRaised\":\"2026-11-21T11:58:00Z\","
            + "\"times\":3}";

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
    void lists_those_of_a_state() {
        api.on("GET /alarms", "{\"items\":[" + ALARM + "]}");

        String out =
                Terminal.of(api).berth("alarm", "list", "--state", "active").out();

        assertThat(api.lastCall().target()).startsWith("/alarms?state=active&limit=");
        assertThat(out).contains("SOURCE", "rule:a:http", "major", "It is closed.");
    }

    @Test
    void shows_one_with_what_became_of_it() {
        api.on("GET /alarms/rule%3Aa%3Ahttp", ALARM)
                .on(
                        "GET /alarms/rule%3Aa%3Ahttp/history",
                        "{\"items\":[{\"time\":\"2026-11-21T11:57:00Z\",\"change\":\"raised\",\"severity\":\"major\","
                                + "\"text\":\"It is closed.\"}]}");

        String out = Terminal.of(api).berth("alarm", "show", "rule:a:http").out();

        assertThat(out).contains("source", "times", "3", "CHANGE", "raised");
    }

    @Test
    void acknowledges_and_clears() {
        api.on("POST /alarms/disk/acknowledge", "{\"source\":\"disk\",\"acknowledged\":\"ann\"}")
                .on("POST /alarms/disk/clear", "{\"source\":\"disk\"}");

        assertThat(Terminal.of(api).berth("alarm", "acknowledge", "disk").out())
                .isEqualTo("disk is looked after by ann\n");
        assertThat(Terminal.of(api).berth("alarm", "clear", "disk").out()).isEqualTo("disk is cleared\n");
    }

    @Test
    void a_refusal_is_told() {
        api.on("POST /alarms/disk/clear", 409, "{\"detail\":\"alarm \\\"disk\\\" is over already\"}");

        Terminal.Result result = Terminal.of(api).berth("alarm", "clear", "disk");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("is over already");
    }
}
