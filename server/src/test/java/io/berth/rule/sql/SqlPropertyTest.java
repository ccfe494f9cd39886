package io.berth.rule.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.json.ValueJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;

/// Whatever is written, a statement is refused in words or it answers; whatever a device sends, it answers.
final class SqlPropertyTest {
    private static final TopicSql TOPICS = new TopicSql(TopicSql.VENDOR_ZONE);
    private static final NotificationSql NOTIFICATIONS = new NotificationSql();

    private static final List<SqlMessage> MESSAGES = List.of(
            Samples.json(Samples.DOCUMENT),
            Samples.json(Samples.PROPERTIES),
            Samples.json(Samples.NOTIFICATION),
            Samples.json("[1,\"x\",{\"a\":null}]"),
            Samples.bytes(0xff, 0, 1),
            new SqlMessage(
                    Value.Nothing.NOTHING,
                    Payload.EMPTY,
                    "",
                    null,
                    "",
                    Instant.ofEpochMilli(Long.MAX_VALUE),
                    Map::of,
                    Map.of()));

    private static final String[] PIECES = {
        "SELECT",
        "FROM",
        "WHERE",
        "AND",
        "OR",
        "NOT",
        "IN",
        "LIKE",
        "IS NULL",
        "IS NOT NULL",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "AS",
        "*",
        ",",
        "(",
        ")",
        "[0]",
        "[",
        "]",
        ".",
        "+",
        "-",
        "/",
        "%",
        "=",
        "<>",
        "<",
        ">=",
        "!=",
        "||",
        "'x'",
        "'%a_'",
        "\"a\"",
        "\"#\"",
        "\"a[0].v\"",
        "a",
        "items.Temperature.value",
        "temperature",
        "humidity",
        "missing",
        "1",
        "2.5",
        "-3",
        "1e400",
        "true",
        "null",
        "abs(",
        "mod(",
        "concat(",
        "substring(",
        "replace(",
        "nanvl(",
        "log(",
        "topic(",
        "deviceName()",
        "timestamp('yyyy')",
        "to_hex(*)",
        "payload()",
        "rand()",
        "crypto(a,'MD5')",
        "GET_TAG('site')",
        "GET_SERVICE_PROPERTY('Lamp','on')",
        "GROUP BY",
        "ORDER BY",
        "LIMIT",
        "UNION",
        "JOIN",
        "DISTINCT",
        "EXISTS",
        "BETWEEN",
        "SELECT 1",
        "(+)",
        "over ()",
        "interval",
        "date",
        "'",
        "\"",
        "\\'",
        "{",
        ";",
        "--",
        "温度",
        "‘",
        "\uD83D",
        "\u0000",
        "\t"
    };

    @Provide
    Arbitrary<String> likeSql() {
        return Arbitraries.of(PIECES).list().ofMaxSize(14).map(pieces -> String.join(" ", pieces));
    }

    @Provide
    Arbitrary<String> expressions() {
        Arbitrary<String> leaf = Arbitraries.of(
                "a",
                "temperature",
                "humidity",
                "missing",
                "location",
                "a[1].v",
                "'x'",
                "'12'",
                "0",
                "1",
                "-2.5",
                "true",
                "null",
                "big",
                "nested",
                "9223372036854775807",
                "deviceName()",
                "timestamp()",
                "payload()",
                "rand()",
                "below",
                "digits");
        return Arbitraries.recursive(
                () -> leaf,
                inner -> Arbitraries.oneOf(
                        inner.tuple2()
                                .flatMap(two -> Arbitraries.of(
                                                "+", "-", "*", "/", "%", "=", "<>", "<", ">=", "AND", "OR", "||")
                                        .map(operator -> "(" + two.get1() + " " + operator + " " + two.get2() + ")")),
                        inner.tuple2()
                                .flatMap(two -> Arbitraries.of(
                                                "mod", "power", "concat", "nanvl", "log", "endswith", "substring")
                                        .map(name -> name + "(" + two.get1() + ", " + two.get2() + ")")),
                        inner.flatMap(one -> Arbitraries.of(
                                        "abs",
                                        "floor",
                                        "exp",
                                        "asin",
                                        "upper",
                                        "topic",
                                        "attribute",
                                        "tanh",
                                        "NOT ",
                                        "-")
                                .map(name -> name + "(" + one + ")")),
                        inner.tuple3()
                                .map(three ->
                                        "replace(" + three.get1() + ", " + three.get2() + ", " + three.get3() + ")"),
                        inner.tuple3()
                                .map(three -> "CASE WHEN " + three.get1() + " THEN " + three.get2() + " ELSE "
                                        + three.get3() + " END"),
                        inner.map(one -> "(" + one + " LIKE '%a%')"),
                        inner.map(one -> "(" + one + " IN (1, 'x', 25.1))"),
                        inner.map(one -> "(" + one + " IS NOT NULL)")),
                0,
                4);
    }

