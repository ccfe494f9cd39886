package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Resource spaces, and what is said of products and devices.
final class SpaceCommandsTest {
    private static final String SPACE =
            "{\"id\":\"s1\",\"name\":\"harbour\",\"isDefault\":false," + "\"created\":\"2026-11-21T11:57:00Z\"}";

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
    void creates_and_renames_a_space() {
        api.on("POST /spaces", 201, SPACE).on("POST /spaces/s1", SPACE);

        assertThat(Terminal.of(api).berth("space", "create", "harbour").out()).isEqualTo("""
                        id          s1
                        name        harbour
                        is default  no
                        created     2026-11-21 11:57:00 (3 min ago)
                        """);
        assertThat(api.lastCall().body()).isEqualTo("{\"name\":\"harbour\"}");
        assertThat(Terminal.of(api).berth("space", "rename", "s1", "port").code())
                .isZero();
        assertThat(api.lastCall().body()).isEqualTo("{\"name\":\"port\"}");
    }

    @Test
    void lists_and_deletes_spaces() {
        api.on("GET /spaces", "{\"items\":[" + SPACE + "]}").on("DELETE /spaces/s1", 204, "");

        assertThat(Terminal.of(api).berth("space", "list").out()).isEqualTo("""
                        ID  NAME     IS DEFAULT  CREATED
                        s1  harbour  false       2026-11-21 11:57:00
                        """);
        assertThat(Terminal.of(api).berth("space", "delete", "s1", "--yes").out())
                .isEqualTo("deleted s1\n");
    }

    @Test
    void changes_only_what_was_given_of_a_product_and_a_device() {
        api.on("POST /products/a1", "{\"key\":\"a1\"}")
                .on("POST /products/a1/release", "{\"key\":\"a1\"}")
                .on("POST /products/a1/devices/d1", "{\"product\":\"a1\"}");

        Terminal.of(api).berth("product", "update", "a1", "--name", "pump", "--space", "s1");
        assertThat(api.lastCall().body()).isEqualTo("{\"name\":\"pump\",\"space\":\"s1\"}");
        Terminal.of(api).berth("product", "release", "a1", "--undo");
        assertThat(api.lastCall().body()).isEqualTo("{\"released\":false}");
        Terminal.of(api).berth("device", "update", "a1", "d1", "--nickname", "泵", "--secure-only", "true");
        assertThat(api.lastCall().body()).isEqualTo("{\"nickname\":\"泵\",\"secureOnly\":true}");
    }
}
