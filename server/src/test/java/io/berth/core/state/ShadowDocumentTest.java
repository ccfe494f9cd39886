package io.berth.core.state;

import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.json.ValueJson;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShadowDocumentTest {
    private static final Instant FIRST = Instant.ofEpochSecond(1);
    private static final Instant THEN = Instant.ofEpochSecond(2);
    private static final ShadowDocument LAMP = ShadowDocument.empty(FIRST)
            .advance(7, FIRST)
            .report(fields("{'on':1,'colour':{'r':1,'g':2},'list':[1,2]}"));

    @Test
    void objects_are_changed_member_by_member_and_lists_as_a_whole() {
        ShadowDocument changed = LAMP.advance(8, THEN).report(fields("{'colour':{'g':3},'list':[9]}"));

        assertThat(changed.reported()).isEqualTo(fields("{'on':1,'colour':{'r':1,'g':3},'list':[9]}"));
        assertThat(changed.reportedAt()).isEqualTo(Map.of("on", FIRST, "colour", THEN, "list", THEN));
        assertThat(changed.version()).isEqualTo(8);
    }

    @Test
    void forgets_attributes_at_any_depth() {
        ShadowDocument changed =
                LAMP.advance(8, THEN).forgetReported(fields("{'on':null,'colour':{'r':null},'x':null}"));

        assertThat(changed.reported()).isEqualTo(fields("{'colour':{'g':2},'list':[1,2]}"));
        assertThat(changed.reportedAt()).isEqualTo(Map.of("colour", THEN, "list", FIRST));
        assertThat(LAMP.advance(8, THEN).forgetReported().reported().isEmpty()).isTrue();
    }

    @Test
    void wishes_stand_beside_what_is_reported_until_they_are_done() {
        ShadowDocument wanted = LAMP.advance(ShadowDocument.NEXT, THEN).want(fields("{'on':0}"));

        assertThat(wanted.reported()).isEqualTo(LAMP.reported());
        assertThat(wanted.desired()).isEqualTo(fields("{'on':0}"));
        assertThat(wanted.version()).isEqualTo(8);
        assertThat(wanted.forgetDesired().desired().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 6, 0, -2})
    void a_version_that_is_not_later_conflicts(long version) {
        assertRefused(Problem.VERSION_CONFLICT, () -> LAMP.advance(version, THEN));
    }

    @Test
    void counting_begins_again_when_the_device_says_so() {
        assertThat(LAMP.advance(ShadowDocument.RESTART, THEN).version()).isZero();
    }

    @Test
    void holds_128_attributes_of_5_levels_and_16_kilobytes() {
        assertThat(grown(attributes(125))).isNotNull();
        assertTooLarge(attributes(126));
        assertThat(grown("{'a':{'b':{'c':{'d':{'e':1}}}}}")).isNotNull();
        assertTooLarge("{'a':{'b':{'c':{'d':{'e':{'f':1}}}}}}");
        assertThat(grown("{'t':'" + "x".repeat(16_000) + "'}")).isNotNull();
        assertTooLarge("{'t':'" + "x".repeat(16_384) + "'}");
    }

    private static void assertTooLarge(String attributes) {
        assertRefused(Problem.LIMIT_REACHED, () -> grown(attributes));
    }

    /// [#LAMP] has four attributes of its own: a list is one.
    private static String attributes(int count) {
        return IntStream.range(0, count - 1).mapToObj(i -> "'a" + i + "':1").collect(Collectors.joining(",", "{", "}"));
    }

    private static ShadowDocument grown(String attributes) {
        return LAMP.advance(ShadowDocument.NEXT, THEN).report(fields(attributes));
    }

    private static Value.Fields fields(String json) {
        return ValueJson.readFields(Payload.of(json.replace('\'', '"'))).orElseThrow();
    }
}
