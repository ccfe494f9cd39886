package io.berth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import io.berth.TestDevice.Heard;
import io.berth.testing.Patience;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Devices that know their product's secret only get in, by stock clients over TLS (spec aliyun-device 1.4,
/// 1.5).
@Tag("slow")
final class DynamicRegistrationTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PRODUCT_SECRET = "PRODSECRET000001";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path data;

    @Test
    void a_registered_device_fetches_its_secret_and_logs_in_with_it_once_and_for_all() {
        try (RunningBerth berth = RunningBerth.on(data)) {
            Operator operator = product(berth.operator());
            operator.does("device", "create", "a1pk", "dev1", "--secret", SECRET);

            Heard pushed;
            try (TestDevice device = applicant(berth.port("mqtt"), "register", "dev1")) {
                pushed = device.connects().hears();
                assertThat(status(operator, "dev1")).isEqualTo("never-seen");
            }
            assertThat(pushed)
                    .isEqualTo(new Heard(
                            "/ext/register",
                            0,
                            "{\"productKey\":\"a1pk\",\"deviceName\":\"dev1\",\"deviceSecret\":\"" + SECRET + "\"}"));
            String secret = JSON.readTree(pushed.text()).path("deviceSecret").asString();

            try (TestDevice device = berth.alibaba("a1pk", "dev1", secret).connects();
                    TestDevice thief = applicant(berth.port("mqtt"), "register", "dev1")) {
                assertThat(thief.isRefusedWith()).isEqualTo(4);
                assertThat(device.isConnected()).isTrue();
            }
            assertThat(lastFault(operator, "dev1")).isEqualTo("already-activated");

            operator.does("device", "reset", "a1pk", "dev1", "--secret", SECRET);
            try (TestDevice again = applicant(berth.port("mqtt"), "register", "dev1")) {
                assertThat(again.connects().hears()).isEqualTo(pushed);
            }
        }
    }

    @Test
    void a_stock_client_of_another_make_hears_its_credentials_too() throws Exception {
        try (RunningBerth berth = RunningBerth.on(data)) {
            product(berth.operator()).does("device", "create", "a1pk", "dev1", "--secret", SECRET);
            Mqtt3BlockingClient client = MqttClient.builder()
                    .useMqttVersion3()
                    .identifier("dev1.a1pk|random=123,authType=register,securemode=2,signmethod=hmacsha256|")
                    .serverHost("localhost")
                    .serverPort(berth.port("mqtts"))
                    .sslConfig()
                    .trustManagerFactory(trust())
                    .applySslConfig()
                    .simpleAuth()
                    .username("dev1&a1pk")
                    .password(signed("dev1").getBytes(UTF_8))
                    .applySimpleAuth()
                    .buildBlocking();
            try (Mqtt3BlockingClient.Mqtt3Publishes publishes = client.publishes(MqttGlobalPublishFilter.ALL)) {
                client.connect();

                Mqtt3Publish pushed = publishes
                        .receive(Patience.LONG.toSeconds(), TimeUnit.SECONDS)
                        .orElseThrow();
                assertThat(pushed.getTopic()).hasToString("/ext/register");
                assertThat(new String(pushed.getPayloadAsBytes(), UTF_8)).contains("\"deviceSecret\":\"" + SECRET);
                client.disconnect();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_registered_device_fetches_its_secret_over_https(Version version) {
        try (RunningBerth berth = RunningBerth.on(data);
                HttpsDevice device = HttpsDevice.of(berth.port("https"), data, version)) {
            Operator operator = product(berth.operator());
            operator.does("device", "create", "a1pk", "dev1", "--secret", SECRET);
            String form = "productKey=a1pk&deviceName=dev1&random=123&signMethod=hmacsha256&sign=";

            assertThat(registers(device, form + signed("dev1")))
                    .isEqualTo("{\"code\":200,\"data\":{\"deviceName\":\"dev1\",\"deviceSecret\":\"" + SECRET
                            + "\",\"productKey\":\"a1pk\"},\"message\":\"success\"}");
            assertThat(registers(device, form + signed("dev2"))).startsWith("{\"code\":401,");
            assertThat(lastFault(operator, "dev1")).isEqualTo("wrong-signature");

            try (TestDevice online = berth.alibaba("a1pk", "dev1", SECRET).connects()) {
                assertThat(registers(device, form + signed("dev1"))).startsWith("{\"code\":6289,");
                assertThat(online.isConnected()).isTrue();
            }
        }
    }

    private static String registers(HttpsDevice device, String form) {
        return device.posts("/auth/register/device", form, "Content-Type", "application/x-www-form-urlencoded")
                .body();
    }

    @Test
    void of_two_boards_with_one_name_the_newest_wins_until_the_operator_keeps_one() {
        try (RunningBerth berth = RunningBerth.on(data)) {
            Operator operator = product(berth.operator());
            JsonNode one = token(berth.port("mqtt"), "twins");
            JsonNode two = token(berth.port("mqtt"), "twins");
            assertThat(operator.types("--json", "risk", "list").lines()).isEmpty();

            try (TestDevice first = board(berth, one).connects();
                    TestDevice second = board(berth, two).connects()) {
                first.losesItsConnection();
                JsonNode risk = await("the risk")
                        .until(() -> operator.types("--json", "risk", "list").lines(), risks -> !risks.isEmpty())
                        .getFirst();
                assertThat(risk.path("device").asString()).isEqualTo("twins");
                assertThat(risk.path("units").findValuesAsString("clientId"))
                        .containsExactlyInAnyOrder(clientId(one), clientId(two));
                await("its alarm")
                        .until(() -> operator.types("--json", "alarm", "list", "--state", "active")
                                        .lines()
                                        .size()
                                == 1);

                operator.does("risk", "keep", "a1pk", "twins", clientId(one));
                second.losesItsConnection();
            }
            try (TestDevice kept = board(berth, one).connects();
                    TestDevice refused = board(berth, two)) {
                assertThat(refused.isRefusedWith()).isEqualTo(4);
                assertThat(kept.isConnected()).isTrue();
            }
            assertThat(operator.types("--json", "risk", "list").lines()).isEmpty();
            assertThat(lastFault(operator, "twins")).isEqualTo("wrong-signature");

            operator.does("risk", "clear", "a1pk", "twins", "--yes");
            try (TestDevice cleared = board(berth, one)) {
                assertThat(cleared.isRefusedWith()).isEqualTo(4);
            }
        }
    }

    @Test
    void a_board_that_subscribes_nothing_talks_as_its_device() {
        try (RunningBerth berth = RunningBerth.on(data)) {
            product(berth.operator());
            JsonNode given = token(berth.port("mqtt"), "fresh");
            try (TestDevice device = board(berth, given).connects()) {
                device.publishes("/ext/ntp/a1pk/fresh/request", "{\"deviceSendTime\":\"1\"}");

                assertThat(device.hears().topic()).isEqualTo("/ext/ntp/a1pk/fresh/response");
            }
        }
    }

    @Test
    void a_token_that_was_given_out_survives_a_kill() throws Exception {
        JsonNode given;
        try (ServerProcess killed = ServerProcess.launch(data).awaitReady()) {
            product(killed.operator());
            given = token(killed.port("mqtt"), "fresh");
            killed.kill();
        }
        try (RunningBerth again = RunningBerth.on(data);
                TestDevice device = board(again, given)) {
            assertThat(device.connects().isConnected()).isTrue();
        }
    }

    @Test
    void the_operator_learns_beforehand_and_afterwards_what_is_in_the_way() {
        try (RunningBerth berth = RunningBerth.on(data)) {
            Operator operator = product(berth.operator());
            String[] rehearsal = {
                "explain",
                "--tls",
                "--client-id",
                "x|random=123,authType=regnwl,signmethod=hmacsha256|",
                "--username",
                "fresh&a1pk",
                "--password",
                signed("fresh")
            };
            assertThat(operator.does(rehearsal).path("outcome").asString()).isEqualTo("enrolled");
            assertThat(operator.isRefused("device", "show", "a1pk", "fresh")).contains("no device");

            operator.does("product", "update", "a1pk", "--without-preregistration", "off");
            JsonNode explained = operator.does(rehearsal);
            assertThat(explained.path("fault").asString()).isEqualTo("registration-off");
            assertThat(explained.path("answer").asString()).isEqualTo("bad-credentials");

            try (TestDevice device = applicant(berth.port("mqtt"), "regnwl", "fresh")) {
                assertThat(device.isRefusedWith()).isEqualTo(4);
            }
            assertThat(lastFault(operator, "fresh")).isEqualTo("registration-off");
        }
    }

    private static Operator product(Operator operator) {
        operator.does("product", "create", "Lamp", "--key", "a1pk", "--secret", PRODUCT_SECRET);
        operator.does("product", "update", "a1pk", "--dynamic-registration", "on", "--without-preregistration", "on");
        return operator;
    }

    private JsonNode token(int port, String name) {
        try (TestDevice device = applicant(port, "regnwl", name)) {
            Heard first = device.connects().hears();
            assertThat(first.topic()).isEqualTo("/ext/regnwl");
            assertThat(device.hears()).isEqualTo(new Heard("/ext/register", 0, first.text()));
            return JSON.readTree(first.text());
        }
    }

    private TestDevice applicant(int port, String authType, String name) {
        return TestDevice.overTls(
                port,
                caFile(),
                name + ".a1pk|random=123,authType=" + authType + ",securemode=2,signmethod=hmacsha256|",
                name + "&a1pk",
                signed(name));
    }

    private TestDevice board(RunningBerth berth, JsonNode given) {
        return TestDevice.overTls(
                berth.port("mqtt"),
                caFile(),
                clientId(given) + "|authType=connwl,securemode=-2,_ss=1,ext=3,_v=sdk-c-4.2.0|",
                given.path("deviceName").asString() + "&a1pk",
                given.path("deviceToken").asString());
    }

    private static String clientId(JsonNode given) {
        return given.path("clientId").asString();
    }

    private static String signed(String name) {
        return TestDevice.hmacSha256(PRODUCT_SECRET, "deviceName" + name + "productKeya1pkrandom123");
    }

    private static String status(Operator operator, String name) {
        return operator.does("device", "show", "a1pk", name).path("status").asString();
    }

    private static String lastFault(Operator operator, String name) {
        return await("a refusal of " + name)
                .until(() -> operator.types("--json", "explain", "a1pk", name).lines(), refusals -> !refusals.isEmpty())
                .getFirst()
                .path("fault")
                .asString();
    }

    private Path caFile() {
        try {
            JsonNode runtime = JSON.readTree(Files.readString(data.resolve("runtime.json")));
            return Path.of(runtime.path("caFile").asString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private TrustManagerFactory trust() throws GeneralSecurityException, IOException {
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null, null);
        try (var pem = Files.newInputStream(caFile())) {
            roots.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        return trust;
    }
}
