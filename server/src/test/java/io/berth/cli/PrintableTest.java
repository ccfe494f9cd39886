package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What stands on the terminal: safe text, aligned columns, spans of time, and the words people mistype.
final class PrintableTest {
    @ParameterizedTest
    @CsvSource({"abc,3", "电表,4", "ｆｕｌｌ,8", "e\u0301,1", "한국,4", "🚀,2", "'',0"})
    void counts_the_cells_a_text_takes(String text, int cells) {
        assertThat(Printable.width(text)).isEqualTo(cells);
    }

    @Test
    void writes_out_what_would_steer_the_terminal() {
        assertThat(Printable.of("a\u001b[31m\r\n\tb\u0007\u009b\u202e\ud800"))
                .isEqualTo("a\\u001b[31m\\r\\n\\tb\\u0007\\u009b\\u202e\\ud800");
        assertThat(Printable.of("plain 文字 🚀")).isEqualTo("plain 文字 🚀");
    }

    @Test
    void a_later_page_may_widen_a_column() {
        StringWriter text = new StringWriter();
        Table table = new Table(new PrintWriter(text), "A", "B");

        table.row("1", "x");
        table.print();
        table.row("12345", "");
        table.print();
        table.row("1", "y");
        table.print();

        assertThat(text.toString()).isEqualTo("A  B\n1  x\n12345  -\n1      y\n");
    }

    @ParameterizedTest
    @CsvSource({"0,0 s", "59,59 s", "60,1 min", "-7200,2 h", "172800,2 days"})
    void names_a_span_in_its_largest_unit(long seconds, String text) {
        assertThat(Times.span(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"250ms,250", "5s,5000", "2m,120000", "1h,3600000", "30d,2592000000"})
    void reads_a_span(String text, long millis) {
        assertThat(Times.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void guesses_the_word_that_was_meant_and_none_when_nothing_is_near() {
        assertThat(NearWord.to("prodcut", Set.of("product", "publish"))).contains("product");
        assertThat(NearWord.to("xyz", Set.of("product", "publish"))).isEmpty();
    }
}
