package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.testing.Patience;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a caller that is limited to one resource space can do, and that nothing of another space exists for it.
@Tag("slow")
final class LimitedCallersTest {
    private static final String SECRET = "13579bdf02468ace13579bdf02468ace";

    @TempDir
    static Path data;

    @TempDir
    Path folder;

    private static RunningBerth berth;
    private static Operator operator;
    private static String token;

    @BeforeAll
    static void make_a_product_in_either_space() {
        berth = RunningBerth.on(data);
        operator = berth.operator();
        String ours = operator.does("space", "create", "ours").path("id").stringValue();
        operator.does("product", "create", "Ours", "--key", "ours", "--huawei-id", "o", "--space", ours);
        operator.does("product", "create", "Theirs", "--key", "theirs", "--huawei-id", "t");
        for (String product : new String[] {"ours", "theirs"}) {
            operator.does("device", "create", product, "d1", "--secret", SECRET);
        }
        operator.does("device-group", "create", "all", "--where", "name = 'd1'");
        operator.does("device-group", "create", "picked");
        operator.does("device-group", "add", "picked", "theirs", "d1");
        token = operator.does("token", "create", "app", "--role", "operator", "--space", ours)
                .path("token")
                .stringValue();
    }

    @AfterAll
    static void stop() {
        berth.close();
    }

    private static String does(String... words) {
        Operator.Answer answer = Operator.at(berth.url(), token, words);
        assertThat(answer.code()).as(answer.err()).isZero();
        return answer.out();
    }

    private static String isRefused(String... words) {
        Operator.Answer answer = Operator.at(berth.url(), token, words);
        assertThat(answer.code()).as(answer.out()).isNotZero();
        return answer.err();
    }

    @Test
    void it_makes_products_in_its_space_and_moves_none_out() {
        does("product", "create", "Another", "--key", "another");
        assertThat(does("product", "list")).contains("ours", "another").doesNotContain("theirs");
        assertThat(isRefused("product", "create", "X", "--space", "00000000000000000000000000000000"))
                .contains("space");
        assertThat(isRefused("product", "update", "another", "--space", "00000000000000000000000000000000"))
                .contains("space");
    }

    @Test
    void it_searches_and_looks_into_groups_for_its_devices() {
        assertThat(does("device", "find", "name = 'd1'")).contains("ours").doesNotContain("theirs");
        assertThat(does("device-group", "devices", "all")).contains("ours").doesNotContain("theirs");
        assertThat(does("device-group", "devices", "picked")).doesNotContain("theirs");
        does("device-group", "add", "picked", "ours", "d1");
        assertThat(does("device-group", "devices", "picked")).contains("ours");
        assertThat(isRefused("device-group", "remove", "picked", "theirs", "d1"))
                .contains("theirs");
        assertThat(isRefused("device-group", "create", "more")).contains("limited");
    }

    @Test
    void it_imports_devices_of_its_products() throws IOException {
        Path list = Files.writeString(folder.resolve("list.csv"), "ours,i1,secret-of-i1\ntheirs,i2,secret-of-i2\n");

        Operator.Answer answer = Operator.at(berth.url(), token, "device", "import", list.toString());

        assertThat(answer.out() + answer.err()).contains("no product \"theirs\"");
        assertThat(operator.does("device", "show", "ours", "i1").path("name").stringValue())
                .isEqualTo("i1");
        assertThat(operator.isRefused("device", "show", "theirs", "i2")).contains("no device");
    }

