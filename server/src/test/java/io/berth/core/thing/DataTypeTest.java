package io.berth.core.thing;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Value;
import io.berth.core.thing.DataType.Real.Precision;
import io.berth.core.thing.DataType.Text.Measure;
import io.berth.core.thing.Violation.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Spec aliyun-device 7 and huawei-iotda 10, type by type.
final class DataTypeTest {
    private static final DataType ANY_INT = new DataType.Int(Bounds.NONE);

    private static Value whole(long number) {
        return new Value.Whole(number);
    }

    private static Value decimal(double number) {
        return new Value.Decimal(number);
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }

    private static Bounds bounds(String min, String max) {
        return new Bounds(new BigDecimal(min), new BigDecimal(max), null);
    }

    private static void admits(DataType type, Value value) {
        Check check = Check.strict();
        assertThat(type.admit(value, "it", check)).as("%s", check).isNotNull();
    }

    private static void refuses(DataType type, Value value, Kind kind) {
        Check check = Check.strict();
        assertThat(type.admit(value, "it", check)).isNull();
        assertThat(check.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.kind()).isEqualTo(kind);
            assertThat(violation.type()).isEqualTo(type);
            assertThat(violation.toString()).startsWith("it ");
        });
    }

    @Test
    void bounds_are_included_and_nothing_beyond_them() {
        DataType type = new DataType.Int(Bounds.of(-40, 120));
        admits(type, whole(-40));
        admits(type, whole(120));
        refuses(type, whole(-41), Kind.OUT_OF_BOUNDS);
        refuses(type, whole(121), Kind.OUT_OF_BOUNDS);
    }

    @Test
    void an_int_has_32_bits_and_no_fraction() {
        admits(ANY_INT, whole(Integer.MAX_VALUE));
        admits(ANY_INT, whole(Integer.MIN_VALUE));
        refuses(ANY_INT, whole(Integer.MAX_VALUE + 1L), Kind.WRONG_TYPE);
        refuses(ANY_INT, decimal(1.0), Kind.WRONG_TYPE);
        refuses(ANY_INT, text("1"), Kind.WRONG_TYPE);
        refuses(ANY_INT, Value.Nothing.NOTHING, Kind.WRONG_TYPE);
    }

    @Test
    void bounds_of_64_bits_are_exact_where_a_double_is_not() {
        long big = (1L << 60) + 1;
        DataType type = new DataType.Long(Bounds.of(-big, big));
        admits(type, whole(big));
        admits(type, whole(-big));
        refuses(type, whole(big + 1), Kind.OUT_OF_BOUNDS);
        refuses(type, whole(-big - 1), Kind.OUT_OF_BOUNDS);
        admits(new DataType.Long(Bounds.NONE), whole(Long.MIN_VALUE));
    }

    @Test
    void a_float_that_a_device_rounded_is_not_beyond_its_bound() {
        DataType type = new DataType.Real(Precision.FLOAT, bounds("0.1", "0.7"));
        admits(type, decimal(0.1f));
        admits(type, decimal(0.7f));
        admits(type, decimal(0.1));
        refuses(type, decimal(0.0999999), Kind.OUT_OF_BOUNDS);
        refuses(type, decimal(0.7000001), Kind.OUT_OF_BOUNDS);
    }

    @Test
    void a_double_is_held_to_its_bound_exactly() {
        DataType type = new DataType.Real(Precision.DOUBLE, bounds("0.1", "0.7"));
        admits(type, decimal(0.1));
        refuses(type, decimal(Math.nextDown(0.1)), Kind.OUT_OF_BOUNDS);
        refuses(type, decimal(Math.nextUp(0.7)), Kind.OUT_OF_BOUNDS);
    }

    @Test
    void what_no_float_can_hold_is_no_float() {
        refuses(new DataType.Real(Precision.FLOAT, Bounds.NONE), decimal(1e300), Kind.OUT_OF_BOUNDS);
        admits(new DataType.Real(Precision.DOUBLE, Bounds.NONE), decimal(1e300));
    }

    @Test
    void a_whole_number_stands_for_a_real_one() {
        DataType type = new DataType.Real(Precision.FLOAT, Bounds.NONE);
        assertThat(type.admit(whole(21), "it", Check.strict())).isEqualTo(decimal(21.0));
        refuses(type, text("21"), Kind.WRONG_TYPE);
    }

    @Test
    void yes_and_no_are_1_and_0_and_words_only_where_tolerated() {
        DataType type = new DataType.Flag("off", "on");
        assertThat(type.admit(whole(1), "it", Check.strict())).isEqualTo(new Value.Flag(true));
        assertThat(type.admit(new Value.Flag(true), "it", Check.tolerant())).isEqualTo(new Value.Flag(true));
        refuses(type, new Value.Flag(true), Kind.WRONG_TYPE);
        refuses(type, whole(2), Kind.WRONG_TYPE);
        refuses(type, text("1"), Kind.WRONG_TYPE);
    }

    @Test
    void a_choice_is_one_of_its_numbers() {
        DataType type = new DataType.Choice(new LinkedHashMap<>(Map.of(0, "auto", 7, "boost")));
        admits(type, whole(7));
        refuses(type, whole(1), Kind.OUT_OF_BOUNDS);
        refuses(type, whole((1L << 32) + 7), Kind.WRONG_TYPE);
        refuses(type, text("auto"), Kind.WRONG_TYPE);
    }

    @Test
    void a_length_counts_bytes_or_characters_as_the_type_says() {
        DataType bytes = new DataType.Text(6, Measure.BYTES, List.of());
        DataType characters = new DataType.Text(6, Measure.CHARACTERS, List.of());
        admits(bytes, text("温度"));
        refuses(bytes, text("温度!"), Kind.OUT_OF_BOUNDS);
        admits(characters, text("温度温度温度"));
        admits(characters, text("😀😀😀😀😀😀"));
        refuses(characters, text("abcdefg"), Kind.OUT_OF_BOUNDS);
        admits(new DataType.Text(DataType.Text.UNBOUNDED, Measure.BYTES, List.of()), text("x".repeat(100_000)));
    }

    @Test
    void a_time_is_read_from_digits_and_dates() {
        DataType type = new DataType.Moment();
        Value expected = new Value.Moment(Instant.parse("2026-01-02T03:04:05Z"));
        for (Value form : List.of(
                whole(1767323045000L),
                text("1767323045000"),
                text("20260102T030405Z"),
                text("20260102T030405.000Z"),
                text("2026-01-02T11:04:05+08:00"))) {
            assertThat(type.admit(form, "it", Check.strict())).isEqualTo(expected);
        }
    }

    @Test
    void a_time_that_is_none_is_refused_whatever_it_looks_like() {
        DataType type = new DataType.Moment();
        for (String form : List.of(
                "",
                "yesterday",
                "-1",
                "9999999999999999999",
                "20261302T030405Z",
                "+9999999990102T030405Z",
                "+999999999-01-01T00:00:00Z",
                "2026-01-02")) {
            refuses(type, text(form), Kind.WRONG_TYPE);
        }
        refuses(type, decimal(1.5), Kind.WRONG_TYPE);
    }

    @Test
    void members_of_a_struct_may_be_missing_but_not_unknown() {
        DataType type = new DataType.Struct(List.of(Parameter.of("red", ANY_INT), Parameter.of("green", ANY_INT)));
        admits(type, Value.Fields.NONE);
        admits(type, Value.Fields.of("red", whole(1)));
        Check check = Check.strict();
        assertThat(type.admit(new Value.Fields(Map.of("blue", whole(1))), "it", check))
                .isNull();
        assertThat(check.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.kind()).isEqualTo(Kind.UNKNOWN_MEMBER);
            assertThat(violation.path()).isEqualTo("it.blue");
        });
        refuses(type, new Value.Items(List.of()), Kind.WRONG_TYPE);
    }

    @Test
    void a_list_tells_its_size_its_item_and_its_own_type_apart() {
        DataType type = new DataType.ListOf(ANY_INT, 2);
        admits(type, new Value.Items(List.of()));
        admits(type, new Value.Items(List.of(whole(1), whole(2))));
        refuses(type, new Value.Items(List.of(whole(1), whole(2), whole(3))), Kind.WRONG_SIZE);
        refuses(type, new Value.Items(List.of(whole(1), text("2"))), Kind.WRONG_ITEM);
        refuses(type, whole(1), Kind.WRONG_TYPE);
    }

    @Test
    void the_item_that_does_not_fit_is_named() {
        Check check = Check.strict();
        new DataType.ListOf(ANY_INT, 5).admit(new Value.Items(List.of(whole(1), text("2"))), "Hist", check);
        assertThat(check).hasToString("Hist has an item 1 that does not fit: is no whole number of 32 bits");
    }
}
