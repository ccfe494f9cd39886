package io.berth.core.thing;

import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.testing.ThingModels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ModelDocumentTest {
    @Property
    void a_model_is_read_as_it_was_written(@ForAll("models") ThingModel model) {
        assertThat(ModelDocument.read(ModelDocument.write(model))).isEqualTo(model);
    }

    @Property(tries = 200)
    void members_of_a_later_version_are_passed_over(@ForAll("models") ThingModel model) {
        Value later = withOneMoreEverywhere(ModelDocument.write(model));

        assertThat(ModelDocument.read((Value.Fields) later)).isEqualTo(model);
    }

    @Example
    void an_empty_document_is_the_empty_model() {
        assertThat(ModelDocument.read(Value.Fields.NONE)).isEqualTo(ThingModel.EMPTY);
    }

    @Example
    void a_type_of_a_later_version_is_refused() {
        assertInvalid(documentWithType("quaternion"), "quaternion");
    }

    @Example
    void a_member_of_another_kind_is_refused() {
        assertInvalid(Value.Fields.of("modules", new Value.Text("x")), "\"modules\" of the thing model is no list");
        assertInvalid(
                Value.Fields.of("modules", new Value.Items(List.of(new Value.Whole(1)))),
                "\"modules\" of the thing model is no object");
    }

    @Example
    void a_document_of_a_model_that_contradicts_itself_is_refused() {
        Value module = Value.Fields.of("presence", new Value.Text("master"));

        assertInvalid(Value.Fields.of("modules", new Value.Items(List.of(module, module))), "is there twice");
    }

    @Provide
    Arbitrary<ThingModel> models() {
        return ThingModels.models();
    }

    private static Value.Fields documentWithType(String kind) {
        Value property = new Value.Fields(
                Map.of("identifier", new Value.Text("p"), "type", Value.Fields.of("kind", new Value.Text(kind))));
        Value module = new Value.Fields(
                Map.of("presence", new Value.Text("master"), "properties", new Value.Items(List.of(property))));
        return Value.Fields.of("modules", new Value.Items(List.of(module)));
    }

    private static Value withOneMoreEverywhere(Value value) {
        return switch (value) {
            case Value.Items(List<Value> items) ->
                new Value.Items(items.stream()
                        .map(ModelDocumentTest::withOneMoreEverywhere)
                        .toList());
            case Value.Fields(SequencedMap<String, Value> fields) -> {
                SequencedMap<String, Value> more = new LinkedHashMap<>();
                fields.forEach((name, member) ->
                        more.put(name, name.equals("initial") ? member : withOneMoreEverywhere(member)));
                more.put("since-the-future", new Value.Text("unheard of"));
                yield new Value.Fields(more);
            }
            case Value.Nothing _, Value.Whole _, Value.Decimal _, Value.Text _, Value.Flag _, Value.Moment _ -> value;
        };
    }

    private static void assertInvalid(Value.Fields document, String sentence) {
        assertRefused(Problem.MODEL_INVALID, () -> ModelDocument.read(document)).hasMessageContaining(sentence);
    }
}
