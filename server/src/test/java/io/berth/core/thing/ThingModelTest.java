package io.berth.core.thing;

import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.thing.DataType.Real.Precision;
import io.berth.core.thing.Violation.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ThingModelTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final DataType INT = new DataType.Int(Bounds.of(0, 100));

    private static Module module(String id, Property... properties) {
        return new Module(id, "", "", "", Module.Presence.OPTIONAL, List.of(properties), List.of(), List.of());
    }

    private static Property property(String identifier, DataType type) {
        return new Property(Parameter.of(identifier, type), true, true, true);
    }

    private static List<String> faults(DataType type) {
        return ThingModel.faults(List.of(module("", property("it", type))));
    }

    private static DataType whole(@Nullable String min, @Nullable String max, @Nullable String step) {
        return new DataType.Int(new Bounds(number(min), number(max), number(step)));
    }

    private static @Nullable BigDecimal number(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    @Test
    void members_are_found_by_key_and_modules_have_names_of_their_own() {
        ThingModel model =
                new ThingModel(List.of(module("", property("Temp", INT)), module("lamp", property("Temp", INT))));
        assertThat(model.properties().sequencedKeySet()).containsExactly("Temp", "lamp:Temp");
        assertThat(model.property("lamp:Temp")).isNotNull();
        assertThat(model.property("motor:Temp")).isNull();
        assertThat(Module.moduleOf("lamp:Temp")).isEqualTo("lamp");
        assertThat(Module.identifierOf("Temp")).isEqualTo("Temp");
    }

    @Test
    void a_report_may_be_a_day_ahead_and_no_more() {
        ThingModel model = new ThingModel(List.of(module("", property("Temp", INT))));
        Instant limit = NOW.plus(Duration.ofHours(24));
        Check check = Check.strict();
        assertThat(model.admitReport(List.of(new Sample("Temp", new Value.Whole(1), limit)), NOW, check))
                .hasSize(1);
        assertThat(model.admitReport(List.of(new Sample("Temp", new Value.Whole(1), limit.plusMillis(1))), NOW, check))
                .isEmpty();
        assertThat(check.violations()).extracting(Violation::kind).containsExactly(Kind.BAD_TIME);
    }

    @Test
    void a_device_reports_what_can_be_read_or_is_reported_and_nothing_else() {
        Parameter parameter = Parameter.of("Temp", INT);
        assertThat(new Property(parameter, true, false, false).comesFromDevice())
                .isTrue();
        assertThat(new Property(parameter, false, false, true).comesFromDevice())
                .isTrue();
        ThingModel model = new ThingModel(List.of(module("", new Property(parameter, false, true, false))));
        Check check = Check.strict();
        assertThat(model.admitReport(List.of(new Sample("Temp", new Value.Whole(1), NOW)), NOW, check))
                .isEmpty();
        assertThat(check.violations()).extracting(Violation::kind).containsExactly(Kind.NOT_ALLOWED);
    }

    @Test
    void what_is_not_writable_is_not_set() {
        ThingModel model =
                new ThingModel(List.of(module("", new Property(Parameter.of("Temp", INT), true, false, true))));
        Check check = Check.strict();
        assertThat(model.admitSet(Value.Fields.of("Temp", new Value.Whole(1)), check))
                .isNull();
        assertThat(check.violations()).extracting(Violation::kind).containsExactly(Kind.NOT_ALLOWED);
    }

    @Test
    void a_call_lacks_nothing_that_is_required() {
        Parameter delay = new Parameter("delay", "", "", INT, true, "", "", null);
        Service service = new Service(
                "reboot",
                "",
                "",
                Service.CallType.SYNC,
                false,
                List.of(delay, Parameter.of("why", INT)),
                "",
                List.of());
        Check check = Check.strict();
        assertThat(service.admitInput(Value.Fields.of("delay", new Value.Whole(1)), check))
                .isNotNull();
        assertThat(service.admitInput(Value.Fields.of("why", new Value.Whole(1)), check))
                .isNull();
        assertThat(check.violations()).extracting(Violation::kind).containsExactly(Kind.MISSING);
        assertThat(service.admitOutput(Value.Fields.of("delay", new Value.Whole(1)), Check.strict()))
                .isNull();
    }

    @Test
    void every_fault_is_named() {
        assertRefused(
                        Problem.MODEL_INVALID,
                        () -> new ThingModel(List.of(
                                module("", property("1st", INT), property("Temp", whole("5", "4", "-1"))),
                                module("lamp"),
                                module("lamp"),
                                module("default"))))
                .hasMessageContaining("property 1st: an identifier")
                .hasMessageContaining("property Temp has a min above its max")
                .hasMessageContaining("property Temp has a step that is not above 0")
                .hasMessageContaining("module lamp is there twice")
                .hasMessageContaining("module default has the name of the default module");
    }

    @Test
    void bounds_that_touch_are_no_contradiction() {
        assertThat(faults(whole("5", "5", "1"))).isEmpty();
        assertThat(faults(whole(null, null, null))).isEmpty();
        assertThat(faults(new DataType.Real(Precision.FLOAT, new Bounds(null, null, new BigDecimal("0.1")))))
                .isEmpty();
    }

    @Test
    void a_whole_number_has_whole_bounds_within_its_type() {
        assertThat(faults(whole("0.5", null, null))).singleElement().asString().contains("bounds that are none");
        assertThat(faults(whole("1.0", "1E1", null))).isEmpty();
        assertThat(faults(whole("2147483648", null, null)))
                .singleElement()
                .asString()
                .contains("no value of its type");
        assertThat(faults(whole(null, "4294967295", null))).isEmpty();
    }

    @Test
    void structs_and_lists_nest_as_far_as_a_list_of_structs() {
        DataType struct = new DataType.Struct(List.of(Parameter.of("a", INT)));
        DataType list = new DataType.ListOf(INT, 3);
        assertThat(faults(new DataType.ListOf(struct, 3))).isEmpty();
        assertThat(faults(new DataType.ListOf(list, 3))).isNotEmpty();
        assertThat(faults(new DataType.Struct(List.of(Parameter.of("a", struct)))))
                .isNotEmpty();
        assertThat(faults(new DataType.Struct(List.of(Parameter.of("a", list)))))
                .isNotEmpty();
        assertThat(faults(new DataType.ListOf(new DataType.Struct(List.of(Parameter.of("a", list))), 3)))
                .isNotEmpty();
    }

    @Test
    void counts_have_bounds() {
        List<Parameter> members = IntStream.rangeClosed(1, 51)
                .mapToObj(i -> Parameter.of("m" + i, INT))
                .toList();
        assertThat(faults(new DataType.Struct(members.subList(0, 50)))).isEmpty();
        assertThat(faults(new DataType.Struct(members))).hasSize(1);
        assertThat(faults(new DataType.ListOf(INT, 512))).isEmpty();
        assertThat(faults(new DataType.ListOf(INT, 513))).hasSize(1);
        assertThat(faults(new DataType.ListOf(INT, 0))).hasSize(1);
        LinkedHashMap<Integer, String> labels = new LinkedHashMap<>();
        IntStream.range(0, 101).forEach(i -> labels.put(i, ""));
        assertThat(faults(new DataType.Choice(labels))).hasSize(1);
        assertThat(faults(new DataType.Choice(new LinkedHashMap<>()))).hasSize(1);
        assertThat(faults(new DataType.Word(List.of()))).hasSize(1);
        assertThat(faults(new DataType.Word(List.of("a", "a")))).hasSize(1);
    }

    @Test
    void a_value_to_start_with_fits_its_type() {
        Parameter parameter = new Parameter("Temp", "", "", INT, false, "", "", new Value.Whole(101));
        assertThat(ThingModel.faults(List.of(module("", new Property(parameter, true, true, true)))))
                .containsExactly("property Temp starts with a value that does not fit");
    }

    @Test
    void a_bound_of_a_billion_digits_is_none() {
        assertThatThrownBy(() -> whole("1E999999999", null, null)).hasMessageContaining("at most 400 digits");
        assertThatThrownBy(() -> whole(null, "1E-999999999", null)).hasMessageContaining("at most 400 digits");
    }
}
