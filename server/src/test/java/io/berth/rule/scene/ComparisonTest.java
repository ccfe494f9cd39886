package io.berth.rule.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.json.ValueJson;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ComparisonTest {
    @ParameterizedTest
    @CsvSource({
        "31.5, ABOVE, 30, true",
        "30, ABOVE, 30, false",
        "30, ABOVE, 29.999, true",
        "30, AT_LEAST, 30.0, true",
        "-1, BELOW, 0, true",
        "0, AT_MOST, 0, true",
        "9007199254740993, ABOVE, 9007199254740992, true",
        "1, EQUAL, 1.0, true",
        "2, UNEQUAL, 1, true",
        "true, EQUAL, 1, true",
        "0, EQUAL, false, true",
        "true, EQUAL, false, false",
        "'\"auto\"', EQUAL, '\"auto\"', true",
        "'\"auto\"', UNEQUAL, '\"boost\"', true",
        "'\"b\"', ABOVE, '\"a\"', false",
        "'\"31\"', ABOVE, 30, false",
        "'{\"a\":1}', EQUAL, '{\"a\":1}', true",
        "5, BETWEEN, '[5,8]', true",
        "7.9, BETWEEN, '[5,8]', true",
        "8, BETWEEN, '[5,8]', false",
        "4, BETWEEN, '[5,8]', false",
        "'\"6\"', BETWEEN, '[5,8]', false",
        "2, ONE_OF, '[1,2.0]', true",
        "3, ONE_OF, '[1,2]', false",
        "'\"b\"', ONE_OF, '[\"a\",\"b\"]', true",
        "null, ONE_OF, '[1]', false",
        "null, EQUAL, 1, false",
        "null, UNEQUAL, 1, false",
    })
    void compares_values_by_what_they_are_worth(
            String now, Comparison.Operator operator, String operand, boolean holds) {
        assertThat(new Comparison(operator, value(operand)).holds(value(now))).isEqualTo(holds);
    }

    @Test
    void a_time_is_worth_its_milliseconds() {
        Value moment = new Value.Moment(Instant.ofEpochMilli(1_000));
        assertThat(new Comparison(Comparison.Operator.ABOVE, new Value.Whole(999)).holds(moment))
                .isTrue();
    }

    private static Value value(String json) {
        return ValueJson.read(Payload.of(json)).orElseThrow();
    }
}
