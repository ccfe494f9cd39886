package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.message.Qos;
import io.berth.core.session.SessionStore.Subscription;
import io.berth.core.topic.TopicFilter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A handful and a multitude are kept in two ways and must answer alike.
@Tag("slow")
final class SubscriptionsTest {
    @ParameterizedTest
    @CsvSource({
        "a,a,true",
        "a/#,a,true",
        "a/#,a/b/c,true",
        "a/+/c,a/b/c,true",
        "+,a,true",
        "#,a/b,true",
        "/+,/a,true",
        "/#,/a/b,true",
        "+/b,a/b,true",
        "/sys/+/x/#,/sys/p/x/y/z,true",
        "a/+,a,false",
        "a/b,a/bc,false",
        "/a,a,false",
        "a/b/#,a,false",
    })
    void a_topic_is_found_among_few_and_among_many(String filter, String topic, boolean matches) {
        for (int others : List.of(0, 100)) {
            Subscriptions subscriptions = with(others);
            subscriptions.put(subscription(filter, Qos.AT_MOST_ONCE));

            assertThat(subscriptions.granted(topic)).isEqualTo(matches ? Qos.AT_MOST_ONCE : null);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void what_was_asked_for_is_listed(int others) {
        Subscriptions subscriptions = with(others);
        subscriptions.put(subscription("a/b", Qos.AT_MOST_ONCE));
        subscriptions.put(subscription("a/b", Qos.AT_LEAST_ONCE));

        assertThat(subscriptions.filters()).hasSize(others + 1).contains(new TopicFilter("a/b"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void the_highest_qos_of_those_that_match_is_granted(int others) {
        Subscriptions subscriptions = with(others);
        subscriptions.put(subscription("a/b", Qos.AT_MOST_ONCE));
        subscriptions.put(subscription("a/+", Qos.AT_LEAST_ONCE));

        assertThat(subscriptions.granted("a/b")).isEqualTo(Qos.AT_LEAST_ONCE);
        assertThat(subscriptions.remove(new TopicFilter("a/+"))).isTrue();
        assertThat(subscriptions.granted("a/b")).isEqualTo(Qos.AT_MOST_ONCE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void the_same_filter_again_replaces_the_older(int others) {
        Subscriptions subscriptions = with(others);
        subscriptions.put(subscription("a/b", Qos.AT_LEAST_ONCE));
        subscriptions.put(subscription("a/b", Qos.AT_MOST_ONCE));

        assertThat(subscriptions.granted("a/b")).isEqualTo(Qos.AT_MOST_ONCE);
        assertThat(subscriptions.remove(new TopicFilter("a/b"))).isTrue();
        assertThat(subscriptions.remove(new TopicFilter("a/b"))).isFalse();
        assertThat(subscriptions.granted("a/b")).isNull();
    }

    @Test
    void the_limit_counts_every_device_and_grows_with_them() {
        Subscriptions subscriptions = new Subscriptions(50);
        subscriptions.allow(2);
        IntStream.range(0, 100)
                .forEach(i -> assertThat(subscriptions.put(subscription("t/" + i, Qos.AT_MOST_ONCE)))
                        .isTrue());

        assertThat(subscriptions.put(subscription("one/more", Qos.AT_MOST_ONCE)))
                .isFalse();
        assertThat(subscriptions.put(subscription("t/7", Qos.AT_LEAST_ONCE))).isTrue();
        assertThat(subscriptions.remove(new TopicFilter("t/7"))).isTrue();
        assertThat(subscriptions.put(subscription("one/more", Qos.AT_MOST_ONCE)))
                .isTrue();
        subscriptions.allow(3);
        assertThat(subscriptions.put(subscription("and/another", Qos.AT_MOST_ONCE)))
                .isTrue();
    }

    @Test
    void what_was_stored_comes_back_even_beyond_the_limit() {
        Subscriptions subscriptions = new Subscriptions(1);
        subscriptions.restore(IntStream.range(0, 100)
                .mapToObj(i -> subscription("t/" + i, Qos.AT_LEAST_ONCE))
                .toList());

        assertThat(subscriptions.granted("t/99")).isEqualTo(Qos.AT_LEAST_ONCE);
    }

    private static Subscriptions with(int others) {
        Subscriptions subscriptions = new Subscriptions(1000);
        IntStream.range(0, others)
                .forEach(i -> subscriptions.put(subscription("other/" + i + "/+", Qos.AT_LEAST_ONCE)));
        return subscriptions;
    }

    private static Subscription subscription(String filter, Qos qos) {
        return new Subscription(new TopicFilter(filter), qos);
    }
}
