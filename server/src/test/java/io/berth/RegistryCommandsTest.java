package io.berth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The operator's commands against a whole server: import, access keys, tokens.
final class RegistryCommandsTest {
    private static final String SECRET = "13579bdf02468ace13579bdf02468ace";

    @TempDir
    static Path data;

    @TempDir
    static Path folder;

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
    void a_list_of_devices_is_tried_imported_and_imported_again() throws IOException {
        Path csv = Files.writeString(
                folder.resolve("fleet.csv"),
                "ProductKey,DeviceName,DeviceSecret,HuaweiDeviceId\n"
                        + "tank,i1," + SECRET + "\n"
                        + "tank,i2," + SECRET + ",65f0_i2\n");
        String file = csv.toString();

        assertThat(operator.types("device", "import", file, "--dry-run").out())
                .startsWith("2 lines: 2 to create, 0 unchanged, 0 refused");
        assertThat(operator.isRefused("device", "show", "tank", "i1")).contains("no device");

        assertThat(operator.types("device", "import", file).out())
                .startsWith("2 lines: 2 created, 0 unchanged, 0 refused");
        assertThat(operator.types("device", "import", file).out())
                .startsWith("2 lines: 0 created, 2 unchanged, 0 refused");
        berth.alibaba("tank", "i1", SECRET).connects().close();
        berth.huawei("65f0_i2", SECRET).connects().close();
    }

    @Test
    void a_refused_line_is_named_the_others_are_imported_and_the_exit_code_is_1() throws IOException {
        Path csv = Files.writeString(
                folder.resolve("mixed.csv"),
                "tank,m1," + SECRET + "\n" + "nowhere,m2," + SECRET + "\n" + "tank,m3\n" + "tank,m1,another-secret\n"
                        + "tank,m4," + SECRET + "\n");

        Operator.Answer answer = operator.types("device", "import", csv.toString());

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).startsWith("5 lines: 2 created, 0 unchanged, 3 refused");
        assertThat(answer.err()).contains("mixed.csv:2  ", "nowhere", "mixed.csv:3  2 columns", "mixed.csv:4  ");
        assertThat(answer.err() + answer.out()).doesNotContain(SECRET, "another-secret");
        assertThat(operator.types("--json", "device", "import", csv.toString()).lines())
                .hasSize(6)
                .last()
                .satisfies(last -> assertThat(
                                last.path("summary").path("unchanged").intValue())
                        .isEqualTo(2));
    }

    @Test
    void topics_are_listed_and_taken_away() {
        operator.does("topic", "add", "tank", "/tank/${deviceName}/user/level", "--allow", "pub");
        assertThat(operator.types("topic", "list", "tank").out())
                .startsWith("PATH")
                .containsPattern("user/level +pub");
        operator.does("topic", "remove", "tank", "user/level", "--yes");
        assertThat(operator.types("topic", "list", "tank").out()).doesNotContain("user/level");
    }

    @Test
    void an_access_key_shows_its_secret_once() {
        JsonNode created = operator.does("accesskey", "create", "--id", "LTAI1", "--secret", SECRET);
        assertThat(created.path("id").stringValue()).isEqualTo("LTAI1");
        assertThat(created.path("secret").stringValue()).isEqualTo(SECRET);

        assertThat(operator.types("--json", "accesskey", "list").out())
                .contains("\"LTAI1\"")
                .doesNotContain(SECRET);
        assertThat(operator.isRefused("accesskey", "create", "--id", "LTAI1")).contains("LTAI1");
        operator.does("accesskey", "delete", "LTAI1", "--yes");
        assertThat(operator.isRefused("accesskey", "delete", "LTAI1", "--yes")).contains("LTAI1");
    }

    @Test
    void a_token_lets_another_machine_in_but_makes_no_tokens() {
        String token = operator.does("token", "create", "ci", "--lifetime", "1h")
                .path("token")
                .stringValue();

        assertThat(elsewhere(token, "product", "show", "tank").code()).isZero();
        assertThat(elsewhere(token, "token", "create", "more").code()).isEqualTo(1);
        assertThat(elsewhere(token + "x", "product", "list").err()).contains("does not accept the token");
    }

    /// A command on a machine that knows the server by its address only.
    private static Operator.Answer elsewhere(String token, String... words) {
        return Operator.at(berth.url(), token, words);
    }
}
