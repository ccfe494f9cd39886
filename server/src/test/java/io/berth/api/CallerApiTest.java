package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.api.ApiServer.Answer;
import io.berth.core.caller.Callers;
import io.berth.core.credential.Secret;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // made before each test
final class CallerApiTest {
    private ApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_password_gets_a_token_that_works_until_it_expires() {
        Callers.FirstCredentials first = server.callers.bootstrap().orElseThrow();
        Answer made = login(first.password().reveal());

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("expires").asString()).isEqualTo("2026-11-21T09:00:00Z");
        String token = made.at("token").asString();
        assertThat(server.call("GET", "/accesskeys", null, token).status()).isEqualTo(200);
        server.clock.advance(Duration.ofHours(1));
        assertThat(server.call("GET", "/accesskeys", null, token).status()).isEqualTo(401);
    }

    @Test
    void guessing_the_password_is_stopped_even_for_the_right_one() {
        Callers.FirstCredentials first = server.callers.bootstrap().orElseThrow();
        for (int i = 0; i < 3; i++) {
            assertThat(login("guess" + i).problem()).isEqualTo("UNAUTHENTICATED");
        }
        assertThat(login(first.password().reveal()).status()).isEqualTo(503);

        server.clock.advance(Duration.ofMinutes(1));
        assertThat(login(first.password().reveal()).status()).isEqualTo(201);
    }

    @Test
    void every_route_but_tokens_needs_a_token_that_is_known() {
        for (Route<?, ?> route : server.api.routes()) {
            if (route.path().equals("/tokens")) {
                continue;
            }
            String path = route.path().replaceAll("\\{[a-z]+}", "x");
            Answer without = server.call(route.method().name(), path, "{}", null);
            assertThat(without.status()).as("%s %s", route.method(), path).isEqualTo(401);
            assertThat(without.response().headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer");
            assertThat(server.call(route.method().name(), path, "{}", "guess").problem())
                    .isEqualTo("UNAUTHENTICATED");
        }
    }

    @Test
    void a_header_that_is_no_bearer_token_is_refused() {
        assertThat(server.call("GET", "/node", null, "gu ess").status()).isEqualTo(401);
        assertThat(server.call("GET", "/node", null, "").status()).isEqualTo(401);
    }

    @Test
    void holders_of_tokens_operate_but_make_no_credentials() {
        Answer made = server.post("/tokens", "{\"name\":\"ci\",\"lifetime\":\"30d\"}");
        String token = made.at("token").asString();

        assertThat(made.at("expires").asString()).isEqualTo("2026-12-21T08:00:00Z");
        assertThat(server.call("POST", "/products", "{\"name\":\"p\"}", token).status())
                .isEqualTo(201);
        assertThat(server.call("POST", "/accesskeys", "{}", token).problem()).isEqualTo("FORBIDDEN");
        assertThat(server.call("POST", "/tokens", "{\"name\":\"x\"}", token).problem())
                .isEqualTo("FORBIDDEN");
        assertThat(server.call("DELETE", "/accesskeys/x", null, token).problem())
                .isEqualTo("FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"user\":\"admin\"}",
                "{\"user\":\"a\",\"password\":\"b\",\"name\":\"c\"}",
                "{\"name\":\"x\",\"lifetime\":\"0s\"}",
                "{\"name\":\"x\",\"lifetime\":\"367d\"}",
                "{\"name\":\"x\",\"lifetime\":\"soon\"}",
                "{\"name\":\"admin\"}",
                "{\"name\":\"line\\nbreak\"}"
            })
    void a_token_is_not_made_from_nonsense(String body) {
        assertThat(server.post("/tokens", body).problem()).isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void nobody_makes_a_token_for_a_name() {
        assertThat(server.call("POST", "/tokens", "{\"name\":\"x\"}", null).problem())
                .isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void access_keys_show_their_secret_once() {
        Answer made = server.post("/accesskeys", "{\"id\":\"LTAI.1\",\"secret\":\"abc\"}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text())
                .isEqualTo("{\"id\":\"LTAI.1\",\"secret\":\"abc\",\"created\":\"2026-11-21T08:00:00Z\"}");
        assertThat(server.post("/accesskeys", "{}").at("secret").asString()).isNotEmpty();
        assertThat(server.get("/accesskeys").text()).contains("\"LTAI.1\"").doesNotContain("secret");
        assertThat(server.post("/accesskeys", "{\"id\":\"LTAI.1\"}").problem()).isEqualTo("ACCESS_KEY_EXISTS");
        assertThat(server.delete("/accesskeys/LTAI.1").status()).isEqualTo(204);
        assertThat(server.delete("/accesskeys/LTAI.1").problem()).isEqualTo("ACCESS_KEY_NOT_FOUND");
    }

    private Answer login(String password) {
        return server.call(
                "POST",
                "/tokens",
                "{\"user\":\"admin\",\"password\":\"" + new Secret(password).reveal() + "\",\"lifetime\":\"1h\"}",
                null);
    }
}
