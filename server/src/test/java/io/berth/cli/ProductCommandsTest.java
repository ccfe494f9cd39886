package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Products and what belongs to them: topics, and the keys of applications.
final class ProductCommandsTest {
    private static final String PRODUCT = """
            {"key":"a1","secret":"s3","huaweiId":"64aa","name":"电表","auth":"secret","node":"direct","format":"json",\
            "dynamicRegistration":false,"topics":[{"path":"user/up","allow":"pub"}],"created":"2026-11-21T11:57:00Z"}""";

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
    void creates_a_product_with_what_was_given_and_nothing_else() {
        api.on("POST /products", 201, PRODUCT);

        Terminal.Result result = Terminal.of(api).berth("product", "create", "电表");

        assertThat(api.lastCall().body()).isEqualTo("{\"name\":\"电表\"}");
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("""
                        key                   a1
                        name                  电表
                        secret                s3
                        huawei id             64aa
                        auth                  secret
                        node                  direct
                        format                json
                        dynamic registration  no
                        topics
                          path user/up, allow pub
                        created               2026-11-21 11:57:00 (3 min ago)
                        """);
    }

    @Test
    void creates_a_product_with_given_identities() {
        api.on("POST /products", 201, PRODUCT);

        Terminal.Result result = Terminal.of(api)
                .berth(("product create m --key a1 --secret s3 --huawei-id 64aa --auth X509 --node sub --format raw"
                                + " --dynamic-registration --json")
                        .split(" "));

        assertThat(api.lastCall().body())
                .isEqualTo("{\"name\":\"m\",\"key\":\"a1\",\"secret\":\"s3\",\"huaweiId\":\"64aa\",\"auth\":\"x509\","
                        + "\"node\":\"sub\",\"format\":\"raw\",\"dynamicRegistration\":true}");
        assertThat(result.out()).isEqualTo(PRODUCT + "\n");
    }

    @Test
    void lists_products_as_a_table_that_stays_aligned_under_wide_characters() {
        api.on("GET /products", "{\"items\":[" + PRODUCT + ",{\"key\":\"longer-key\",\"name\":\"m\"}]}");

        assertThat(Terminal.of(api).berth("product", "list").out()).isEqualTo("""
                        KEY         NAME  AUTH    NODE    FORMAT  CREATED
                        a1          电表  secret  direct  json    2026-11-21 11:57:00
                        longer-key  m     -       -       -       -
                        """);
    }

    @Test
    void follows_the_cursor_to_the_end_of_a_listing() {
        api.on("GET /products", "{\"items\":[{\"key\":\"a\"},{\"key\":\"b\"}],\"next\":\"b c\"}")
                .on("GET /products", "{\"items\":[{\"key\":\"d\"}],\"next\":null}");

        Terminal.Result result = Terminal.of(api).berth("product", "list", "--json");

        assertThat(result.out()).isEqualTo("{\"key\":\"a\"}\n{\"key\":\"b\"}\n{\"key\":\"d\"}\n");
        assertThat(api.calls())
                .extracting(FakeApi.Call::target)
                .containsExactly("/products?limit=1000", "/products?limit=1000&after=b%20c");
    }

    @Test
    void stops_at_the_limit() {
        api.on("GET /products", "{\"items\":[{\"key\":\"a\"},{\"key\":\"b\"}],\"next\":\"b\"}");

        Terminal.Result result = Terminal.of(api).berth("product", "list", "--json", "--limit", "2");

        assertThat(result.out()).isEqualTo("{\"key\":\"a\"}\n{\"key\":\"b\"}\n");
        assertThat(api.calls()).extracting(FakeApi.Call::target).containsExactly("/products?limit=2");
    }

    @Test
    void names_are_percent_encoded_in_paths() {
        api.on("GET /products/a%2Fb%20%E8%A1%A8", PRODUCT);

        assertThat(Terminal.of(api).berth("product", "show", "a/b 表").code()).isZero();
    }

    @Test
    void deletes_without_a_question_when_nobody_is_there_to_answer() {
        api.on("DELETE /products/a1", 204, "");

        Terminal.Result result = Terminal.of(api).berth("product", "delete", "a1");

        assertThat(result).isEqualTo(new Terminal.Result(0, "deleted a1\n", ""));
    }

    @Test
    void asks_a_person_before_it_deletes() {
        api.on("DELETE /products/a1", 204, "");

        Terminal.Result declined = Terminal.of(api).typed("n\n").berth("product", "delete", "a1");
        assertThat(declined.err()).contains("Delete product a1? [y/N]");
        assertThat(declined.code()).isEqualTo(1);
        assertThat(api.calls()).isEmpty();

        assertThat(Terminal.of(api)
                        .typed("y\n")
                        .berth("product", "delete", "a1")
                        .out())
                .isEqualTo("deleted a1\n");
    }

