package io.berth.core.device;

import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceCondition.All;
import io.berth.core.device.DeviceCondition.Any;
import io.berth.core.device.DeviceCondition.Enabled;
import io.berth.core.device.DeviceCondition.NodeTypeIn;
import io.berth.core.device.DeviceCondition.Not;
import io.berth.core.device.DeviceCondition.Relation;
import io.berth.core.device.DeviceCondition.TextBegins;
import io.berth.core.device.DeviceCondition.TextField.Name;
import io.berth.core.device.DeviceCondition.TextField.Tag;
import io.berth.core.device.DeviceCondition.TextIn;
import io.berth.core.device.DeviceCondition.TimeField;
import io.berth.core.device.DeviceCondition.TimeIs;
import io.berth.core.product.Product.NodeType;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeviceQueryTest {
    private static final DeviceCondition A = new TextIn(Name.NAME, List.of("a"));
    private static final DeviceCondition B = new TextIn(Name.NAME, List.of("b"));
    private static final DeviceCondition C = new TextIn(Name.NAME, List.of("c"));

    @Test
    void and_binds_tighter_than_or_and_parentheses_tighter_than_both() {
        assertThat(parsed("name = a or name = b and name = c")).isEqualTo(any(A, all(B, C)));
        assertThat(parsed("(name = a or name = b) and name = c")).isEqualTo(all(any(A, B), C));
        assertThat(parsed("not name = a and name = b")).isEqualTo(all(new Not(A), B));
        assertThat(parsed("NOT (name = a AND name = b)")).isEqualTo(new Not(all(A, B)));
        assertThat(parsed("((name=a))")).isEqualTo(A);
    }

    @Test
    void texts_are_compared_listed_and_begun() {
        assertThat(parsed("product != p-1")).isEqualTo(new Not(new TextIn(Name.PRODUCT, List.of("p-1"))));
        assertThat(parsed("alias in (a, 'b c')")).isEqualTo(new TextIn(Name.ALIAS, List.of("a", "b c")));
        assertThat(parsed("tag.Floor.2 not in (1)")).isEqualTo(new Not(new TextIn(new Tag("Floor.2"), List.of("1"))));
        assertThat(parsed("name like 'th-%'")).isEqualTo(new TextBegins(Name.NAME, "th-"));
        assertThat(parsed("tag.city not like '%'")).isEqualTo(new Not(new TextBegins(new Tag("city"), "")));
    }

    @Test
    void a_quote_in_a_text_is_doubled_and_a_quoted_keyword_is_a_value() {
        assertThat(parsed("tag.x = 'it''s'")).isEqualTo(new TextIn(new Tag("x"), List.of("it's")));
        assertThat(parsed("name = 'and'")).isEqualTo(new TextIn(Name.NAME, List.of("and")));
        assertThat(parsed("tag.x = ''")).isEqualTo(new TextIn(new Tag("x"), List.of("")));
    }

    @Test
    void node_types_and_switches_have_their_words() {
        assertThat(parsed("node_type in (gateway, 'sub')"))
                .isEqualTo(new NodeTypeIn(List.of(NodeType.GATEWAY, NodeType.SUB)));
        assertThat(parsed("enabled = true")).isEqualTo(new Enabled());
        assertThat(parsed("enabled = false")).isEqualTo(new Not(new Enabled()));
        assertThat(parsed("enabled != false")).isEqualTo(new Enabled());
    }

    @ParameterizedTest
    @CsvSource({
        "created < 2026-11-01, CREATED, BEFORE, 2026-11-01T00:00:00Z",
        "activated <= 2026-11-01T08:00:00Z, ACTIVATED, NOT_AFTER, 2026-11-01T08:00:00Z",
        "last_seen >= '2026-11-01T08:00:00+08:00', LAST_SEEN, NOT_BEFORE, 2026-11-01T00:00:00Z",
        "last_seen > 20261101T080000Z, LAST_SEEN, AFTER, 2026-11-01T08:00:00Z",
        "created = 2026-11-01, CREATED, AT, 2026-11-01T00:00:00Z"
    })
    void times_are_dates_or_iso_8601(String query, TimeField field, Relation relation, Instant time) {
        assertThat(parsed(query)).isEqualTo(new TimeIs(field, relation, time));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "``                        | 1  | expected a field, found the end",
                "name                      | 5  | expected =, !=, in or like, found the end",
                "name = a name = b         | 10 | expected \"and\", \"or\" or the end, found \"name\"",
                "name = a and              | 13 | expected a field, found the end",
                "name = and                | 8  | expected a value, found \"and\"",
                "name not = a              | 10 | expected in or like, found \"=\"",
                "(name = a                 | 10 | expected \")\", found the end",
                "name in a                 | 9  | expected \"(\", found \"a\"",
                "name in ()                | 10 | expected a value, found \")\"",
                "colour = red              | 1  | there is no field \"colour\"",
                "tag. = red                | 1  | there is no field \"tag.\"",
                "name = 'red               | 8  | a text in quotes does not end",
                "name = red; x             | 11 | \";\" is no part of a query",
                "name = 温                 | 8  | \"温\" is no part of a query; a text goes in quotes",
                "name like 'a%b'           | 11 | a pattern has one %, at its end",
                "name like 'a%%'           | 11 | a pattern has one %, at its end",
                "name like a               | 11 | a pattern has one %, at its end",
                "name < a                  | 6  | expected =, !=, in or like, found \"<\"",
                "node_type = bridge        | 13 | expected direct, gateway or sub, found \"bridge\"",
                "node_type not like 'a%'   | 15 | expected in",
                "enabled = yes             | 11 | expected true or false, found \"yes\"",
                "enabled > true            | 9  | expected = or !=, found \">\"",
                "created in (2026-01-01)   | 9  | expected =, !=, <, <=, > or >=, found \"in\"",
                "created > yesterday       | 11 | expected a date or a time such as 2026-01-31",
                "created > '+99999-01-01T00:00:00Z' | 11 | expected a date or a time such as 2026-01-31",
                "created > 2026-13-01      | 11 | expected a date or a time such as 2026-01-31",
                "online = true             | 1  | whether a device is online cannot be asked for"
            })
    void a_mistake_is_named_with_its_place(String query, int character, String sentence) {
        assertMalformed(query, "the query, at character " + character + ": " + sentence);
    }

    @Test
    void what_is_too_long_or_too_deep_is_refused() {
        assertThat(parsed("(".repeat(19) + "name = a" + ")".repeat(19))).isEqualTo(A);
        assertMalformed("(".repeat(20) + "name = a" + ")".repeat(20), "nested more than 20 deep");
        assertMalformed("not ".repeat(20) + "name = a", "nested more than 20 deep");
        assertMalformed("name = " + "a".repeat(2000), "a query has at most 2000 characters, not 2007");
    }

    @Property
    void any_text_is_a_query_or_a_mistake(@ForAll("almostQueries") String text) {
        try {
            assertThat(DeviceQuery.LANGUAGE.read(text)).isEqualTo(DeviceQuery.LANGUAGE.read(text));
        } catch (ProblemException e) {
            assertThat(e.problem()).isEqualTo(Problem.INVALID_ARGUMENT);
        }
    }

    @Provide
    Arbitrary<String> almostQueries() {
        return Arbitraries.oneOf(
                Arbitraries.strings(),
                Arbitraries.of(
                                "name",
                                "tag.a",
                                "created",
                                "enabled",
                                "node_type",
                                "=",
                                "!=",
                                "<",
                                "in",
                                "like",
                                "not",
                                "and",
                                "or",
                                "(",
                                ")",
                                ",",
                                "'a%'",
                                "'",
                                "true",
                                "gateway",
                                "2026-01-01",
                                "🚢")
                        .list()
                        .ofMaxSize(12)
                        .map(words -> String.join(" ", words)));
    }

    private static DeviceCondition parsed(String query) {
        return DeviceQuery.LANGUAGE.read(query);
    }

    private static DeviceCondition all(DeviceCondition... parts) {
        return new All(List.of(parts));
    }

    private static DeviceCondition any(DeviceCondition... parts) {
        return new Any(List.of(parts));
    }

    private static void assertMalformed(String query, String sentence) {
        assertRefused(Problem.INVALID_ARGUMENT, () -> DeviceQuery.LANGUAGE.read(query))
                .hasMessageContaining(sentence);
    }
}
