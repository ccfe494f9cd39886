package io.berth.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.json.JsonMapper;

final class JsonTextPropertyTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Property
    void any_text_comes_back_as_it_was(@ForAll String text) {
        String json = JsonText.object().text("a", text).number("b", 1).end();

        assertThat(JSON.readTree(json).get("a").asString()).isEqualTo(text);
    }

    @Property
    void compacting_changes_no_value(@ForAll String text) {
        String json = JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(JSON.createObjectNode().put("a b", text).put("c", 1.5));
        String compact = JsonText.compact(json);

        assertThat(JSON.readTree(compact)).isEqualTo(JSON.readTree(json));
        assertThat(compact).startsWith("{\"a b\":\"");
    }
}
