package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.api.ApiServer.Answer;
import io.berth.core.device.DeviceId;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.testing.TestClock;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@SuppressWarnings("NullAway.Init") // made before each test
final class LoginApiTest {
    private ApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer();
        server.device("pk", "d1");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_right_login_is_rehearsed() {
        assertThat(explain("\"clientId\":\"pk/d1\",\"password\":\"s3cret\",\"port\":1883")
                        .text())
                .isEqualTo("""
                        {"outcome":"accepted","dialect":"plain","device":"pk/d1","fields":{},\
                        "channel":{"listener":"mqtt","address":"127.0.0.1","transport":"tcp"}}""");
    }

    @Test
    void a_wrong_login_is_explained_without_a_secret() {
        Answer answer =
                explain("\"clientId\":\"pk/d1\",\"password\":\"wrong-one\",\"secure\":true,\"listener\":\"mqtts\"");
        JsonNode explanation = answer.json();

        assertThat(explanation.get("outcome").asString()).isEqualTo("refused");
        assertThat(explanation.get("fault").asString()).isEqualTo("wrong-signature");
        assertThat(explanation.get("answer").asString()).isEqualTo("bad-credentials");
        assertThat(explanation.get("fields").get("device").asString()).isEqualTo("pk/d1");
        assertThat(explanation.get("check").get("expectedPrefix").asString()).hasSize(8);
        assertThat(explanation.get("check").get("skewSeconds").asInt()).isEqualTo(7);
        assertThat(explanation.get("channel").get("transport").asString()).isEqualTo("tls");
        assertThat(answer.text()).doesNotContain("s3cret", "wrong-one");
        assertThat(server.get("/refusals").at("items")).isEmpty();
    }

    @Test
    void a_login_that_nobody_recognises_and_one_that_cannot_be_checked_are_explained() {
        assertThat(explain("\"clientId\":\"stranger\"").at("fault").asString()).isEqualTo("not-recognised");
        server.registry.gone = true;
        assertThat(explain("\"clientId\":\"pk/d1\"").at("fault").asString()).isEqualTo("unavailable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"username\":\"u\"",
                "\"clientId\":\"c\",\"protocol\":6",
                "\"clientId\":\"c\",\"keepAlive\":65536",
                "\"clientid\":\"c\""
            })
    void a_login_that_no_packet_could_hold_is_refused(String members) {
        assertThat(explain(members).problem()).isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void refusals_are_listed_newest_first_by_product_and_device() {
        for (String name : new String[] {"pk/d1", "pk/d2", "other/d1"}) {
            server.refusals.add(refusal(name));
        }

        assertThat(devices("")).isEqualTo("other/d1 pk/d2 pk/d1");
        assertThat(devices("?limit=1")).isEqualTo("other/d1");
        assertThat(devices("?product=pk")).isEqualTo("pk/d2 pk/d1");
        assertThat(devices("?product=pk&device=d1")).isEqualTo("pk/d1");
        assertThat(server.get("/refusals?limit=1")
                        .at("items")
                        .get(0)
                        .get("time")
                        .asString())
                .isEqualTo("2026-11-21T08:00:00Z");
        assertThat(server.get("/refusals?device=d1").status()).isEqualTo(400);
        assertThat(server.get("/refusals?limit=1001").status()).isEqualTo(400);
    }

    private Answer explain(String members) {
        return server.post("/explain", "{" + members + "}");
    }

    private String devices(String query) {
        StringBuilder names = new StringBuilder();
        server.get("/refusals" + query)
                .at("items")
                .forEach(item -> names.append(item.get("device").asString()).append(' '));
        return names.toString().strip();
    }

    private static Refusal refusal(String device) {
        String[] parts = device.split("/", 2);
        return new Refusal(
                TestClock.START,
                "plain",
                new DeviceId(parts[0], parts[1]),
                device,
                LoginFault.CLOCK_SKEW,
                "cause",
                "fix",
                Map.of(),
                null,
                new Refusal.Channel("mqtt", "192.0.2.1:5", "tcp", null));
    }
}
