package io.berth.rule.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every function of [TopicSql]; the examples of the vendor's manual are among them.
final class TopicFunctionsTest {
    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            abs(below) => 7
            abs(-2.5) => 2.5
            abs('-3') => 3
            abs(-9223372036854775808) => 9.223372036854776E18
            abs(missing) => nothing
            abs(location) => fault: abs: "hall" is no number
            asin(1) => 1.5707963267948966
            asin(2) => fault: asin: the result is no finite number
            cos(0) => 1.0
            cosh(0) => 1.0
            exp(0) => 1.0
            exp(1000) => fault: exp: the result is no finite number
            floor(25.1) => 25
            floor(-25.1) => -26
            floor(humidity) => 65
            floor(1e300) => 1.0E300
            log(100) => 2.0
            log(8, 2) => 3.0
            log(0) => fault: log: the result is no finite number
            log(5, 1) => fault: log: the result is no finite number
            mod(7, 3) => 1
            mod(7.5, 2) => 1.5
            mod(7, 0) => fault: mod: division by zero
            power(2, 3) => 8.0
            sin(0) => 0.0
            sinh(0) => 0.0
            tan(0) => 0.0
            tanh(0) => 0.0
            """)
    void numbers(String expression, String json) {
        assertThat(selected(expression)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            concat(location, 'a') => "halla"
            concat('a', humidity) => "a65"
            concat(location, missing) => nothing
            crypto('abc', 'MD2') => "da853b0d3f88d99b30283a69e6ded6bb"
            crypto('abc', 'MD5') => "900150983cd24fb0d6963f7d28e17f72"
            crypto('abc', 'SHA1') => "a9993e364706816aba3e25717850c26c9cd0d89d"
            crypto('abc', 'SHA-256') => "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            substring(crypto('abc', 'SHA-384'), 0, 8) => "cb00753f"
            substring(crypto('abc', 'SHA-512'), 0, 8) => "ddaf35a1"
            endswith(location, 'll') => true
            endswith(location, 'x') => false
            lower('AbC') => "abc"
            upper(name) => "ALIBABA"
            replace(location, 'l', '1') => "ha11"
            replace('aaa', 'aa', 'b') => "ba"
            replace(location, '', 'x') => "hall"
            substring('012345', 0) => "012345"
            substring('012345', 2) => "2345"
            substring('012345', 2.745) => "2345"
            substring(123, 2) => "3"
            substring('012345', -1) => "012345"
            substring('012345', 1, 3) => "12"
            substring('012345', -50, 50) => "012345"
            substring('012345', 3, 1) => ""
            substring(true, 1.2) => fault: substring: true is neither a text nor a whole number
            substring('012345', 'x') => fault: substring: "x" is no number
            nanvl(missing, 'none') => "none"
            nanvl(none, 0) => 0
            nanvl(location, 'none') => "hall"
            """)
    void texts(String expression, String json) {
        assertThat(selected(expression)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            attribute('room') => "B2"
            attribute('floor') => nothing
            deviceName() => "dev-1"
            DEVICENAME() => "dev-1"
            productKey() => "a1pk"
            messageId() => "1195650000000000001"
            topic() => "/a1pk/dev-1/user/update"
            topic(1) => "a1pk"
            topic(2) => "dev-1"
            topic(4) => "update"
            topic(5) => nothing
            topic(0) => nothing
            user_property('codec') => "cbor"
            user_property('other') => nothing
            timestamp() => 1543373798943
            timestamp('yyyy-MM-dd\\'T\\'HH:mm:ss\\'Z\\'') => "2018-11-28T10:56:38Z"
            timestamp('yyyy-MM-dd HH:mm:ss.SSS') => "2018-11-28 10:56:38.943"
            timestamp_utc() => 1543373798943
            timestamp_utc('yyyy-MM-dd\\'T\\'HH:mm:ss\\'Z\\'') => "2018-11-28T02:56:38Z"
            """)
    void the_message_and_its_device(String expression, String json) {
        assertThat(selected(expression)).isEqualTo(json);
    }

    @Test
    void the_zone_of_local_time_is_configurable() {
        CompiledSql statement = new TopicSql(ZoneId.of("Europe/Berlin"))
                .compile("SELECT timestamp('HH:mm') AS x, timestamp_utc('HH:mm') AS y FROM \"#\"");

        assertThat(Samples.shown(statement.apply(Samples.json("{}")))).isEqualTo("{\"x\":\"03:56\",\"y\":\"02:56\"}");
    }

    @Test
    void bytes_that_are_no_json_are_written_as_text() {
        SqlMessage message = Samples.bytes(0xff, 0x00, 0x1a);

        assertThat(Samples.shown(Samples.topic(
                        "SELECT to_base64(*) AS b, to_hex(*) AS h, deviceName() AS d FROM \"#\"", message)))
                .isEqualTo("{\"b\":\"/wAa\",\"h\":\"ff001a\",\"d\":\"dev-1\"}");
    }

    @Test
    void a_payload_is_read_in_the_encoding_asked_for() {
        SqlMessage message = Samples.bytes(0xe6, 0xb8, 0xa9);

        assertThat(Samples.shown(Samples.topic(
                        "SELECT payload() AS a, payload('utf-8') AS b, payload('iso-8859-1') AS c FROM \"#\"",
                        message)))
                .isEqualTo("{\"a\":\"温\",\"b\":\"温\",\"c\":\"æ¸©\"}");
    }

    @Test
    void properties_are_spread_over_the_result() {
        assertThat(Samples.shown(Samples.topic(
                        "SELECT thingPropertyFlatMap('Power', \"Position\", 'Absent'), deviceName FROM \"#\"",
                        Samples.json(Samples.PROPERTIES))))
                .isEqualTo("{\"Power\":\"On\",\"Position_latitude\":39.9,\"Position_longitude\":116.38,"
                        + "\"deviceName\":\"dev-1\"}");
    }

    @Test
    void all_properties_are_spread_when_none_is_named() {
        assertThat(Samples.shown(
                        Samples.topic("SELECT thingPropertyFlatMap() FROM \"#\"", Samples.json(Samples.PROPERTIES))))
                .isEqualTo("{\"Temperature\":39.5,\"Power\":\"On\",\"Position_latitude\":39.9,"
                        + "\"Position_longitude\":116.38}");
        assertThat(Samples.shown(Samples.topic("SELECT thingPropertyFlatMap() FROM \"#\"", Samples.json("[1]"))))
                .isEqualTo("{}");
    }

    @Test
    void properties_lie_below_a_name_that_is_given() {
        assertThat(Samples.shown(Samples.topic(
                        "SELECT thingPropertyFlatMap('Power') AS p FROM \"#\"", Samples.json(Samples.PROPERTIES))))
                .isEqualTo("{\"p\":{\"Power\":\"On\"}}");
    }

    @Test
    void random_values_differ_from_message_to_message() {
        CompiledSql statement = new TopicSql(TopicSql.VENDOR_ZONE)
                .compile("SELECT newuuid() AS id, rand() AS r FROM \"#\" WHERE rand() >= 0 AND rand() < 1");

        assertThat(statement.apply(Samples.json("{}"))).isNotEqualTo(statement.apply(Samples.json("{}")));
    }

    @Test
    void a_message_of_no_device_has_no_device_name() {
        SqlMessage message =
                new SqlMessage(Value.Fields.NONE, Payload.EMPTY, "", null, "1", Instant.EPOCH, Map::of, Map.of());

        assertThat(Samples.shown(Samples.topic(
                        "SELECT deviceName() AS d, productKey() AS p, topic(1) AS t FROM \"#\"", message)))
                .isEqualTo("{\"t\":\"\"}");
    }

    private static String selected(String expression) {
        return Samples.only(Samples.topic("SELECT " + expression + " AS x FROM \"#\"", Samples.json(Samples.DOCUMENT)));
    }
}
