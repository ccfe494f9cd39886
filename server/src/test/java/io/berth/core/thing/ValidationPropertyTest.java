package io.berth.core.thing;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Value;
import io.berth.testing.ThingArbitraries;
import io.berth.testing.ThingArbitraries.Fitting;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/// What holds for every type, every model and every value.
final class ValidationPropertyTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @net.jqwik.api.Property
    void a_value_is_refused_with_a_reason_or_admitted_in_a_form_that_admits_to_itself(
            @ForAll("types") DataType type, @ForAll("values") Value value) {
        Check check = Check.tolerant();
        Value admitted = type.admit(value, "here", check);
        assertThat(check.isClean()).isEqualTo(admitted != null);
        if (admitted != null) {
            assertThat(type.admit(admitted, "here", Check.tolerant())).isEqualTo(admitted);
        } else {
            assertThat(check.violations()).allSatisfy(each -> {
                assertThat(each.path()).startsWith("here");
                assertThat(each.detail()).isNotBlank();
            });
        }
    }

    @net.jqwik.api.Property
    void a_value_made_to_fit_is_admitted(@ForAll("fitting") Fitting fitting) {
        Check check = Check.tolerant();
        assertThat(fitting.type().admit(fitting.value(), "here", check))
                .as("%s", check)
                .isNotNull();
    }

    @net.jqwik.api.Property
    void strictness_only_refuses_more(@ForAll("types") DataType type, @ForAll("values") Value value) {
        Value strict = type.admit(value, "", Check.strict());
        if (strict != null) {
            assertThat(type.admit(value, "", Check.tolerant())).isEqualTo(strict);
        }
    }

    @net.jqwik.api.Property
    void a_report_keeps_what_fits_and_names_the_rest(
            @ForAll("models") ThingModel model, @ForAll("values") Value value) {
        List<Sample> given = List.of("Temp", "lamp:Temp", "Door", "nobody").stream()
                .map(key -> new Sample(key, value, NOW))
                .toList();
        Check check = Check.tolerant();
        List<Sample> admitted = model.admitReport(given, NOW, check);
        assertThat(admitted.size()).isLessThan(given.size());
        assertThat(check.isClean()).isFalse();
        assertThat(admitted)
                .allSatisfy(sample -> assertThat(model.property(sample.key()))
                        .extracting(Property::comesFromDevice)
                        .isEqualTo(true));
        Check again = Check.tolerant();
        assertThat(model.admitReport(admitted, NOW, again)).isEqualTo(admitted);
        assertThat(again.isClean()).isTrue();
    }

    @net.jqwik.api.Property
    void a_set_is_all_or_nothing(@ForAll("models") ThingModel model, @ForAll("values") Value value) {
        Value.Fields wish = Value.Fields.of("Temp", value);
        Check check = Check.tolerant();
        Value.Fields admitted = model.admitSet(wish, check);
        assertThat(check.isClean()).isEqualTo(admitted != null);
        Check both = Check.tolerant();
        assertThat(model.admitSet(with(wish, "nobody", value), both)).isNull();
        assertThat(both.violations()).extracting(Violation::kind).contains(Violation.Kind.UNKNOWN_PROPERTY);
    }

    private static Value.Fields with(Value.Fields fields, String name, Value value) {
        var more = new java.util.LinkedHashMap<>(fields.fields());
        more.put(name, value);
        return new Value.Fields(more);
    }

    @Provide
    Arbitrary<DataType> types() {
        return ThingArbitraries.types();
    }

    @Provide
    Arbitrary<Value> values() {
        return ThingArbitraries.values();
    }

    @Provide
    Arbitrary<Fitting> fitting() {
        return ThingArbitraries.fitting();
    }

    @Provide
    Arbitrary<ThingModel> models() {
        return ThingArbitraries.models();
    }
}