    @Test
    void yes_is_an_answer_in_advance() {
        api.on("DELETE /products/a1", 204, "");

        Terminal.Result result = Terminal.of(api).typed("").berth("product", "delete", "a1", "--yes", "--json");

        assertThat(result).isEqualTo(new Terminal.Result(0, "{\"product\":\"a1\",\"deleted\":true}\n", ""));
    }

    @Test
    void says_why_a_product_cannot_be_deleted() {
        api.on("DELETE /products/a1", 409, "{\"detail\":\"a1 has 3 devices\",\"problem\":\"PRODUCT_NOT_EMPTY\"}");

        Terminal.Result result = Terminal.of(api).berth("product", "delete", "a1");

        assertThat(result).isEqualTo(new Terminal.Result(1, "", "berth: a1 has 3 devices\n"));
    }

    @Test
    void adds_lists_and_removes_topics() {
        api.on("POST /products/a1/topics", 201, PRODUCT)
                .on("GET /products/a1/topics", "{\"items\":[{\"path\":\"user/up\",\"allow\":\"pub\"}]}")
                .on("DELETE /products/a1/topics", 204, "");

        Terminal.Result added = Terminal.of(api).berth("topic", "add", "a1", "user/up", "--allow", "pub");
        assertThat(added.out()).isEqualTo("devices of a1 have topic user/up (pub)\n");
        assertThat(api.lastCall().body()).isEqualTo("{\"topic\":\"user/up\",\"allow\":\"pub\"}");

        assertThat(Terminal.of(api).berth("topic", "list", "a1").out()).isEqualTo("PATH     ALLOW\nuser/up  pub\n");

        assertThat(Terminal.of(api).berth("topic", "remove", "a1", "user/+/#").code())
                .isZero();
        assertThat(api.lastCall().target()).isEqualTo("/products/a1/topics?topic=user%2F%2B%2F%23");
    }

    @Test
    void shows_the_secret_of_an_access_key_when_it_is_made_and_only_then() {
        api.on("POST /accesskeys", 201, "{\"id\":\"K\",\"secret\":\"S\",\"created\":\"2026-11-21T12:00:00Z\"}")
                .on("GET /accesskeys", """
                        {"items":[{"id":"K","owner":"billing","role":"operator","enabled":true,
                        "created":"2026-11-21T12:00:00Z"}]}""")
                .on("DELETE /accesskeys/K", 204, "");

        Terminal.Result created = Terminal.of(api).berth("accesskey", "create", "--id", "K", "--secret", "S");
        assertThat(created.out()).isEqualTo("id       K\nsecret   S\ncreated  2026-11-21 12:00:00 (just now)\n");
        assertThat(api.lastCall().body()).isEqualTo("{\"id\":\"K\",\"secret\":\"S\"}");

        assertThat(Terminal.of(api).berth("accesskey", "list").out()).isEqualTo("""
                        ID  OWNER    ROLE      ENABLED  CREATED              LAST USED  LAST ADDRESS  LAST API
                        K   billing  operator  true     2026-11-21 12:00:00  -          -             -
                        """);
        assertThat(Terminal.of(api).berth("accesskey", "delete", "K", "--json").out())
                .isEqualTo("{\"id\":\"K\",\"deleted\":true}\n");
    }

    @Test
    void makes_a_token() {
        api.on("POST /tokens", 201, "{\"token\":\"abc\",\"expires\":\"2026-12-21T12:00:00Z\"}");

        Terminal.Result result = Terminal.of(api).berth("token", "create", "ci", "--lifetime", "30d");

        assertThat(api.lastCall().body()).isEqualTo("{\"name\":\"ci\",\"lifetime\":\"30d\"}");
        assertThat(result.out()).isEqualTo("token    abc\nexpires  2026-12-21 12:00:00 (in 30 days)\n");
    }

    @Test
    void tells_how_the_node_is_doing() {
        String node = "{\"version\":\"0.1.0\",\"pid\":7,\"started\":\"2026-11-21T10:00:00Z\",\"uptimeMillis\":7200000,"
                + "\"sessions\":3,\"listeners\":{\"mqtt\":{\"bind\":\"127.0.0.1\",\"port\":1883}}}";
        api.on("GET /node", node).on("GET /node", node);

        assertThat(Terminal.of(api).berth("node").out()).isEqualTo("""
                        version   0.1.0
                        pid       7
                        started   2026-11-21 10:00:00 (2 h ago)
                        sessions  3

                        LISTENER  BIND       PORT
                        mqtt      127.0.0.1  1883
                        """);
        assertThat(Terminal.of(api).berth("node", "status", "--json").out()).isEqualTo(node + "\n");
    }
}
