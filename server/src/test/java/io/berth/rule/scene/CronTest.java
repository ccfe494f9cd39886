package io.berth.rule.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.ProblemException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CronTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    /// Clocks went forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00.
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "*/15 * * * *,        2026-01-01T00:00, 2026-01-01T00:15",
        "*/15 * * * *,        2026-01-01T23:45, 2026-01-02T00:00",
        "5/20 * * * *,        2026-01-01T00:26, 2026-01-01T00:45",
        "0 8 * * mon-fri,     2026-01-02T08:00, 2026-01-05T08:00",
        "30 7 1 * *,          2026-01-01T07:30, 2026-02-01T07:30",
        "0 0 29 2 *,          2026-01-01T00:00, 2028-02-29T00:00",
        "0 12 13 * FRI,       2026-01-01T00:00, 2026-01-02T12:00",
        "0 12 */2 * fri,      2026-01-01T00:00, 2026-01-09T12:00",
        "0 12 * * 7,          2026-01-01T00:00, 2026-01-04T12:00",
        "0 12 * * 0,          2026-01-01T00:00, 2026-01-04T12:00",
        "'10,40 9-10 * dec *', 2026-01-01T00:00, 2026-12-01T09:10",
        "0 */6 * * *,         2026-01-01T00:00, 2026-01-01T06:00",
    })
    void finds_the_next_time(String text, LocalDateTime after, LocalDateTime next) {
        assertThat(Cron.parse(text, UTC).next(after.atZone(UTC).toInstant()))
                .contains(next.atZone(UTC).toInstant());
    }

    @Test
    void a_fixed_hour_that_is_left_out_comes_when_the_clocks_are_put_forward() {
        assertThat(times("30 2 * * *", "2026-03-28T00:00:00Z", 3))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(times("15,45 2 * * *", "2026-03-29T00:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:15:00Z");
    }

    @Test
    void a_fixed_hour_that_comes_twice_counts_once() {
        assertThat(times("30 2 * * *", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void with_any_hour_what_counts_is_the_time_that_passes() {
        assertThat(times("30 * * * *", "2026-10-24T23:45:00Z", 4))
                .containsExactly(
                        "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z", "2026-10-25T03:30:00Z");
        assertThat(times("30 * * * *", "2026-03-29T00:15:00Z", 2))
                .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z");
    }

    @Test
    void tells_whether_a_moment_is_such_a_time() {
        Cron cron = Cron.parse("30 7 * * *", BERLIN);
        assertThat(cron.matches(Instant.parse("2026-01-01T06:30:59Z"))).isTrue();
        assertThat(cron.matches(Instant.parse("2026-01-01T06:31:00Z"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "5-1 * * * *",
                "*/0 * * * *",
                "a * * * *",
                "1,,2 * * * *",
                "0 0 30 2 *",
                "",
            })
    void refuses_what_is_no_time(String text) {
        assertThatThrownBy(() -> Cron.parse(text, UTC)).isInstanceOf(ProblemException.class);
    }

    private static List<String> times(String text, String after, int count) {
        Cron cron = Cron.parse(text, BERLIN);
        List<String> times = new ArrayList<>();
        Instant now = Instant.parse(after);
        while (times.size() < count) {
            now = cron.next(now).orElseThrow();
            times.add(now.toString());
        }
        return times;
    }
}