    @Test
    void it_runs_the_line_of_its_products() throws IOException {
        Path ids = Files.writeString(folder.resolve("ids.csv"), "LINE-0001\n");
        operator.does("line", "batch", "create", "their-batch", "--product", "theirs", "--quota", "1");
        operator.does("line", "allow", "their-batch", ids.toString());

        does("line", "batch", "create", "our-batch", "--product", "ours", "--quota", "1");
        assertThat(does("line", "batch", "list")).contains("our-batch").doesNotContain("their-batch");
        does(
                "line",
                "allow",
                "our-batch",
                Files.writeString(folder.resolve("more.csv"), "LINE-0002\n").toString());
        assertThat(does("line", "report", "our-batch")).contains("LINE-0002");
        does("line", "block", "LINE-0002");
        does("line", "batch", "close", "our-batch");

        assertThat(isRefused("line", "batch", "create", "x", "--product", "theirs", "--quota", "1"))
                .contains("no product \"theirs\"");
        for (String verb : new String[] {"show", "close"}) {
            assertThat(isRefused("line", "batch", verb, "their-batch")).contains("no batch");
        }
        assertThat(isRefused("line", "allow", "their-batch", ids.toString())).contains("no batch");
        assertThat(isRefused("line", "report", "their-batch")).contains("no batch");
        for (String verb : new String[] {"show", "block", "unblock", "reissue"}) {
            assertThat(isRefused("line", verb, "LINE-0001")).contains("in no batch");
        }
    }

    @Test
    void its_administrator_lets_stations_in_that_serve_its_products_alone() {
        operator.does("line", "station", "add", "everywhere", "--network", "127.0.0.1");
        operator.does("line", "station", "add", "mixed", "--network", "127.0.0.1", "--product", "ours,theirs");
        String ours = operator.does("product", "show", "ours").path("space").stringValue();
        String boss = operator.does("token", "create", "boss", "--role", "administrator", "--space", ours)
                .path("token")
                .stringValue();
        String[] add = {"line", "station", "add", "own", "--network", "127.0.0.1", "--product", "ours"};

        assertThat(isRefused(add)).contains("administrator");
        assertThat(Operator.at(berth.url(), boss, add).code()).isZero();
        assertThat(Operator.at(berth.url(), boss, "line", "station", "list").out())
                .contains("own")
                .doesNotContain("everywhere", "mixed");
        assertThat(Operator.at(berth.url(), boss, "line", "station", "rotate", "own")
                        .out())
                .contains("own.");

        add[3] = "more";
        add[7] = "theirs";
        assertThat(Operator.at(berth.url(), boss, add).err()).contains("no product");
        assertThat(Operator.at(berth.url(), boss, Arrays.copyOf(add, 6)).err()).contains("limited");
        for (String other : new String[] {"everywhere", "mixed"}) {
            assertThat(Operator.at(berth.url(), boss, "line", "station", "rotate", other)
                            .err())
                    .contains("no station");
            assertThat(Operator.at(berth.url(), boss, "line", "station", "remove", other, "--yes")
                            .err())
                    .contains("no station");
        }
    }

    @Test
    void it_subscribes_to_its_products() throws Exception {
        operator.does("group", "create", "everything");
        operator.does("group", "create", "of-theirs", "--product", "theirs");
        does("group", "create", "of-ours", "--product", "ours", "--kinds", "message");
        assertThat(does("group", "list")).contains("of-ours").doesNotContain("everything", "of-theirs");
        assertThat(isRefused("group", "create", "x")).contains("limited");
        assertThat(isRefused("group", "create", "x", "--product", "theirs")).contains("theirs");
        assertThat(isRefused("group", "show", "everything")).contains("no consumer group");
        assertThat(isRefused("group", "delete", "of-theirs", "--yes")).contains("no consumer group");

        operator.does("topic", "add", "ours", "user/update", "--allow", "pub");
        try (TestDevice device = berth.alibaba("ours", "d1", SECRET).connects()) {
            device.publishes("/ours/d1/user/update", "hello");
        }
        String url = "amqp://127.0.0.1:" + berth.port("amqp") + "?amqp.idleTimeout=80000";
        try (Connection connection = new JmsConnectionFactory(url).createConnection("token", token)) {
            connection.start();
            assertThat(consumer(connection, "of-ours").receive(Patience.LONG.toMillis()))
                    .isNotNull();
            assertThatThrownBy(() -> consumer(connection, "everything")).hasStackTraceContaining("amqp:not-found");
            assertThatThrownBy(() -> consumer(connection, "of-theirs")).hasStackTraceContaining("amqp:not-found");
        }
    }

    private static MessageConsumer consumer(Connection connection, String queue) throws JMSException {
        Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
        return session.createConsumer(session.createQueue(queue));
    }
}
