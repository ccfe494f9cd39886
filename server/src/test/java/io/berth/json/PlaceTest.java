package io.berth.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlaceTest {
    private final Faults faults = new Faults();

    private Place root(String json) {
        return Place.root(Payload.of(json), faults, Problem.MODEL_INVALID);
    }

    private void expectFaults(String expected) {
        assertThatThrownBy(() -> faults.refuse(Problem.MODEL_INVALID))
                .isInstanceOf(ProblemException.class)
                .hasMessage(expected);
    }

    @Test
    void a_value_of_another_type_is_a_fault_with_its_place_and_reads_as_nothing() {
        Place root = root("{\"a\":[{\"b\":5}],\"c\":\"x\"}");
        assertThat(root.member("a").items().getFirst().member("b").text()).isEmpty();
        assertThat(root.member("c").items()).isEmpty();
        assertThat(root.member("c").number()).isNull();
        assertThat(root.member("c").flag()).isFalse();
        assertThat(root.member("c").oneOf(Map.of("y", 1))).isNull();
        expectFaults("a[0].b: 5 is no text; c: \"x\" is no array; c: \"x\" is no number;"
                + " c: \"x\" is neither true nor false; c: \"x\" is none of y");
    }

    @Test
    void null_counts_as_absent() {
        Place nothing = root("{\"a\":null}").member("a");
        assertThat(nothing.isAbsent()).isTrue();
        assertThat(nothing.text()).isEmpty();
        assertThat(nothing.number()).isNull();
        assertThat(nothing.items()).isEmpty();
        assertThatCode(() -> faults.refuse(Problem.MODEL_INVALID)).doesNotThrowAnyException();
        nothing.requiredText();
        expectFaults("a: is missing");
    }

    @Test
    void a_number_is_one_or_a_text_of_one() {
        assertThat(root("{\"a\":7}").member("a").number()).isEqualTo(new BigDecimal("7"));
        assertThat(root("{\"a\":\"0.10\"}").member("a").number()).isEqualTo(new BigDecimal("0.10"));
        assertThat(root("{\"a\":\"\"}").member("a").number()).isNull();
        assertThat(root("{\"a\":\"1e-999999999\"}").member("a").number()).isNull();
        expectFaults("a: \"1e-999999999\" is no number");
    }

    @Test
    void of_several_documents_a_fault_names_its_own() {
        Place.root("x.json", Payload.of("{\"a\":5}"), faults, Problem.MODEL_INVALID)
                .member("a")
                .text();
        expectFaults("x.json a: 5 is no text");
    }

    @Test
    void of_many_faults_some_are_named_and_the_rest_counted() {
        Place root = root("{}");
        for (int i = 0; i < Faults.MAX_NAMED + 7; i++) {
            root.fault("is bad");
        }
        assertThatThrownBy(() -> faults.refuse(Problem.MODEL_INVALID)).hasMessageEndingWith("; and 7 more faults");
    }

    @Test
    void a_long_value_is_cut_where_a_fault_shows_it() {
        root("{\"a\":\"" + "x".repeat(1000) + "\"}").member("a").flag();
        assertThatThrownBy(() -> faults.refuse(Problem.MODEL_INVALID))
                .hasMessageContaining("…")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(100));
    }
}
