package io.berth.rule.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole statements of [TopicSql]; the first ones are the vendor's examples.
final class TopicSqlTest {
    @Test
    void selects_and_names_fields_of_a_custom_topic() {
        String statement = """
                SELECT temperature as t, deviceName() as deviceName, location
                FROM "/a1hRrzD/+/user/update"
                WHERE temperature > 38""";

        assertThat(shown(statement, "{\"temperature\":38.5,\"humidity\":65,\"location\":\"xxx,xxx\"}"))
                .isEqualTo("{\"t\":38.5,\"deviceName\":\"dev-1\",\"location\":\"xxx,xxx\"}");
        assertThat(shown(statement, "{\"temperature\":25.1}")).isEqualTo("no match");
    }

    @Test
    void reaches_into_the_items_of_a_property_report() {
        String statement = "SELECT deviceName() as deviceName,items.Temperature.value as Temperature FROM"
                + " \"/sys/a1HHrkm/+/thing/event/property/post\" WHERE items.Temperature.value>38 and deviceName() in"
                + " ('TestDevice1', 'dev-1', 'TestDevice3')";

        assertThat(shown(statement, Samples.PROPERTIES)).isEqualTo("{\"deviceName\":\"dev-1\",\"Temperature\":39.5}");
    }

    @Test
    void names_a_case_without_as() {
        String statement = "SELECT case flag when 1 then '开灯' when 2 then '关灯' else '' end flag,deviceName(),"
                + "abs(temperature) tmr FROM \"/topic/#\" WHERE temperature>10 and topic(2)='dev-1'";

        assertThat(shown(statement, "{\"flag\":2,\"temperature\":11}"))
                .isEqualTo("{\"flag\":\"关灯\",\"deviceName()\":\"dev-1\",\"tmr\":11}");
    }

    @Test
    void a_star_alone_leaves_the_payload_as_it_is() {
        assertThat(shown("SELECT * FROM \"#\"", "[1]")).isEqualTo("unchanged");
        assertThat(Samples.shown(Samples.topic("SELECT * FROM \"#\"", Samples.bytes(1, 2))))
                .isEqualTo("unchanged");
    }

    @Test
    void a_star_beside_others_adds_to_the_document() {
        assertThat(shown("SELECT *, deviceName() as dn, a as b FROM \"#\"", "{\"a\":1,\"dn\":2}"))
                .isEqualTo("{\"a\":1,\"dn\":\"dev-1\",\"b\":1}");
        assertThat(shown("SELECT *, deviceName() as dn FROM \"#\"", "[1]"))
                .isEqualTo("fault: * beside other fields wants a JSON object, not [1]");
        assertThat(Samples.shown(Samples.topic("SELECT *, a FROM \"#\"", Samples.bytes(1))))
                .isEqualTo("fault: a payload that is no JSON goes on only by SELECT * alone");
    }

    @Test
    void a_field_that_is_missing_is_left_out() {
        assertThat(shown("SELECT a, b, c FROM \"#\"", "{\"a\":1,\"b\":null}")).isEqualTo("{\"a\":1}");
    }

    @Test
    void a_field_without_a_name_has_the_authors_letters() {
        assertThat(shown("SELECT a.b, \"c[0]\", concat( x ,'y') FROM \"#\"", "{\"a\":{\"b\":1},\"c\":[2],\"x\":\"x\"}"))
                .isEqualTo("{\"a.b\":1,\"c[0]\":2,\"concat( x ,'y')\":\"xy\"}");
    }

    @Test
    void a_document_may_be_an_array() {
        assertThat(shown("SELECT \"[1].v\" AS v FROM \"#\"", "[{\"v\":0},{\"v\":1}]"))
                .isEqualTo("{\"v\":1}");
    }

    @Test
    void keywords_are_of_any_case_and_fields_of_their_own() {
        assertThat(shown("select A as X from \"#\" Where A > 1 aNd Not a In (5)", "{\"A\":2,\"a\":6}"))
                .isEqualTo("{\"X\":2}");
    }

