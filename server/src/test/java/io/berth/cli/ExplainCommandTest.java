package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ExplainCommandTest {
    private static final String REFUSAL = """
            {"outcome":"refused","time":"2026-11-21T11:57:00Z","dialect":"aliyun","device":"a1/d1",\
            "fault":"wrong-signature","cause":"the signature was made with another secret",\
            "fix":"give the device the secret of berth device show a1 d1","fields":{"signmethod":"hmacsha256"},\
            "check":{"algorithm":"hmacsha256","content":"clientIdx","expectedPrefix":"01234567",\
            "givenPrefix":"89abcdef","skewSeconds":-7200},\
            "channel":{"listener":"mqtt","address":"10.0.0.9:40000","transport":"tcp"}}""";

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
    void tells_the_remembered_refusals_of_a_device() {
        api.on("GET /refusals", "{\"items\":[" + REFUSAL + "]}");

        Terminal.Result result = Terminal.of(api).berth("explain", "a1", "d1");

        assertThat(api.lastCall().target()).isEqualTo("/refusals?product=a1&device=d1&limit=10");
        assertThat(result.out()).isEqualTo("""
                        2026-11-21 11:57:00 (3 min ago)  refused  (wrong-signature)  a1/d1  by aliyun
                          cause         the signature was made with another secret
                          fix           give the device the secret of berth device show a1 d1
                          came to       mqtt, 10.0.0.9:40000, tcp
                          signmethod    hmacsha256
                          signed text   clientIdx
                          digest        hmacsha256 expected 01234567…, given 89abcdef…
                          its clock     2 h behind
                        """);
    }

    @Test
    void a_long_label_stands_apart_from_its_value() {
        api.on(
                "GET /refusals",
                "{\"items\":[{\"fields\":{\"signed headers\":\"host;x-sdk-date\",\"date\":\"today\"}}]}");

        assertThat(Terminal.of(api).berth("explain", "--key", "ak1").out()).isEqualTo("""
                        refused
                          signed headers host;x-sdk-date
                          date          today
                        """);
    }

    @Test
    void prints_refusals_as_json() {
        api.on("GET /refusals", "{\"items\":[" + REFUSAL + "," + REFUSAL + "]}");

        assertThat(Terminal.of(api)
                        .berth("explain", "--json", "a1", "d1", "--limit", "2")
                        .out())
                .isEqualTo(REFUSAL + "\n" + REFUSAL + "\n");
    }

    @Test
    void without_a_device_it_tells_the_newest_of_all() {
        api.on("GET /refusals", "{\"items\":[]}");

        assertThat(Terminal.of(api).berth("explain").out()).isEqualTo("no refused login is remembered\n");
        assertThat(api.lastCall().target()).isEqualTo("/refusals?limit=10");
    }

    @Test
    void rehearses_a_login() {
        api.on(
                "POST /explain",
                "{\"outcome\":\"accepted\",\"dialect\":\"aliyun\",\"device\":\"a1/d1\",\"fields\":{},"
                        + "\"channel\":{\"listener\":\"mqtts\",\"transport\":\"tls\"}}");

        Terminal.Result result = Terminal.of(api)
                .berth(("explain --client-id c|securemode=2| --username d1&a1 --password AB --port 8883 --tls"
                                + " --keep-alive 60 --protocol 3.1")
                        .split(" "));

        assertThat(api.lastCall().body())
                .isEqualTo("{\"clientId\":\"c|securemode=2|\",\"username\":\"d1&a1\",\"password\":\"AB\",\"port\":8883,"
                        + "\"secure\":true,\"keepAlive\":60,\"protocol\":3}");
        assertThat(result)
                .isEqualTo(new Terminal.Result(0, "accepted  a1/d1  by aliyun\n  came to       mqtts, tls\n", ""));
    }

    @Test
    void a_rehearsal_that_ends_in_a_refusal_is_an_answer_and_no_failure() {
        api.on("POST /explain", REFUSAL);

        Terminal.Result result = Terminal.of(api).berth("explain", "--client-id", "c", "--listener", "mqtt", "--json");

        assertThat(result).isEqualTo(new Terminal.Result(0, REFUSAL + "\n", ""));
        assertThat(api.lastCall().body()).isEqualTo("{\"clientId\":\"c\",\"listener\":\"mqtt\"}");
    }
}
