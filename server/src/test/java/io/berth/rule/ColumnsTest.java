package io.berth.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.ProblemException;
import io.berth.core.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ColumnsTest {
    @Test
    void the_statement_has_every_column_once_and_its_values_in_that_order() {
        Columns columns = Columns.of(Map.of("b", "two", "a", "deep.one", "c", "event.device"));

        assertThat(columns.insert("s.t", ColumnsTest::quoted))
                .isEqualTo("INSERT INTO \"s\".\"t\" (\"a\", \"b\", \"c\") VALUES (?, ?, ?)");
        assertThat(columns.values(Outgoings.json("{\"deep\":{\"one\":1}}")))
                .containsExactly(new Value.Whole(1), Value.Nothing.NOTHING, new Value.Text("d1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".t", "s.", "a\u0000b"})
    void a_table_without_a_name_is_refused(String table) {
        Columns columns = Columns.of(Map.of("a", "one"));

        assertThatThrownBy(() -> columns.insert(table, ColumnsTest::quoted)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h/db?socketFactory=x", "a,b", "a b", "h:5432", "user@h", "h#", "h&x=1"})
    void a_host_is_a_name_and_nothing_else(String host) {
        assertThatThrownBy(() -> new Server(host, 1)).isInstanceOf(ProblemException.class);
    }

    @Test
    void a_host_may_be_an_address() {
        assertThat(new Server("::1", 5432).bracketed()).isEqualTo("[::1]");
        assertThat(new Server("[::1]", 5432).bracketed()).isEqualTo("[::1]");
        assertThat(new Server("db-1.bücher.example", 5432).bracketed()).isEqualTo("db-1.bücher.example");
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