    /// Words that the parser, or some database, keeps for itself.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Window",
                "check",
                "full",
                "year",
                "second",
                "use",
                "unknown",
                "double",
                "map",
                "final",
                "force",
                "value",
                "order",
                "user",
                "key",
                "index",
                "limit",
                "group",
                "timestamp",
                "date",
                "interval",
                "current",
                "top",
                "natural",
                "温度"
            })
    void names_of_fields_may_be_words_of_databases(String name) {
        String statement = "SELECT " + name + ", items." + name + ".value AS " + name + "2 FROM \"#\" WHERE " + name
                + " = 1 AND items." + name + ".value > 0";
        String document = "{\"" + name + "\":1,\"items\":{\"" + name + "\":{\"value\":2}}}";

        assertThat(shown(statement, document)).isEqualTo("{\"" + name + "\":1,\"" + name + "2\":2}");
    }

    @Test
    void levels_of_a_path_may_be_keywords() {
        assertThat(shown(
                        "SELECT a.from.select AS \"order\", \"minus\" FROM \"#\"",
                        "{\"a\":{\"from\":{\"select\":1}},\"minus\":2}"))
                .isEqualTo("{\"order\":1,\"minus\":2}");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /a1pk/dev-1/user/update,           /a1pk/dev-1/user/update, true
            /a1pk/+/user/update,               /a1pk/dev-2/user/update, true
            /a1pk/+/user/update,               /a1pk/dev-2/user/get,    false
            /a1pk/+/user/#,                    /a1pk/dev-2/user/a/b,    true
            /a1pk/dev.1/user/update,           /a1pk/dev.1/user/update, true
            #,                                 /any/thing,              true
            /as/mqtt/status/a1pk/+,            /as/mqtt/status/a1pk/d,  true
            /sys/a1pk/+/thing/event/+/post,    /sys/a1pk/d/thing/event/Leak/post, true
            """)
    void knows_its_topics(String filter, String topic, boolean takes) {
        CompiledSql statement = new TopicSql(TopicSql.VENDOR_ZONE).compile("SELECT * FROM \"" + filter + "\"");

        assertThat(statement.topic(topic)).isEqualTo(takes ? Optional.of(topic) : Optional.empty());
        assertThat(statement.topic("")).isEmpty();
    }

    @Test
    void a_topic_may_stand_in_single_quotation_marks() {
        assertThat(new TopicSql(TopicSql.VENDOR_ZONE)
                        .compile("SELECT * FROM '/pk/dn/data'")
                        .topic("/pk/dn/data"))
                .contains("/pk/dn/data");
    }

    /// The vendor's pages have both: its notifications lost `/sys` at some time, statements written before
    /// did not.
    @ParameterizedTest
    @CsvSource({
        "/sys/a1pk/+/thing/event/property/post, /a1pk/d/thing/event/property/post, /sys/a1pk/d/thing/event/property/post",
        "/sys/+/+/thing/#,                      /a1pk/d/thing/lifecycle,           /sys/a1pk/d/thing/lifecycle",
        "/+/+/thing/#,                          /a1pk/d/thing/lifecycle,           /a1pk/d/thing/lifecycle",
        "/sys/a1pk/+/user/#,                    /a1pk/d/user/update,               ''",
        "/sys/a1pk/#,                           /a1pk/d/user/thing/x,              ''"
    })
    void a_topic_of_the_thing_model_may_have_the_system_before_it(String filter, String told, String known) {
        assertThat(new TopicSql(TopicSql.VENDOR_ZONE)
                        .compile("SELECT * FROM \"" + filter + "\"")
                        .topic(told)
                        .orElse(""))
                .isEqualTo(known);
    }

    /// The vendor has only `%`.
    @Test
    void an_underscore_matches_itself() {
        assertThat(shown("SELECT a FROM \"#\" WHERE a LIKE 'x_%'", "{\"a\":\"x_y\"}"))
                .isEqualTo("{\"a\":\"x_y\"}");
        assertThat(shown("SELECT a FROM \"#\" WHERE a LIKE 'x_%'", "{\"a\":\"xyy\"}"))
                .isEqualTo("no match");
    }

    @Test
    void the_document_of_bytes_has_no_fields() {
        assertThat(Samples.shown(
                        Samples.topic("SELECT deviceName() AS d, a FROM \"#\" WHERE a IS NULL", Samples.bytes(1))))
                .isEqualTo("{\"d\":\"dev-1\"}");
    }

    @Test
    void moments_are_milliseconds() {
        Value.Fields document = Value.Fields.of("t", new Value.Moment(java.time.Instant.ofEpochMilli(5)));

        assertThat(Samples.shown(Samples.topic(
                        "SELECT t + 1 AS u FROM \"#\" WHERE t = 5", Samples.message(document, Payload.EMPTY))))
                .isEqualTo("{\"u\":6}");
    }

    private static String shown(String statement, String document) {
        return Samples.shown(Samples.topic(statement, Samples.json(document)));
    }
}
