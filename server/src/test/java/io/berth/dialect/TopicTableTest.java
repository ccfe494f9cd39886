package io.berth.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TopicTableTest {
    private final TopicTable<String> table = new TopicTable<String>()
            .on("a/b", "literal")
            .on("a/{x}", "variable")
            .on("a/request_id={id}", "too late")
            .on("b/request_id={id}", "prefix")
            .on("b/{what}_reply", "suffix")
            .on("c/{x}/d/{y}", "two")
            .on("c/{rest...}", "rest")
            .on("c/1/d/2", "shadowed");

    @Test
    void the_row_written_first_wins() {
        assertThat(handler("a/b")).contains("literal");
        assertThat(handler("a/request_id=1")).contains("variable");
        assertThat(handler("c/1/d/2")).contains("two");
        assertThat(handler("c/1/d/2/e")).contains("rest");
        assertThat(handler("c/1/x/2")).contains("rest");
    }

    @Test
    void variables_stand_for_levels_and_parts_of_levels() {
        assertThat(variables("a/7")).containsExactly(Map.entry("x", "7"));
        assertThat(variables("b/request_id=9")).containsExactly(Map.entry("id", "9"));
        assertThat(variables("b/set_reply")).containsExactly(Map.entry("what", "set"));
        assertThat(variables("c/1/d/2")).containsOnly(Map.entry("x", "1"), Map.entry("y", "2"));
        assertThat(variables("c/1//3")).containsExactly(Map.entry("rest", "1//3"));
    }

    @Test
    void a_variable_never_stands_for_nothing() {
        assertThat(handler("a/")).isEmpty();
        assertThat(handler("b/request_id=")).isEmpty();
        assertThat(handler("b/_reply")).isEmpty();
        assertThat(handler("c")).isEmpty();
        assertThat(handler("c/")).isEmpty();
    }

    @Test
    void what_no_row_fits_is_not_found() {
        assertThat(handler("")).isEmpty();
        assertThat(handler("a")).isEmpty();
        assertThat(handler("a/b/c")).isEmpty();
        assertThat(handler("/a/b")).isEmpty();
    }

    private Optional<String> handler(String topic) {
        return table.find(topic).map(TopicTable.Match::handler);
    }

    private Map<String, String> variables(String topic) {
        return table.find(topic).orElseThrow().variables();
    }
}
