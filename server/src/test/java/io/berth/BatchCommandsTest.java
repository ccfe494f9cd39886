package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Long jobs by the operator's commands, against a whole server.
@Tag("slow")
final class BatchCommandsTest {
    private static final String SECRET = "13579bdf02468ace13579bdf02468ace";
    private static final int MANY = 60_000;
    private static final int LISTED = 30_000;

    @TempDir
    static Path data;

    @TempDir
    Path folder;

    private static RunningBerth berth;
    private static Operator operator;

    @BeforeAll
    static void start() {
        berth = RunningBerth.on(data);
        operator = berth.operator();
        operator.does("product", "create", "Tank", "--key", "tank", "--huawei-id", "hw");
    }

    @AfterAll
    static void stop() {
        berth.close();
    }

    @Test
    void devices_are_registered_by_the_thousand_and_log_in_with_what_the_batch_shows() throws Exception {
        JsonNode batch = operator.does("batch", "register", "tank", "--count", "3000", "--prefix", "t-", "--wait");

        assertThat(batch.path("state").stringValue()).isEqualTo("done");
        assertThat(batch.path("done").asLong()).isEqualTo(3000);
        String id = batch.path("id").stringValue();
        List<String> lines =
                operator.types("batch", "devices", id, "--csv").out().lines().toList();
        assertThat(lines).hasSize(3001).doesNotHaveDuplicates();
        String[] last = lines.getLast().split(",");
        assertThat(last[1]).isEqualTo("t-3000");
        berth.alibaba(last[0], last[1], last[2]).connects().close();
        berth.huawei(last[3], last[2]).connects().close();
        assertThat(operator.types("batch", "list").out()).contains(id, "generate", "3000");
        operator.does("batch", "delete", id, "--yes");
        assertThat(operator.isRefused("batch", "show", id)).contains("no batch");
        assertThat(operator.does("device", "show", "tank", "t-0001")
                        .path("name")
                        .stringValue())
                .isEqualTo("t-0001");
    }

    @Test
    void names_of_a_file_are_registered_and_what_is_taken_is_told() throws IOException {
        operator.does("device", "create", "tank", "n2");
        Path names = Files.writeString(folder.resolve("names"), "n1,Nord\nn2\n\nn3\n");

        Operator.Answer answer =
                operator.types("batch", "register", "tank", "--names", names.toString(), "--wait", "--json");

        assertThat(answer.code()).isEqualTo(1);
        JsonNode batch = answer.lines().getLast();
        assertThat(batch.path("state").stringValue()).isEqualTo("partly_done");
        String id = batch.path("id").stringValue();
        assertThat(operator.types("batch", "targets", id, "--state", "failed").out())
                .contains("tank/n2", "DEVICE_EXISTS")
                .doesNotContain("tank/n1");
    }

    @Test
    void devices_of_a_file_or_a_group_are_disabled_and_enabled() throws Exception {
        for (String name : List.of("g1", "g2", "g3")) {
            operator.does("device", "create", "tank", name, "--secret", SECRET);
        }
        operator.does("device-group", "create", "some");
        operator.does("device-group", "add", "some", "tank", "g1");
        operator.does("device-group", "add", "some", "tank", "g2");

        operator.does("batch", "disable", "--group", "some", "--wait");
        assertThat(enabled("g1", "g2", "g3")).containsExactly(false, false, true);
        Path file = Files.writeString(folder.resolve("devices"), "tank,g1\nhw_g2\n");
        operator.does("batch", "enable", "--devices", file.toString(), "--wait");
        assertThat(enabled("g1", "g2", "g3")).containsExactly(true, true, true);
        operator.does("batch", "delete-devices", "--devices", file.toString(), "--wait", "--yes");
        assertThat(operator.isRefused("device", "show", "tank", "g1")).contains("no device");
    }

    @Test
    void a_batch_calls_connected_devices_and_tells_what_each_answered() throws Exception {
        Path file = connectable("c1", "c2");
        try (TestDevice one = berth.huawei("hw_c1", SECRET).connects();
                TestDevice two = berth.huawei("hw_c2", SECRET).connects()) {
            Thread firmware = Thread.ofVirtual().start(() -> {
                answers(one, "hw_c1", "{\"result_code\":0,\"paras\":{\"angle\":30}}");
                answers(two, "hw_c2", "{\"result_code\":7,\"paras\":{}}");
            });
            Operator.Answer answer = operator.types(
                    "batch", "call", "--devices", file.toString(), "valve:open", "angle=30", "--wait", "--json");
            firmware.join();

            JsonNode batch = answer.lines().getLast();
            assertThat(batch.path("state").stringValue()).isEqualTo("partly_done");
            assertThat(answer.code()).isEqualTo(1);
            String id = batch.path("id").stringValue();
            assertThat(operator.types("batch", "targets", id, "--state", "done").out())
                    .contains("tank/c1");
            assertThat(operator.types("batch", "targets", id, "--state", "failed")
                            .out())
                    .contains("tank/c2", "DEVICE_REFUSED");
        }
    }

