package io.berth.core.thing;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Value;
import io.berth.testing.ThingModels;
import io.berth.testing.ThingValues;
import io.berth.testing.ThingValues.Fitting;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
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
        List<Sample> given = Stream.concat(model.properties().keySet().stream(), Stream.of("nobody"))
                .map(key -> new Sample(key, value, NOW))
                .toList();
        Check check = Check.tolerant();
        List<Sample> admitted = model.admitReport(given, NOW, check);
        assertThat(check.violations()).extracting(Violation::path).contains("nobody");
        assertThat(admitted)
                .hasSizeLessThan(given.size())
                .allSatisfy(sample -> assertThat(model.property(sample.key()))
                        .extracting(Property::comesFromDevice)
                        .isEqualTo(true));
        Check again = Check.tolerant();
        assertThat(model.admitReport(admitted, NOW, again)).isEqualTo(admitted);
        assertThat(again.isClean()).isTrue();
    }

    @net.jqwik.api.Property
    void a_set_is_all_or_nothing(@ForAll("models") ThingModel model, @ForAll("values") Value value) {
        SequencedMap<String, Value> wishes = new LinkedHashMap<>();
        model.properties().keySet().forEach(key -> wishes.put(key, value));
        Check check = Check.tolerant();
        Value.Fields admitted = model.admitSet(new Value.Fields(wishes), check);
        assertThat(check.isClean()).isEqualTo(admitted != null);
        wishes.put("nobody", value);
        Check more = Check.tolerant();
        assertThat(model.admitSet(new Value.Fields(wishes), more)).isNull();
        assertThat(more.violations()).extracting(Violation::kind).contains(Violation.Kind.UNKNOWN_PROPERTY);
    }

    @Provide
    Arbitrary<DataType> types() {
        return ThingModels.types();
    }

    @Provide
    Arbitrary<Value> values() {
        return ThingValues.values();
    }

    @Provide
    Arbitrary<Fitting> fitting() {
        return ThingValues.fitting();
    }

    @Provide
    Arbitrary<ThingModel> models() {
        return ThingModels.models();
    }
}
