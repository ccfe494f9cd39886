package io.berth.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RepeatsTest {
    private static final DeviceId LAMP = new DeviceId("pk", "lamp");
    private static final DeviceId BELL = new DeviceId("pk", "bell");

    private final Kept store = new Kept();
    private final Repeats repeats = new Repeats(store, new Repeats.Limits(1));

    private static Facts report(DeviceId device, long time, int value) {
        return Facts.ofSamples(
                device, List.of(new Sample("Level", new Value.Whole(value), Instant.ofEpochMilli(time))));
    }

    private boolean passes(Facts report) {
        return !repeats.without(List.of(report)).isEmpty();
    }

    @Test
    void everything_passes_while_no_product_asked() {
        List<Facts> report = List.of(report(LAMP, 1, 5));

        assertThat(repeats.without(report)).isSameAs(report);
        assertThat(repeats.without(report)).isSameAs(report);
    }

    @Test
    void a_value_that_was_the_last_one_is_left_out() {
        repeats.put(new RepeatRule("pk", false, true));

        assertThat(passes(report(LAMP, 1, 5))).isTrue();
        assertThat(passes(report(LAMP, 2, 5))).isFalse();
        assertThat(passes(report(LAMP, 2, 6))).isTrue();
        assertThat(passes(report(LAMP, 3, 5))).isTrue();
        assertThat(passes(report(new DeviceId("other", "lamp"), 1, 5))).isTrue();
        assertThat(passes(report(new DeviceId("other", "lamp"), 1, 5))).isTrue();
    }

    @Test
    void a_value_of_the_same_time_is_left_out() {
        repeats.put(new RepeatRule("pk", true, false));

        assertThat(passes(report(LAMP, 1, 5))).isTrue();
        assertThat(passes(report(LAMP, 1, 6))).isFalse();
        assertThat(passes(report(LAMP, 2, 6))).isTrue();
    }

    @Test
    void what_else_a_report_says_is_left() {
        repeats.put(new RepeatRule("pk", false, true));
        Occurrence hot = new Occurrence("Hot", Value.Fields.NONE, Instant.EPOCH);
        Facts both = new Facts(LAMP, report(LAMP, 1, 5).samples(), List.of(hot), true, "7", List.of());
        assertThat(repeats.without(List.of(both))).containsExactly(both);

        assertThat(repeats.without(List.of(both))).singleElement().satisfies(left -> {
            assertThat(left.samples()).isEmpty();
            assertThat(left.occurrences()).containsExactly(hot);
            assertThat(left.requestId()).isEqualTo("7");
        });
        Facts kept = new Facts(LAMP, both.samples(), List.of(), false);
        assertThat(repeats.without(List.of(kept))).containsExactly(kept);
        Facts nothing = Facts.none(LAMP);
        assertThat(repeats.without(List.of(nothing))).containsExactly(nothing);
    }

    @Test
    void so_many_devices_are_remembered() {
        repeats.put(new RepeatRule("pk", false, true));

        assertThat(passes(report(LAMP, 1, 5))).isTrue();
        assertThat(passes(report(BELL, 1, 5))).isTrue();
        assertThat(passes(report(LAMP, 2, 5))).isTrue();
        assertThat(passes(report(LAMP, 3, 5))).isFalse();
    }

    @Test
    void a_rule_holds_after_a_restart_until_it_is_taken_back_or_its_product_is_gone() {
        repeats.put(new RepeatRule("pk", false, true));
        Repeats again = new Repeats(store, Repeats.Limits.DEFAULT);
        List<Facts> report = List.of(report(LAMP, 1, 5));
        assertThat(again.without(report)).isNotEmpty();
        assertThat(again.without(report)).isEmpty();

        again.productChanged("pk");
        assertThat(again.without(report)).isEmpty();
        store.kept.clear();
        again.productChanged("pk");
        assertThat(again.without(report)).isNotEmpty();

        again.put(new RepeatRule("pk", false, true));
        assertThat(again.without(report)).isEmpty();
        again.put(new RepeatRule("pk", false, false));
        assertThat(again.without(report)).isNotEmpty();
    }

    private static final class Kept implements RepeatRuleStore {
        final Map<String, RepeatRule> kept = new HashMap<>();

        @Override
        public List<RepeatRule> list() {
            return List.copyOf(kept.values());
        }

        @Override
        public Optional<RepeatRule> find(String product) {
            return Optional.ofNullable(kept.get(product));
        }

        @Override
        public void put(RepeatRule rule) {
            kept.put(rule.product(), rule);
        }
    }
}
