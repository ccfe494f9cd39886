package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A refused login tells the peer nothing but the code, and the operator everything but the secrets.
@Tag("slow")
final class RefusedLoginTest {
    private static final String DEVICE_SECRET = "d3v1ceSecretThatNobodyMaySee0001";
    private static final String PRODUCT_SECRET = "pr0ductSecretThatNobodyMaySee002";
    private static final String WRONG_SECRET = "wr0ngSecretThatNobodyMaySee00003";
    private static final String KEY_SECRET = "accessKeySecretThatNobodySees004";
    private static final String LONG_ID = "65f0a1b2c3d4e5f60718293a4b5c6d7e_a-meter-with-a-long-name";

    @TempDir
    Path data;

    @Test
    void an_operator_learns_why_and_nobody_learns_a_secret() throws Exception {
        List<String> said = new ArrayList<>();
        try (ServerProcess server =
                ServerProcess.launch(data, "--set", "mqtt.drain.over=0s").awaitReady()) {
            Operator operator = server.operator();
            operator.does("product", "create", "Meter", "--key", "meter", "--secret", PRODUCT_SECRET);
            operator.does("device", "create", "meter", "d1", "--secret", DEVICE_SECRET, "--huawei-id", LONG_ID);
            operator.does("accesskey", "create", "--id", "app", "--secret", KEY_SECRET);

            refusesBothWires(server.port("mqtt"));
            said.add(explainsBothWires(operator));
            said.add(rehearsesALogin(server, operator));
            said.add(shown(operator, "explain"));
            said.add(shown(operator, "product", "list"));
            said.add(shown(operator, "accesskey", "list"));
            said.add(shown(operator, "--json", "device", "list", "meter"));
            server.terminate();
            server.exitCode();
            said.add(server.output());
        }
        for (String secret : List.of(DEVICE_SECRET, PRODUCT_SECRET, WRONG_SECRET, KEY_SECRET)) {
            assertThat(said).noneMatch(text -> text.contains(secret));
            assertThat(filesContaining(secret)).isEmpty();
        }
    }

    private static void refusesBothWires(int port) {
        assertThat(TestDevice.alibaba(port, "meter", "d1", WRONG_SECRET).isRefusedWith())
                .isEqualTo(4);
        assertThat(TestDevice.alibaba(port, "meter", "d1", WRONG_SECRET)
                        .onMqtt31()
                        .isRefusedWith())
                .isEqualTo(4);
        assertThat(TestDevice.huawei(port, LONG_ID, WRONG_SECRET).isRefusedWith())
                .isEqualTo(4);
        assertThat(TestDevice.huawei(port, LONG_ID, WRONG_SECRET).onMqtt31().isRefusedWith())
                .isEqualTo(4);
        // what firmware authors get wrong: the secret itself, and the product's secret
        assertThat(TestDevice.huawei(port, LONG_ID, DEVICE_SECRET)
                        .password(DEVICE_SECRET)
                        .isRefusedWith())
                .isEqualTo(4);
        assertThat(TestDevice.alibaba(port, "meter", "d1", PRODUCT_SECRET).isRefusedWith())
                .isEqualTo(4);
    }

    private static String explainsBothWires(Operator operator) {
        List<JsonNode> refusals = await("six refusals of the device")
                .until(() -> operator.types("--json", "explain", "meter", "d1").lines(), lines -> lines.size() == 6);
        assertThat(refusals).allSatisfy(refusal -> {
            assertThat(refusal.path("device").stringValue()).isEqualTo("meter/d1");
            assertThat(refusal.path("fault").stringValue()).isEqualTo("wrong-signature");
            assertThat(refusal.path("cause").stringValue()).isNotBlank();
            assertThat(refusal.path("fix").stringValue()).isNotBlank();
            assertThat(refusal.path("check").path("expectedPrefix").stringValue())
                    .hasSize(8);
        });
        assertThat(refusals.getFirst().path("cause").stringValue()).contains("product");
        String text = operator.types("explain", "meter", "d1").out();
        assertThat(text)
                .contains("clientIdmeter.d1deviceNamed1productKeymetertimestamp")
                .contains("by aliyun", "by huawei", "signed text", "hmacsha256", "came to", "mqtt, 127.0.0.1");
        return text + refusals;
    }

    private static String shown(Operator operator, String... words) {
        Operator.Answer answer = operator.types(words);
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out()).isNotEmpty();
        return answer.out();
    }

    private static String rehearsesALogin(ServerProcess server, Operator operator) {
        int port = server.port("mqtt");
        TestDevice right = TestDevice.alibaba(port, "meter", "d1", DEVICE_SECRET);
        TestDevice wrong = TestDevice.alibaba(port, "meter", "d1", WRONG_SECRET);
        Operator.Answer accepted = rehearse(operator, port, right);
        Operator.Answer refused = rehearse(operator, port, wrong);

        assertThat(accepted.out()).startsWith("accepted  meter/d1  by aliyun");
        assertThat(refused.out()).startsWith("refused  (wrong-signature)  meter/d1  by aliyun");
        assertThat(accepted.code()).isZero();
        assertThat(refused.code()).isZero();
        return accepted.out() + refused.out() + accepted.err() + refused.err();
    }

    private static Operator.Answer rehearse(Operator operator, int port, TestDevice device) {
        return operator.types(
                "explain",
                "--client-id",
                device.clientId(),
                "--username",
                device.username(),
                "--password",
                device.password(),
                "--port",
                Integer.toString(port));
    }

    /// Every byte the server keeps, but for the key that would open it.
    private List<Path> filesContaining(String secret) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .contains(secret)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
