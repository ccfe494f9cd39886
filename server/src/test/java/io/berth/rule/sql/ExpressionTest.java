package io.berth.rule.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The operators, and how values of different kinds meet. Both dialects share them.
final class ExpressionTest {
    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            4 + 5 => 9
            5 - 4 => 1
            5 * 4 => 20
            20 / 4 => 5
            5 / 2 => 2.5
            20 % 6 => 2
            below % 3 => -1
            temperature * 2 => 50.2
            2 + 3 * 4 => 14
            (2 + 3) * 4 => 20
            10 - 3 - 2 => 5
            -humidity => -65
            +5 => 5
            -2.5 => -2.5
            1.5e3 => 1500.0
            digits + 1 => 24.5
            9223372036854775807 + 1 => 9.223372036854776E18
            9223372036854775808 => 9.223372036854776E18
            -9223372036854775808 => -9223372036854775808
            isTest + 1 => 2
            missing + 1 => nothing
            none * 2 => nothing
            humidity / zero => fault: division by zero
            humidity % 0.0 => fault: division by zero
            location + 1 => fault: "hall" is no number
            a - 1 => fault: [{"v":0},{"v":1},{"v":2}] is no number
            1e308 * 10 => fault: the result is no finite number
            location || '-' || humidity => "hall-65"
            location || missing => nothing
            nested || '' => "{\\"c\\":{\\"d\\":\\"e\\"}}"
            """)
    void values(String expression, String json) {
        assertThat(selected(expression)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            location = 'hall' => true
            location <> 'hall' => false
            location != 'Hall' => true
            location > 'gate' => true
            temperature > 25 => true
            temperature >= 25.1 => true
            humidity < 65 => false
            humidity <= 65 => true
            humidity = 65.0 => true
            zero = -0.0 => true
            big = 9007199254740993 => true
            big > 9007199254740992.0 => true
            digits > 23 => true
            '8' < 10 => true
            '8' < '10' => false
            location = 5 => false
            location <> 5 => true
            location > 5 => false
            isTest = true => true
            isTest = 1 => true
            isTest = 'true' => true
            'false' = off => true
            isTest = 'yes' => false
            5 < 6 => true
            humidity IN (1, 65) => true
            humidity in (1, 2) => false
            below in (-7) => true
            location in ('hall', 'gate') => true
            location NOT IN ('gate') => true
            location like 'h%' => true
            location like '%al%' => true
            location like 'h_ll' => false
            location not like '%l' => false
            humidity like '6%' => true
            location like 'hall' => true
            location like '%' => true
            location is null => false
            missing is null => true
            none IS NULL => true
            empty is null => true
            a IS NOT NULL => true
            not isTest => false
            not (humidity = 1) => true
            isTest and humidity = 65 => true
            isTest and off => false
            off or humidity = 65 => true
            off or zero => false
            location = 'gate' and isTest or humidity = 65 => true
            location = 'gate' and (isTest or humidity = 65) => false
            off and humidity / zero > 1 => false
            isTest or humidity / zero > 1 => true
            """)
    void conditions(String condition, String json) {
        assertThat(selected(condition)).isEqualTo(json);
    }

    /// Nothing is neither true nor false, and neither is its opposite. Arrays and objects are not compared.
    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            missing = 1 => nothing
            missing <> 1 => nothing
            missing = missing => nothing
            none > 0 => nothing
            not (missing = 1) => nothing
            missing in (1) => nothing
            missing not in (1) => nothing
            missing like '%' => nothing
            nested.c = nested.c => nothing
            nested > 1 => nothing
            a[0] <> a[1] => nothing
            a in (1) => nothing
            missing = 1 or isTest => true
            missing = 1 or off => nothing
            missing = 1 and off => false
            missing = 1 and isTest => nothing
            humidity in (1, null) => false
            """)
    void nothing(String condition, String json) {
        assertThat(selected(condition)).isEqualTo(json);
        assertThat(Samples.topic("SELECT * FROM \"#\" WHERE " + condition, Samples.json(Samples.DOCUMENT)))
                .isEqualTo(json.equals("true") ? SqlResult.Unchanged.UNCHANGED : SqlResult.NoMatch.NO_MATCH);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            CASE flag WHEN 1 THEN 'on' WHEN 0 THEN 'off' ELSE '' END => "on"
            CASE zero WHEN 1 THEN 'on' WHEN 0 THEN 'off' ELSE '' END => "off"
            CASE humidity WHEN 1 THEN 'on' ELSE 'other' END => "other"
            CASE humidity WHEN 1 THEN 'on' END => nothing
            CASE WHEN temperature > 30 THEN 'hot' WHEN temperature > 20 THEN 'warm' ELSE 'cold' END => "warm"
            CASE missing WHEN 1 THEN 'a' ELSE 'b' END => "b"
            CASE WHEN zero = 0 THEN 0 ELSE 1 / zero END => 0
            """)
    void choices(String expression, String json) {
        assertThat(selected(expression)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            nested.c.d => "e"
            "nested.c.d" => "e"
            nested."c".d => "e"
            "msg-type" => "x"
            nested.c => {"d":"e"}
            nested.c.d.e => nothing
            a[1].v => 1
            a[0] => {"v":0}
            a[9] => nothing
            deep[0][1] => 2
            deep[1] => [3]
            "a[0]" => {"v":0}
            "$.a[0]" => {"v":0}
            ".a[0]" => [{"v":0}]
            "a[1].v" => 1
            "$.a[1].v" => 1
            ".a[1].v" => [1]
            ".a[9].v" => nothing
            ".missing" => nothing
            location[0] => nothing
            a.v => nothing
            Location => nothing
            'nested.c.d' => "nested.c.d"
            'it''s' => "it's"
            'it\\'s' => "it's"
            quote = 'it\\'s' => true
            """)
    void paths_and_constants(String expression, String json) {
        assertThat(selected(expression)).isEqualTo(json);
    }

    private static String selected(String expression) {
        return Samples.only(Samples.topic("SELECT " + expression + " AS x FROM \"#\"", Samples.json(Samples.DOCUMENT)));
    }
}
