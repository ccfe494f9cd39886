package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `berth user`, `accesskey`, `token`, `audit`.
@SuppressWarnings("NullAway.Init") // made before each test
final class CallerCommandsTest {
    private static final String ANN = "{\"name\":\"ann\",\"role\":\"operator\",\"spaces\":[\"s1\"],\"areas\":[],"
            + "\"enabled\":true,\"created\":\"2026-11-21T11:57:00Z\"}";
    private static final String RECORD = "{\"time\":\"2026-11-21T11:57:00Z\",\"caller\":\"ann\",\"address\":\"::1\","
            + "\"api\":\"native\",\"action\":\"POST /products\",\"target\":\"a,\\\"b\",\"outcome\":\"ok\"}";

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
    void a_user_is_created_with_rights() {
        api.on("POST /users", 201, ANN);

        Terminal.Result result = Terminal.of(api)
                .berth(
                        "user create ann --password correct-horse --role operator --space s1 --area devices --area things"
                                .split(" "));

        assertThat(api.lastCall().body())
                .isEqualTo("{\"name\":\"ann\",\"password\":\"correct-horse\",\"role\":\"operator\",\"spaces\":[\"s1\"],"
                        + "\"areas\":[\"devices\",\"things\"]}");
        assertThat(result.out()).contains("role", "operator", "s1").doesNotContain("correct-horse");
    }

    @Test
    void a_password_comes_from_stdin_or_is_asked_for() {
        api.on("POST /users", 201, ANN).on("POST /users", 201, ANN).on("POST /users/ann/password", ANN);

        Terminal.of(api).piped("piped-secret\n").berth("user", "create", "ann", "--role", "reader", "--password", "-");
        assertThat(api.lastCall().json().text("password")).isEqualTo("piped-secret");

        Terminal.Result asked =
                Terminal.of(api).typed("typed-secret\n").berth("user", "create", "ann", "--role", "reader");
        assertThat(asked.err()).contains("Password: ");
        assertThat(api.lastCall().json().text("password")).isEqualTo("typed-secret");

        Terminal.of(api).piped("new-secret\n").berth("user", "password", "ann");
        assertThat(api.lastCall().body()).isEqualTo("{\"password\":\"new-secret\"}");
    }

    @Test
    void a_user_without_a_role_or_a_password_is_not_made() {
        assertThat(Terminal.of(api)
                        .berth("user", "create", "ann", "--password", "12345678")
                        .err())
                .contains("--role administrator, operator or reader");
        assertThat(Terminal.of(api)
                        .berth("user", "create", "ann", "--role", "reader")
                        .err())
                .contains("nothing on stdin");
        assertThat(Terminal.of(api)
                        .berth("user", "create", "ann", "--role", "king")
                        .code())
                .isEqualTo(2);
        assertThat(api.calls()).isEmpty();
    }

    @Test
    void users_are_listed_disabled_and_deleted() {
        api.on("GET /users", "{\"items\":[" + ANN + "]}")
                .on("POST /users/ann/disable", ANN)
                .on("DELETE /users/ann", 204, "");

        assertThat(Terminal.of(api).berth("user", "list").out()).contains("NAME", "ROLE", "ann", "operator");
        assertThat(Terminal.of(api).berth("user", "disable", "ann").out()).isEqualTo("ann is disabled\n");
        assertThat(Terminal.of(api).berth("user", "delete", "ann", "-y").out()).isEqualTo("deleted ann\n");
    }