    @Property
    void any_text_is_refused_in_words_or_answers(@ForAll String text) {
        answers(compiled(() -> TOPICS.compile(text)));
        answers(compiled(() -> TOPICS.compile("SELECT " + text + " FROM \"#\"")));
        answers(compiled(() -> NOTIFICATIONS.compile(text, "")));
        answers(compiled(() -> NOTIFICATIONS.compile("", text)));
    }

    @Property
    void anything_like_sql_is_refused_in_words_or_answers(@ForAll("likeSql") String text) {
        answers(compiled(() -> TOPICS.compile(text)));
        answers(compiled(() -> TOPICS.compile("SELECT " + text + " FROM \"#\"")));
        answers(compiled(() -> TOPICS.compile("SELECT a FROM \"#\" WHERE " + text)));
        answers(compiled(() -> NOTIFICATIONS.compile(text, text)));
    }

    @Property
    void every_expression_of_the_language_compiles_and_answers(@ForAll("expressions") String expression) {
        answers(Optional.of(
                TOPICS.compile("SELECT " + expression + " AS x FROM \"#\" WHERE " + expression + " OR true")));
    }

    @Property
    void a_text_in_the_statement_is_the_text_of_the_author(@ForAll @NotEmpty String text) {
        String quoted = text.replace("\\", "").replace("'", "''");

        assertThat(Samples.topic("SELECT '" + quoted + "' AS x FROM \"#\"", MESSAGES.getFirst()))
                .isEqualTo(new SqlResult.Matched(Value.Fields.of("x", new Value.Text(text.replace("\\", "")))));
    }

    @Property
    void numbers_of_two_kinds_are_ordered_by_value(@ForAll long whole, @ForAll double decimal) {
        Value left = new Value.Whole(whole);
        Value right = new Value.Decimal(decimal);
        int order = new java.math.BigDecimal(whole).compareTo(new java.math.BigDecimal(decimal));

        assertThat(Comparison.LESS.of(left, right)).isEqualTo(Truth.of(order < 0));
        assertThat(Comparison.EQUAL.of(left, right)).isEqualTo(Truth.of(order == 0));
        assertThat(Comparison.MORE.of(right, left)).isEqualTo(Truth.of(order < 0));
    }

    @Property
    void like_matches_as_the_regular_expression_does(
            @ForAll("letters") String text, @ForAll("patterns") String pattern) {
        String expression = pattern.replace("%", ".*").replace("_", ".");

        assertThat(new LikePattern(pattern, true).matches(text)).isEqualTo(text.matches(expression));
    }

    @Provide
    Arbitrary<String> letters() {
        return Arbitraries.strings().withChars('a', 'b').ofMaxLength(10);
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars('a', 'b', '%', '_').ofMaxLength(8);
    }

    private static Optional<CompiledSql> compiled(Supplier<CompiledSql> compile) {
        try {
            return Optional.of(compile.get());
        } catch (ProblemException e) {
            assertThat(e.detail()).isNotBlank();
            return Optional.empty();
        }
    }

    private static void answers(Optional<CompiledSql> statement) {
        for (SqlMessage message : MESSAGES) {
            statement.map(sql -> sql.apply(message)).ifPresent(result -> {
                if (result instanceof SqlResult.Matched(Value.Fields fields)) {
                    assertThat(ValueJson.readFields(Payload.of(ValueJson.write(fields))))
                            .isPresent();
                }
            });
        }
    }
}
