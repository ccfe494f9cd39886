package io.berth.core.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Checks matching against a reference that is slow and plainly right.
final class TopicFilterPropertyTest {
    @Property
    void matches_what_the_reference_matches(@ForAll("filters") String filter, @ForAll("topics") String topic) {
        assertThat(new TopicFilter(filter).matches(topic)).isEqualTo(matches(levels(filter), levels(topic)));
    }

    @Property
    void what_is_within_never_matches_more(
            @ForAll("filters") String filter, @ForAll("filters") String other, @ForAll("topics") String topic) {
        if (new TopicFilter(filter).isWithin(new TopicFilter(other)) && new TopicFilter(filter).matches(topic)) {
            assertThat(new TopicFilter(other).matches(topic)).isTrue();
        }
    }

    @Property
    void a_topic_is_within_exactly_what_matches_it(@ForAll("filters") String filter, @ForAll("topics") String topic) {
        assertThat(new TopicFilter(topic).isWithin(new TopicFilter(filter)))
                .isEqualTo(new TopicFilter(filter).matches(topic));
    }

    @Property
    void any_text_is_judged_without_an_exception(@ForAll String text) {
        if (TopicFilter.isValid(text)) {
            assertThat(new TopicFilter(text).isWithin(new TopicFilter(text))).isTrue();
        }
        if (Topic.isValid(text)) {
            assertThat(new TopicFilter(text).matches(text)).isTrue();
        }
    }

    @Provide
    Arbitrary<String> topics() {
        return Arbitraries.of("a", "b", "", "$x")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(levels -> String.join("/", levels))
                .filter(Topic::isValid);
    }

    @Provide
    Arbitrary<String> filters() {
        return Arbitraries.of("a", "b", "", "$x", "+", "#")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(levels -> String.join("/", levels))
                .filter(TopicFilter::isValid);
    }

    private static List<String> levels(String text) {
        return List.of(text.split("/", -1));
    }

    private static boolean matches(List<String> filter, List<String> topic) {
        boolean startsWithWildcard =
                filter.getFirst().equals("+") || filter.getFirst().equals("#");
        return !(startsWithWildcard && topic.getFirst().startsWith("$")) && matchesLevels(filter, topic);
    }

    private static boolean matchesLevels(List<String> filter, List<String> topic) {
        if (filter.isEmpty()) {
            return topic.isEmpty();
        }
        if (filter.getFirst().equals("#")) {
            return true;
        }
        if (topic.isEmpty()) {
            return false;
        }
        return (filter.getFirst().equals("+") || filter.getFirst().equals(topic.getFirst()))
                && matchesLevels(filter.subList(1, filter.size()), topic.subList(1, topic.size()));
    }
}
