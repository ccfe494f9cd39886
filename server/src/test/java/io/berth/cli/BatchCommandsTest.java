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
final class BatchCommandsTest {
    private static final String RUNNING = "{\"id\":\"4711\",\"name\":\"\",\"kind\":\"disable\",\"state\":\"running\","
            + "\"total\":3,\"done\":1,\"failed\":0,\"document\":{}}";
    private static final String OVER = "{\"id\":\"4711\",\"name\":\"\",\"kind\":\"disable\",\"state\":\"partly_done\","
            + "\"total\":3,\"done\":2,\"failed\":1,\"document\":{},\"ended\":\"2026-11-21T11:57:00Z\"}";

    @TempDir
    private Path directory;

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
    void a_list_of_devices_goes_out_as_the_api_names_them() throws IOException {
        api.on("POST /batches", 201, RUNNING);
        Path file = Files.writeString(directory.resolve("devices"), "\uFEFFa1, d1\na1/d2\n\nother_id\n");

        Terminal.Result result = Terminal.of(api)
                .berth(
                        "batch",
                        "set",
                        "--devices",
                        file.toString(),
                        "level=7",
                        "--retries",
                        "2",
                        "--retry-after",
                        "5m");

        assertThat(result.out()).isEqualTo("batch 4711: 3 devices\n");
        JsonObject sent = api.lastCall().json();
        assertThat(sent.fields().get("devices")).hasToString("[a1/d1, a1/d2, other_id]");
        assertThat(sent.text("kind")).isEqualTo("set");
        assertThat(sent.text("retryInterval")).isEqualTo("5m");
        assertThat(sent.object("document").map(JsonObject::toString)).contains("{\"values\":{\"level\":7}}");
    }

    @Test
    void whoever_waits_hears_how_it_ended() {
        api.on("POST /batches/4711/retry", RUNNING).on("GET /batches/4711", OVER);

        Terminal.Result result = Terminal.of(api).berth("batch", "retry", "4711", "--wait");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("partly_done");
    }

    @Test
    void registered_devices_come_as_an_import_reads_them() {
        api.on(
                "GET /batches/4711/devices",
                "{\"items\":[{\"product\":\"a1\",\"name\":\"d1\",\"huaweiId\":\"hw_d1\",\"secret\":\"s\"}]}");

        assertThat(Terminal.of(api).berth("batch", "devices", "4711", "--csv").out())
                .isEqualTo("product,device,secret,alias\na1,d1,s,hw_d1\n");
    }

    @Test
    void triples_and_wrong_lines_come_as_spreadsheets_read_them() {
        api.on("GET /batches/4711/triples", "{\"product\":\"a1\",\"name\":\"d1\",\"secret\":\"s,1\"}\n");
        api.on(
                "GET /batches/4711/errors",
                "{\"items\":[{\"line\":3,\"column\":\"DeviceName\",\"problem\":\"INVALID_ARGUMENT\",\"why\":\"a \\\"b\\\"\"}]}");

        assertThat(Terminal.of(api).berth("batch", "triples", "4711").out())
                .isEqualTo("ProductKey,DeviceName,DeviceSecret\na1,d1,\"s,1\"\n");
        assertThat(Terminal.of(api).berth("batch", "errors", "4711").out())
                .isEqualTo("line,column,device,problem,why\n3,DeviceName,,INVALID_ARGUMENT,\"a \"\"b\"\"\"\n");
    }

    @Test
    void a_file_goes_up_as_it_is_and_is_only_looked_at_when_told_so() throws IOException {
        api.on("GET /products/a1", "{}")
                .on("POST /products/a1/registrations/file", "{\"id\":\"7\",\"total\":3,\"failed\":1}\n");
        Path file = Files.writeString(directory.resolve("devices.csv"), "DeviceName\nx\n");

        Terminal.Result result =
                Terminal.of(api).berth("batch", "register", "a1", "--file", file.toString(), "--check");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("2 devices can be registered, 1 cannot (berth batch errors 7)");
        assertThat(api.lastCall().body()).isEqualTo("DeviceName\nx\n");
    }

    @Test
    void a_list_of_triples_names_devices_too_and_other_sources_go_by_their_word() throws IOException {
        api.on("POST /batches", 201, RUNNING);
        Path file = Files.writeString(
                directory.resolve("triples.csv"), "ProductKey,DeviceName,DeviceSecret\na1,d1,s\na1,d2,s\n");

        Terminal.of(api).berth("batch", "reset", "--devices", file.toString());
        assertThat(api.lastCall().json().fields().get("devices")).hasToString("[a1/d1, a1/d2]");
        Terminal.of(api).berth("batch", "reset-secret", "--batch", "12");
        assertThat(api.lastCall().json().text("kind")).isEqualTo("reset_secret");
        assertThat(api.lastCall().json().text("batch")).isEqualTo("12");
        Terminal.of(api).berth("batch", "disable", "--query", "name like 'a%'");
        assertThat(api.lastCall().json().text("query")).isEqualTo("name like 'a%'");
    }

    @Test
    void a_registration_takes_a_count_or_names_and_not_both() {
        assertThat(Terminal.of(api).berth("batch", "register", "a1").code()).isEqualTo(2);
        assertThat(Terminal.of(api)
                        .berth("batch", "register", "a1", "--count", "3", "--names", "x")
                        .code())
                .isEqualTo(2);
        assertThat(api.calls()).isEmpty();
    }
}
