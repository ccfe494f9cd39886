package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeviceCommandsTest {
    private static final String DEVICE = """
            {"product":"a1","name":"d1","secret":"s3","huaweiId":"a1_d1","nodeId":"d1","status":"online",\
            "enabled":true,"created":"2026-11-21T10:00:00Z","lastSeen":"2026-11-21T11:59:57Z",\
            "node":"n1","address":"10.0.0.9:40000","dialect":"aliyun"}""";

    @TempDir
    private Path files;

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
    void creates_a_device_with_given_identities() {
        api.on("POST /products/a1/devices", 201, DEVICE);

        Terminal.Result result = Terminal.of(api)
                .berth("device create a1 d1 --secret s3 --huawei-id a1_d1 --node-id n --json".split(" "));

        assertThat(api.lastCall().body())
                .isEqualTo("{\"name\":\"d1\",\"secret\":\"s3\",\"huaweiId\":\"a1_d1\",\"nodeId\":\"n\"}");
        assertThat(result.out()).isEqualTo(DEVICE + "\n");
    }

    @Test
    void shows_first_whether_a_device_is_there() {
        api.on("GET /products/a1/devices/d1", DEVICE);

        assertThat(Terminal.of(api).berth("device", "show", "a1", "d1").out()).isEqualTo("""
                        product    a1
                        name       d1
                        status     online
                        last seen  2026-11-21 11:59:57 (3 s ago)
                        node       n1
                        address    10.0.0.9:40000
                        secret     s3
                        huawei id  a1_d1
                        node id    d1
                        enabled    yes
                        created    2026-11-21 10:00:00 (2 h ago)
                        dialect    aliyun
                        """);
    }

    @Test
    void shows_a_device_that_was_never_seen() {
        api.on("GET /products/a1/devices/d1", "{\"product\":\"a1\",\"name\":\"d1\",\"status\":\"never-seen\"}");

        assertThat(Terminal.of(api).berth("device", "show", "a1", "d1").out())
                .contains("status     never-seen\n", "last seen  -\n", "address    -\n");
    }

    @Test
    void finds_a_device_by_its_huawei_id() {
        api.on("GET /devices", DEVICE);

        assertThat(Terminal.of(api)
                        .berth("device", "show", "--huawei-id", "a1_d1", "--json")
                        .out())
                .isEqualTo(DEVICE + "\n");
        assertThat(api.lastCall().target()).isEqualTo("/devices?huaweiId=a1_d1");
    }

    @Test
    void lists_devices() {
        api.on("GET /products/a1/devices", "{\"items\":[" + DEVICE + "]}");

        assertThat(Terminal.of(api).berth("device", "list", "a1").out()).isEqualTo("""
                        PRODUCT  NAME  STATUS  LAST SEEN            HUAWEI ID
                        a1       d1    online  2026-11-21 11:59:57  a1_d1
                        """);
    }

    @ParameterizedTest
    @CsvSource({"enable,enabled", "disable,disabled"})
    void enables_and_disables(String command, String done) {
        api.on("POST /products/a1/devices/d1/" + command, DEVICE).on("POST /products/a1/devices/d1/" + command, DEVICE);

        assertThat(Terminal.of(api).berth("device", command, "a1", "d1").out()).isEqualTo(done + " a1/d1\n");
        assertThat(Terminal.of(api)
                        .berth("device", command, "a1", "d1", "--json")
                        .out())
                .isEqualTo(DEVICE + "\n");
    }

    @Test
    void resets_with_a_new_secret() {
        api.on("POST /products/a1/devices/d1/reset", DEVICE);

        assertThat(Terminal.of(api)
                        .berth("device", "reset", "a1", "d1", "--secret", "s3")
                        .out())
                .contains("secret     s3");
        assertThat(api.lastCall().body()).isEqualTo("{\"secret\":\"s3\"}");
    }

    @Test
    void deletes() {
        api.on("DELETE /products/a1/devices/d1", 204, "")
                .on("DELETE /products/a1/devices/d1", 404, "{\"detail\":\"no such device\"}");

        assertThat(Terminal.of(api)
                        .berth("device", "delete", "a1", "d1", "--json")
                        .out())
                .isEqualTo("{\"product\":\"a1\",\"name\":\"d1\",\"deleted\":true}\n");
        assertThat(Terminal.of(api).berth("device", "delete", "a1", "d1"))
                .isEqualTo(new Terminal.Result(1, "", "berth: no such device\n"));
    }

    @Test
    void whoever_names_a_product_wrongly_hears_where_its_key_stands() {
        String none = "{\"problem\":\"PRODUCT_NOT_FOUND\",\"detail\":\"no product \\\"Tank\\\"\"}";
        api.on("POST /products/Tank/devices", 404, none);

        assertThat(Terminal.of(api).berth("device", "create", "Tank", "d1").err())
                .contains("no product \"Tank\"; a product goes by its key, which berth product list shows");
    }

    @Test
    void imports_a_file_and_sums_up() throws IOException {
        Path csv = Files.writeString(files.resolve("fleet.csv"), "a1,d1,s1\na1,d2,s2\n");
        api.on("GET /batches", "{}")
                .onStream(
                        "POST /devices/import",
                        "{\"progress\":2}",
                        "{\"summary\":{\"lines\":2,\"created\":1,\"unchanged\":1,\"refused\":0,\"dryRun\":false,\"millis\":4}}");

        Terminal.Result result = Terminal.of(api).berth("device", "import", csv.toString());

        assertThat(result)
                .isEqualTo(new Terminal.Result(0, "2 lines: 1 created, 1 unchanged, 0 refused, in 4 ms (500/s)\n", ""));
        assertThat(api.lastCall().target()).isEqualTo("/devices/import?dryRun=false&verdicts=refused");
        assertThat(api.lastCall().body()).isEqualTo("a1,d1,s1\na1,d2,s2\n");
    }

    @Test
    void tells_each_refused_line_with_its_place_and_fails() {
        api.on("GET /batches", "{}")
                .onStream(
                        "POST /devices/import",
                        "{\"line\":7,\"product\":\"zz\",\"name\":\"d\",\"verdict\":\"refused\",\"detail\":\"no product zz\"}",
                        "{\"summary\":{\"lines\":9,\"created\":8,\"unchanged\":0,\"refused\":1,\"dryRun\":true,\"millis\":9}}");

        Terminal.Result result = Terminal.of(api).piped("x\n").berth("device", "import", "-", "--dry-run");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("stdin:7  no product zz\n");
        assertThat(result.out()).startsWith("9 lines: 8 to create, 0 unchanged, 1 refused");
        assertThat(api.lastCall().target()).contains("dryRun=true");
    }

    @Test
    void prints_every_verdict_and_the_summary_as_json() {
        String verdict = "{\"line\":1,\"product\":\"a1\",\"name\":\"d1\",\"verdict\":\"created\"}";
        String summary = "{\"summary\":{\"lines\":1,\"created\":1,\"refused\":0}}";
        api.on("GET /batches", "{}").onStream("POST /devices/import", "{\"progress\":1}", verdict, summary);

        Terminal.Result result = Terminal.of(api).piped("a1,d1,s\n").berth("device", "import", "-", "--json");

        assertThat(result).isEqualTo(new Terminal.Result(0, verdict + "\n" + summary + "\n", ""));
        assertThat(api.lastCall().target()).contains("verdicts=all");
    }

    @Test
    void streams_a_file_that_is_much_larger_than_its_buffers() throws IOException {
        String csv = "a1,device,0123456789abcdef0123456789abcdef\n".repeat(100_000);
        Path file = Files.writeString(files.resolve("big.csv"), csv);
        api.on("GET /batches", "{}").onStream("POST /devices/import", "{\"summary\":{\"lines\":100000}}");

        assertThat(Terminal.of(api).berth("device", "import", file.toString()).code())
                .isZero();
        assertThat(api.lastCall().body()).isEqualTo(csv);
    }

    @Test
    void an_answer_without_a_summary_is_a_failure_that_says_to_run_again() {
        api.on("GET /batches", "{}").onStream("POST /devices/import", "{\"progress\":1}");

        Terminal.Result result = Terminal.of(api).piped("x\n").berth("device", "import", "-");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("without a summary", "run the import again");
    }

    @Test
    void a_problem_on_the_last_line_is_the_reason() {
        api.on("GET /batches", "{}")
                .onStream(
                        "POST /devices/import",
                        "{\"status\":503,\"detail\":\"the disk is full\",\"problem\":\"STORAGE_UNAVAILABLE\"}");

        Terminal.Result result = Terminal.of(api).piped("x\n").berth("device", "import", "-");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).startsWith("berth: the disk is full");
    }

    @Test
    void a_file_that_is_not_there_is_told_by_name() {
        api.on("GET /batches", "{}");

        Terminal.Result result = Terminal.of(api).berth("device", "import", "no-such.csv");

        assertThat(result)
                .isEqualTo(new Terminal.Result(1, "", "berth: cannot read no-such.csv: there is no such file\n"));
    }
}
