package io.berth.core.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicFilterTest {
    @ParameterizedTest
    @CsvSource({
        "a/b,a/b,true",
        "a/b,a/c,false",
        "a/b,a,false",
        "a/b,a/b/c,false",
        "a/+,a/b,true",
        "a/+,a/,true",
        "a/+,a,false",
        "+/+,/a,true",
        "/+,/a,true",
        "+,/a,false",
        "a/#,a,true",
        "a/#,a/,true",
        "a/#,a/b/c,true",
        "a/#,ab,false",
        "#,a/b,true",
        "#,$SYS/x,false",
        "+/x,$SYS/x,false",
        "$SYS/#,$SYS/x,true",
        "a/+/c,a//c,true",
        "a/+/#,a/b,true",
    })
    void matches_as_mqtt_says(String filter, String topic, boolean matches) {
        assertThat(new TopicFilter(filter).matches(new Topic(topic))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b,a/b,true",
        "a/b,a/+,true",
        "a/+,a/b,false",
        "a/+,a/+,true",
        "a/+,a/#,true",
        "a/#,a/+,false",
        "a/#,a/#,true",
        "a,a/#,true",
        "a/+/c,a/#,true",
        "#,a/#,false",
        "#,#,true",
        "+/a,#,true",
        "$x/a,#,false",
        "$x/a,+/a,false",
        "a/b/#,a/b,false",
    })
    void is_within_when_the_other_matches_all_it_does(String filter, String other, boolean within) {
        assertThat(new TopicFilter(filter).isWithin(new TopicFilter(other))).isEqualTo(within);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a#", "a/#/b", "#/a", "a+", "+a/b", "a/+b", "a\u0000b"})
    void refuses_what_is_no_filter(String text) {
        assertThatThrownBy(() -> new TopicFilter(text)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/+", "#", "a\u0000"})
    void refuses_what_is_no_topic(String text) {
        assertThat(Topic.isValid(text)).isFalse();
        assertThatThrownBy(() -> new Topic(text)).isInstanceOf(ProblemException.class);
    }
}
