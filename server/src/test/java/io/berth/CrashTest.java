package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.TestDevice.Heard;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What an operator or a device was told survives the end of the process, however it comes.
@Tag("slow")
final class CrashTest {
    private static final String SECRET = "00112233445566778899aabbccddeeff";
    private static final int MESSAGES = 20;
    private static final int SIGTERM_EXIT = 128 + 15;

    @TempDir
    Path data;

    @Test
    void a_killed_server_has_everything_it_confirmed() throws Exception {
        try (ServerProcess killed = ServerProcess.launch(data).awaitReady()) {
            Operator operator = killed.operator();
            operator.does("product", "create", "Lock", "--key", "lock", "--huawei-id", "hw");
            operator.does("topic", "add", "lock", "user/get", "--allow", "sub");
            operator.does("device", "create", "lock", "away", "--secret", SECRET);
            try (TestDevice device = TestDevice.alibaba(killed.port("mqtt"), "lock", "away", SECRET)) {
                device.keepingItsSession().connects().subscribes("/lock/away/user/get");
                device.leaves();
            }
            operator.sees("lock", "away", "offline");
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(send(operator, "message " + i)).isEqualTo("queued");
            }
            operator.does("device", "create", "lock", "last", "--secret", SECRET);
            killed.kill();
        }
        assertThat(data.resolve("runtime.json")).exists();
        try (RunningBerth again = RunningBerth.on(data)) {
            Operator operator = again.operator();
            assertThat(operator.does("device", "show", "lock", "last")
                            .path("secret")
                            .stringValue())
                    .isEqualTo(SECRET);
            try (TestDevice device = TestDevice.alibaba(again.port("mqtt"), "lock", "away", SECRET)) {
                assertThat(device.keepingItsSession().findsItsSession()).isTrue();
                assertThat(IntStream.range(0, MESSAGES)
                                .mapToObj(_ -> device.hears().text()))
                        .containsExactlyElementsOf(IntStream.range(0, MESSAGES)
                                .mapToObj(i -> "message " + i)
                                .toList());
                // the subscription is there too, without another SUBSCRIBE
                assertThat(send(operator, "live")).isIn("sent", "acknowledged");
                assertThat(device.hears()).isEqualTo(new Heard("/lock/away/user/get", 1, "live"));
            }
        }
    }

    @Test
    void after_a_kill_tokens_of_coap_go_on_and_nothing_overheard_is_taken() throws Exception {
        CoapDevice device;
        try (ServerProcess killed = ServerProcess.launch(data).awaitReady()) {
            Operator operator = killed.operator();
            operator.does("product", "create", "Meter", "--key", "meter");
            operator.does("device", "create", "meter", "far", "--secret", SECRET);
            device = CoapDevice.inClear(killed.port("coap-sym"), "meter", "far", SECRET)
                    .logsIn();
            assertThat(device.publishes("/meter/far/user/update", "one").getCode())
                    .isEqualTo(ResponseCode.CONTENT);
            killed.kill();
        }
        // at another port: the old one may be somebody else's by now
        try (device;
                RunningBerth again = RunningBerth.on(data);
                CoapDevice still = CoapDevice.inClear(again.port("coap-sym"), "meter", "far", SECRET)
                        .goesOnAs(device)) {
            assertThat(still.publishes("/meter/far/user/update", "one", 1).getCode())
                    .isEqualTo(ResponseCode.UNAUTHORIZED);
            assertThat(still.publishes("/meter/far/user/update", "two").getCode())
                    .isEqualTo(ResponseCode.CONTENT);
        }
    }

    @Test
    void after_a_kill_callers_are_told_so_queued_calls_go_out_and_answers_find_their_calls() throws Exception {
        String sent;
        String queued;
        String asked;
        try (ServerProcess killed = ServerProcess.launch(data).awaitReady()) {
            Operator operator = killed.operator();
            operator.does("product", "create", "Lock", "--key", "lock", "--huawei-id", "hw");
            operator.does("device", "create", "lock", "here", "--secret", SECRET, "--huawei-id", "hw_here");
            operator.does("device", "create", "lock", "away", "--secret", SECRET, "--huawei-id", "hw_away");
            try (TestDevice device =
                    TestDevice.huawei(killed.port("mqtt"), "hw_here", SECRET).connects()) {
                sent = id(operator.does("call", "lock", "here", "open", "--async", "--timeout", "60s"));
                asked = requestId(device.hears());
                Thread.ofVirtual().start(() -> operator.types("call", "lock", "here", "open", "--timeout", "60s"));
                device.hears(); // the caller waits
                queued = id(operator.does("call", "lock", "away", "open", "--keep", "1h"));
                killed.kill();
            }
        }
        try (RunningBerth again = RunningBerth.on(data)) {
            Operator operator = again.operator();
            JsonNode waited = operator.types("--json", "call", "list", "lock", "here")
                    .lines()
                    .getFirst();
            assertThat(waited.path("state").stringValue()).isEqualTo("timed-out");
            assertThat(waited.path("detail").stringValue()).isEqualTo("the server restarted");
            try (TestDevice away = TestDevice.huawei(again.port("mqtt"), "hw_away", SECRET)
                            .connects();
                    TestDevice here = TestDevice.huawei(again.port("mqtt"), "hw_here", SECRET)
                            .connects()) {
                answers(away, "hw_away", requestId(away.hears()));
                answers(here, "hw_here", asked);
            }
            for (String call : List.of("away " + queued, "here " + sent)) {
                String[] words = call.split(" ");
                await().until(
                                () -> operator.does("call", "show", "lock", words[0], words[1])
                                        .path("state")
                                        .stringValue(),
                                "answered"::equals);
            }
        }
    }

    @Test
    void a_device_without_a_connection_counts_as_gone_after_a_kill_and_its_token_is_still_good() throws Exception {
        String token;
        try (ServerProcess killed = ServerProcess.launch(data).awaitReady()) {
            Operator operator = killed.operator();
            operator.does("product", "create", "Lock", "--key", "lock");
            operator.does("topic", "add", "lock", "user/update", "--allow", "pub");
            operator.does("device", "create", "lock", "visitor", "--secret", SECRET);
            operator.does("group", "create", "watch", "--product", "lock", "--kinds", "status");
            try (HttpsDevice device = HttpsDevice.of(killed.port("https"), data, Version.HTTP_1_1)) {
                token = device.alibabaToken("lock", "visitor", SECRET);
                device.alibabaReports(token, "/lock/visitor/user/update", "x");
            }
            await("the presence on disk")
                    .until(() -> !operator.types("--json", "device", "find", "attached = true")
                            .lines()
                            .isEmpty());
            killed.kill();
        }
        try (RunningBerth again = RunningBerth.on(data);
                Tail app = Tail.open(data, "product=lock&kind=status&from=2020-01-01T00:00:00Z");
                HttpsDevice device = HttpsDevice.of(again.port("https"), data, Version.HTTP_1_1)) {
            assertThat(app.event().path("data").path("status").stringValue()).isEqualTo("online");
            assertThat(app.event().path("data").path("cause").stringValue()).isEqualTo("node-lost");

            assertThat(HttpsDevice.code(device.alibabaReports(token, "/lock/visitor/user/update", "y")))
                    .isZero();
            assertThat(app.event().path("data").path("status").stringValue()).isEqualTo("online");
        }
    }

    @Test
    void a_terminated_server_says_goodbye_and_tidies_up() throws Exception {
        try (ServerProcess server =
                ServerProcess.launch(data, "--set", "mqtt.drain.over=0s").awaitReady()) {
            server.operator().does("product", "create", "Lock", "--key", "lock");
            server.operator().does("device", "create", "lock", "d", "--secret", SECRET);
            try (TestDevice device = TestDevice.alibaba(server.port("mqtt"), "lock", "d", SECRET)
                            .connects();
                    Tail follower = Tail.open(data, "product=lock")) {
                server.terminate();

                assertThat(server.exitCode()).isEqualTo(SIGTERM_EXIT);
                device.losesItsConnection();
                follower.ends();
            }
            assertThat(data.resolve("runtime.json")).doesNotExist();
            assertThat(data.resolve("token")).doesNotExist();
            assertThat(server.output()).doesNotContain("ERROR", "WARN", "Exception");
        }
    }

    @Test
    void credentials_are_shown_at_the_first_start_only() throws Exception {
        String first;
        try (ServerProcess server = ServerProcess.launch(data).awaitReady()) {
            first = server.awaitOutput("ready in");
        }
        assertThat(first).containsOnlyOnce("administrator  admin").containsOnlyOnce("access key");
        try (ServerProcess server = ServerProcess.launch(data).awaitReady()) {
            assertThat(server.awaitOutput("ready in")).doesNotContain("First start", "administrator", "access key");
        }
    }

    @Test
    void an_ephemeral_server_leaves_nothing_behind() throws Exception {
        Path temporary = Files.createDirectory(data.resolve("tmp"));
        Path directory = data.resolve("data");
        try (ServerProcess server =
                ServerProcess.launchIn(temporary, directory, "--ephemeral").awaitReady()) {
            server.operator().does("product", "create", "Lock", "--key", "lock");
            try (var state = Files.list(temporary)) {
                assertThat(state).anyMatch(path -> Files.exists(path.resolve("berth.db")));
            }
            server.terminate();
            assertThat(server.exitCode()).isEqualTo(SIGTERM_EXIT);
        }
        assertThat(temporary).isDirectoryNotContaining("glob:**/berth-*");
        assertThat(directory.resolve("berth.db")).doesNotExist();
        assertThat(directory.resolve("runtime.json")).doesNotExist();
    }

    private static String id(JsonNode call) {
        return call.path("id").stringValue();
    }

    private static String requestId(Heard command) {
        return command.topic().substring(command.topic().indexOf("request_id="));
    }

    private static void answers(TestDevice device, String id, String requestId) {
        device.publishes("$oc/devices/" + id + "/sys/commands/response/" + requestId, "{\"result_code\":0}");
    }

    private static String send(Operator operator, String text) {
        return operator.does("publish", "lock", "away", "/lock/away/user/get", "--qos", "1", "--text", text)
                .path("state")
                .stringValue();
    }
}