    @Test
    void a_key_is_made_for_an_owner_changed_and_disabled() {
        String key = "{\"id\":\"K2\",\"secret\":\"s\",\"owner\":\"billing\"}";
        api.on("POST /accesskeys", 201, key)
                .on("POST /accesskeys/rotate", 201, key)
                .on("POST /accesskeys/K1/disable", key)
                .on(
                        "GET /accesskeys",
                        "{\"items\":[{\"id\":\"K1\",\"owner\":\"billing\",\"role\":\"reader\",\"enabled\":true,"
                                + "\"lastUsed\":\"2026-11-21T11:57:00Z\",\"lastAddress\":\"10.0.0.9\",\"lastApi\":\"aliyun\"}]}");

        Terminal.of(api).berth("accesskey create --owner billing --role reader --area devices".split(" "));
        assertThat(api.lastCall().body())
                .isEqualTo("{\"owner\":\"billing\",\"role\":\"reader\",\"areas\":[\"devices\"]}");
        assertThat(Terminal.of(api).berth("accesskey", "rotate", "billing").out())
                .contains("K2", "secret");
        assertThat(api.lastCall().body()).isEqualTo("{\"owner\":\"billing\"}");
        assertThat(Terminal.of(api).berth("accesskey", "disable", "K1").out()).isEqualTo("K1 is disabled\n");
        assertThat(Terminal.of(api).berth("accesskey", "list").out())
                .contains("LAST USED", "2026-11-21 11:57:00", "10.0.0.9", "aliyun");
    }

    @Test
    void tokens_are_made_with_rights_listed_and_ended() {
        api.on("POST /tokens", 201, "{\"token\":\"t\",\"expires\":\"2026-11-22T11:57:00Z\"}")
                .on("GET /tokens", "{\"items\":[{\"name\":\"ci\",\"role\":\"reader\"}]}")
                .on("DELETE /tokens/ci", 204, "");

        Terminal.of(api).berth("token", "create", "ci", "--role", "reader");
        assertThat(api.lastCall().body()).isEqualTo("{\"name\":\"ci\",\"role\":\"reader\"}");
        assertThat(Terminal.of(api).berth("token", "list").out()).contains("ci", "reader");
        assertThat(Terminal.of(api).berth("token", "delete", "ci", "-y").out()).isEqualTo("deleted the tokens of ci\n");
    }

    @Test
    void the_audit_is_searched() {
        api.on("GET /audit", "{\"items\":[" + RECORD + "]}");

        String out = Terminal.of(api)
                .berth("audit --since 1h --caller ann --action DeleteDevice --target pk/ --failed".split(" "))
                .out();

        assertThat(api.lastCall().target())
                .isEqualTo("/audit?from=2026-11-21T11%3A00%3A00Z&caller=ann&action=DeleteDevice&target=pk%2F"
                        + "&failed=true&limit=100");
        assertThat(out).contains("CALLER", "POST /products", "ok");
    }

    @Test
    void the_audit_is_written_out_whole_as_csv_or_json() {
        api.on("GET /audit", "{\"items\":[" + RECORD + "],\"next\":\"1-1\"}")
                .on("GET /audit", "{\"items\":[" + RECORD + "]}")
                .on("GET /audit", "{\"items\":[" + RECORD + "]}");

        assertThat(Terminal.of(api).berth("audit", "--csv").out())
                .isEqualTo("time,caller,address,api,action,target,outcome\n"
                        + "2026-11-21T11:57:00Z,ann,::1,native,POST /products,\"a,\"\"b\",ok\n".repeat(2));
        assertThat(Terminal.of(api).berth("audit", "--json").out()).isEqualTo(RECORD + "\n");
        assertThat(Terminal.of(api).berth("audit", "--since", "soon").code()).isEqualTo(2);
    }

    @Test
    void refusals_of_a_key_and_of_a_user_are_told() {
        api.on("GET /refusals", "{\"items\":[]}").on("GET /refusals", "{\"items\":[]}");

        Terminal.of(api).berth("explain", "--key", "LTAI1");
        assertThat(api.lastCall().target()).isEqualTo("/refusals?claimed=LTAI1&limit=10");
        Terminal.of(api).berth("explain", "--user", "ann");
        assertThat(api.lastCall().target()).isEqualTo("/refusals?claimed=ann&limit=10");
    }
}
