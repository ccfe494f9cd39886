package io.berth.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.json.ValueJson;
import io.berth.testing.SampleEvents;
import io.berth.testing.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateTest {
    private final Outgoing message = message("""
            {"name":"pump","n":3,"on":true,"items":{"Flow":{"value":12.5}},"a.b":"whole","a":{"b":"path"},"none":null}""");

    @ParameterizedTest
    @CsvSource({
        "/a1/${name}/x, /a1/pump/x",
        "${n}-${on}, 3-true",
        "${items.Flow.value}, 12.5",
        "${items.Flow}, '{\"value\":12.5}'",
        "${a.b}, whole",
        "${ name }, pump",
        "plain $ { } text, plain $ { } text",
        "${event.device}/${event.kind}, d1/message"
    })
    void fills_fields_and_paths(String text, String filled) {
        assertThat(Template.of(text).fill(message)).isEqualTo(filled);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${missing}", "${items.Flow.unit}", "${name.more}", "${none}", "${event.nothing}"})
    void a_missing_field_is_named(String text) {
        assertThatThrownBy(() -> Template.of(text).fill(message))
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining(text.substring(2, text.length() - 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${}", "a${b"})
    void a_field_that_is_not_closed_is_refused_at_once(String text) {
        assertThatThrownBy(() -> Template.of(text)).isInstanceOf(ProblemException.class);
    }

    @Test
    void what_the_message_calls_event_wins() {
        assertThat(Template.of("${event.device}").fill(message("{\"event.device\":\"mine\"}")))
                .isEqualTo("mine");
    }

    static Outgoing message(String json) {
        Payload body = Payload.of(json);
        Value.Fields document = ValueJson.readFields(body).orElseThrow();
        return new Outgoing(
                SampleEvents.message("d1", body, TestClock.START), "/a1/d1/user/x", body, true, document, "");
    }
}
