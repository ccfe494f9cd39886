package io.berth.rule.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// No statement and no message costs more than a bounded time.
final class SqlBoundsTest {
    /// Some hundred times of what the slowest takes, so that a busy machine does not fail it, and an endless
    /// one does.
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final String LARGE = "a".repeat(250_000);

    /// What makes parsers slow, each as long as a statement may be.
    static Stream<String> slowStatements() {
        return Stream.of(
                longest("SELECT a FROM \"#\" WHERE a IN (1", ",1", ")"),
                longest("SELECT a FROM \"#\" WHERE a=1", " or a=1", ""),
                longest("SELECT a FROM \"#\" WHERE a=1", "+1", ""),
                longest("SELECT a FROM \"#\" WHERE a='x'", "||a", ""),
                longest("SELECT a", ",a", " FROM \"#\""),
                longest("SELECT a", ".a", " FROM \"#\""),
                longest("SELECT a", "[1]", " FROM \"#\""),
                longest("SELECT ", "- ", "1 FROM \"#\""),
                longest("SELECT a FROM \"#\" WHERE ", "not ", "a"),
                longest("SELECT a FROM \"#\" WHERE a", "=1", ""),
                longest("SELECT ", "case when a then ", "1 FROM \"#\""),
                longest("SELECT a FROM \"#\" WHERE 1=1", " and " + nested("", 32), ""),
                longest("SELECT a FROM \"#\" WHERE 1=1", " + " + nested("1+", 32), "+"),
                longest("SELECT a", " UNION SELECT a", " FROM \"#\""),
                longest("SELECT ", "select ", ""),
                "SELECT a FROM \"#\" WHERE " + nested("abs", 32),
                "SELECT a FROM \"#\" WHERE " + nested("not ", 32),
                "SELECT a FROM \"#\" WHERE " + "(".repeat(32),
                "SELECT a FROM \"#\" WHERE " + "(a>1 or ".repeat(32) + "a>" + ")".repeat(32));
    }

    @ParameterizedTest
    @MethodSource("slowStatements")
    void a_statement_is_compiled_or_refused_soon(String statement) {
        assertTimeoutPreemptively(
                LONG,
                () -> assertThatCode(() -> new TopicSql(TopicSql.VENDOR_ZONE).compile(statement))
                        .satisfiesAnyOf(
                                problem -> assertThat(problem).isNull(),
                                problem -> assertThat(problem).isInstanceOf(ProblemException.class)));
    }

    @Test
    void a_chain_of_conditions_lies_flat() {
        String statement = longest("SELECT a FROM \"#\" WHERE a=1", " or a=2", "");

        assertThat(Samples.shown(Samples.topic(statement, Samples.json("{\"a\":2}"))))
                .isEqualTo("{\"a\":2}");
    }

    @Test
    void texts_do_not_grow_without_end() {
        String doubled = "x";
        for (int i = 0; i < 6; i++) {
            doubled = "concat(" + doubled + "," + doubled + ")";
        }

        assertFault("SELECT " + doubled + " AS y FROM \"#\"");
        assertFault("SELECT replace(x, 'a', x) AS y FROM \"#\"");
    }

    @Test
    void searching_is_bounded() {
        assertFault("SELECT a FROM \"#\" WHERE x LIKE '%" + "a".repeat(250) + "b%'");
        assertFault("SELECT replace(x, '" + "a".repeat(250) + "b', '') AS y FROM \"#\"");
    }

    /// A device nests members so that each name of the flat result is as long as the message.
    @Test
    void names_of_flat_properties_do_not_grow_without_end() {
        Value value = new Value.Whole(1);
        for (int i = 0; i < 400; i++) {
            value = Value.Fields.of("m".repeat(500), value);
        }
        SqlMessage message = Samples.message(
                Value.Fields.of("items", Value.Fields.of("P", Value.Fields.of("value", value))), Payload.EMPTY);

        assertThat(Samples.shown(Samples.topic("SELECT thingPropertyFlatMap() FROM \"#\"", message)))
                .startsWith("fault: the statement works on more than");
    }

    @Test
    void a_large_message_is_still_worked_on() {
        assertThat(Samples.only(large(
                        "SELECT substring(upper(x), 0, 3) AS y FROM \"#\" WHERE x LIKE '%a%' AND endswith(x, 'a')")))
                .isEqualTo("\"AAA\"");
    }

    private static void assertFault(String statement) {
        assertThat(assertTimeoutPreemptively(LONG, () -> Samples.shown(large(statement))))
                .endsWith("the statement works on more than 1048576 characters for this message");
    }

    private static SqlResult large(String statement) {
        return Samples.topic(statement, Samples.message(Value.Fields.of("x", new Value.Text(LARGE)), Payload.EMPTY));
    }

    private static String longest(String begin, String middle, String end) {
        int times = (TopicSql.MAX_LENGTH - begin.length() - end.length()) / middle.length();
        return begin + middle.repeat(times) + end;
    }

    private static String nested(String name, int depth) {
        return (name + "(").repeat(depth) + "a" + ")".repeat(depth);
    }
}
