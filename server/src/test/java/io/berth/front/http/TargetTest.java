package io.berth.front.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "/auth, /auth,",
        "/a?b=c, /a, b=c",
        "/a?, /a, ''",
        "/a?b?c, /a, b?c",
        "https://host/a?b, /a, b",
        "HTTPS://host:8443/a/b, /a/b,",
        "http://host, '',",
        "*, '',",
        "host:443, '',",
        "'', '',",
    })
    void a_request_line_asks_for_a_path_and_perhaps_a_query(String uri, String path, String query) {
        assertThat(Target.of(uri)).isEqualTo(new Target(path, query));
    }
}