    @Test
    void a_batch_sends_connected_devices_a_message_each_under_its_own_topic() throws Exception {
        Path file = connectable("m1", "m2");
        try (TestDevice one = berth.huawei("hw_m1", SECRET).connects();
                TestDevice two = berth.huawei("hw_m2", SECRET).connects()) {
            one.subscribes("$oc/devices/hw_m1/user/get");
            two.subscribes("$oc/devices/hw_m2/user/get");
            JsonNode batch = operator.does(
                    "batch",
                    "message",
                    "--devices",
                    file.toString(),
                    "$oc/devices/{alias}/user/get",
                    "hello",
                    "--wait");

            assertThat(batch.path("done").asLong()).isEqualTo(2);
            assertThat(one.hears().topic()).isEqualTo("$oc/devices/hw_m1/user/get");
            assertThat(two.hears().topic()).isEqualTo("$oc/devices/hw_m2/user/get");
        }
    }

    private Path connectable(String... names) throws IOException {
        for (String name : names) {
            operator.does("device", "create", "tank", name, "--secret", SECRET, "--huawei-id", "hw_" + name);
        }
        return Files.writeString(folder.resolve("connected"), "tank," + String.join("\ntank,", names) + "\n");
    }

    private static void answers(TestDevice device, String id, String answer) {
        String topic = device.hears().topic();
        assertThat(topic).startsWith("$oc/devices/" + id + "/sys/commands/request_id=");
        device.publishes(
                "$oc/devices/" + id + "/sys/commands/response/" + topic.substring(topic.indexOf("request_id=")),
                answer);
    }

    @Test
    void a_killed_server_goes_on_where_it_was_and_skips_and_repeats_nothing(@TempDir Path other) throws Exception {
        String id;
        try (ServerProcess killed = ServerProcess.launch(other, "--set", "batch.registered-per-second=5000")
                .awaitReady()) {
            Operator its = killed.operator();
            its.does("product", "create", "Tank", "--key", "tank", "--huawei-id", "hw");
            id = its.does("batch", "register", "tank", "--count", "" + MANY)
                    .path("id")
                    .stringValue();
            await().pollInterval(Duration.ofMillis(20)).until(() -> done(its, id) > 0);
            killed.kill();
        }
        try (RunningBerth again = RunningBerth.on(other)) {
            Operator its = again.operator();
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> its.does("batch", "show", id)
                            .path("state")
                            .stringValue()
                            .equals("done"));
            assertThat(done(its, id)).isEqualTo(MANY);
            Set<String> registered = new HashSet<>();
            its.types("batch", "devices", id, "--csv").out().lines().skip(1).forEach(registered::add);
            assertThat(registered).hasSize(MANY);
            assertThat(its.types("--json", "device", "list", "tank")
                            .out()
                            .lines()
                            .count())
                    .isEqualTo(MANY);
        }
    }

    @Test
    void a_file_is_looked_at_mended_and_registered_and_its_triples_log_in() throws Exception {
        operator.does("device", "create", "tank", "f-taken");
        Path file = Files.writeString(
                folder.resolve("devices.csv"),
                "\uFEFFDeviceName,DeviceNickname\r\nf-1,\"水箱, 1\"\r\nf-taken,\r\nf 3,\r\n");

        Operator.Answer looked =
                operator.types("batch", "register", "tank", "--file", file.toString(), "--check", "--json");
        assertThat(looked.code()).isEqualTo(1);
        String checked = looked.json().path("id").stringValue();
        assertThat(operator.types("batch", "errors", checked).out().lines())
                .hasSize(3)
                .startsWith("line,column,device,problem,why")
                .anyMatch(line -> line.startsWith("3,DeviceName,tank/f-taken,DEVICE_EXISTS,"))
                .anyMatch(line -> line.startsWith("4,DeviceName,,INVALID_ARGUMENT,"));
        assertThat(operator.isRefused("device", "show", "tank", "f-1")).contains("no device");

        assertThat(operator.types("batch", "start", checked, "--wait").code()).isEqualTo(1);
        List<String> triples =
                operator.types("batch", "triples", checked).out().lines().toList();
        assertThat(triples).hasSize(2).startsWith("ProductKey,DeviceName,DeviceSecret");
        String[] triple = triples.getLast().split(",");
        berth.alibaba(triple[0], triple[1], triple[2]).connects().close();
        assertThat(operator.types("audit").out()).contains("GET /batches/{batch}/triples");
        assertThat(operator.types("audit").out()).doesNotContain(triple[2]);
    }

    @Test
    void a_file_that_is_no_list_is_refused_with_the_reason() throws IOException {
        Path file = Files.writeString(folder.resolve("devices.csv"), "Colour\nred\n" + "x\n".repeat(200_000));

        assertThat(operator.isRefused("batch", "register", "tank", "--file", file.toString()))
                .contains("column \"Colour\" is not known");
    }

    @Test
    void whoever_may_only_read_gets_no_secrets() {
        String made = operator.does("batch", "register", "tank", "--count", "1", "--wait")
                .path("id")
                .stringValue();
        String token = operator.does("token", "create", "viewer", "--role", "reader")
                .path("token")
                .stringValue();

        assertThat(Operator.at(berth.url(), token, "batch", "show", made).code())
                .isZero();
        assertThat(Operator.at(berth.url(), token, "batch", "triples", made).code())
                .isEqualTo(1);
        assertThat(Operator.at(berth.url(), token, "batch", "devices", made).code())
                .isEqualTo(1);
    }

    @Test
    void sessions_end_when_secrets_are_reset_and_the_new_ones_are_handed_out() throws Exception {
        String made = operator.does("batch", "register", "tank", "--count", "2", "--prefix", "r-", "--wait")
                .path("id")
                .stringValue();
        String[] old = operator.types("batch", "triples", made)
                .out()
                .lines()
                .toList()
                .getLast()
                .split(",");
        try (TestDevice live = berth.alibaba(old[0], old[1], old[2]).connects()) {
            String reset = operator.does("batch", "reset-secret", "--batch", made, "--wait")
                    .path("id")
                    .stringValue();
            live.losesItsConnection();
            Path triples = Files.writeString(
                    folder.resolve("triples.csv"),
                    operator.types("batch", "triples", reset).out());
            assertThat(Files.readString(triples)).contains("tank,r-0002,").doesNotContain(old[2]);
            JsonNode deleted =
                    operator.does("batch", "delete-devices", "--devices", triples.toString(), "--wait", "--yes");
            assertThat(deleted.path("done").asLong()).isEqualTo(2);
        }
    }

    @Test
    void a_killed_server_goes_on_with_the_devices_of_a_file(@TempDir Path other) throws Exception {
        Path file = folder.resolve("many.csv");
        Files.writeString(
                file,
                "DeviceName\n"
                        + IntStream.range(0, LISTED)
                                .mapToObj(i -> "k-" + i + "\n")
                                .collect(Collectors.joining()));
        String id;
        try (ServerProcess killed = ServerProcess.launch(other, "--set", "batch.registered-per-second=1000")
                .awaitReady()) {
            Operator its = killed.operator();
            its.does("product", "create", "Tank", "--key", "tank", "--huawei-id", "hw");
            id = its.does("batch", "register", "tank", "--file", file.toString())
                    .path("id")
                    .stringValue();
            await().pollInterval(Duration.ofMillis(20)).until(() -> done(its, id) > 0);
            assertThat(done(its, id)).isLessThan(LISTED);
            killed.kill();
        }
        try (RunningBerth again = RunningBerth.on(other)) {
            Operator its = again.operator();
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> its.does("batch", "show", id)
                            .path("state")
                            .stringValue()
                            .equals("done"));
            assertThat(done(its, id)).isEqualTo(LISTED);
            assertThat(its.types("batch", "triples", id)
                            .out()
                            .lines()
                            .distinct()
                            .count())
                    .isEqualTo(LISTED + 1);
        }
    }

    private static long done(Operator operator, String id) {
        return operator.does("batch", "show", id).path("done").asLong();
    }

    private static List<Boolean> enabled(String... names) {
        return List.of(names).stream()
                .map(name -> operator.does("device", "show", "tank", name)
                        .path("enabled")
                        .booleanValue())
                .toList();
    }
}
