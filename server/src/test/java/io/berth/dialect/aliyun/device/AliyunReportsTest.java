package io.berth.dialect.aliyun.device;

import static io.berth.dialect.KnownDevices.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.state.Facts;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import io.berth.core.thing.Violation;
import io.berth.dialect.Attempt;
import io.berth.dialect.Reading;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// Reports against the model of [Meter]: what of them is kept, and what the device is told.
final class AliyunReportsTest {
    private static final String POST = "thing/event/property/post";
    private static final String PACK = "thing/event/property/pack/post";
    private static final String HISTORY = "thing/event/property/history/post";
    private static final DeviceId CHILD = new DeviceId("a1sub", "sub1");
    private static final Instant THEN = Instant.ofEpochMilli(1_700_000_000_123L);

    private final MeterDevice device = MeterDevice.lenient();

    @BeforeEach
    void standsBeforeAChild() {
        device.known.with(AliyunFleet.meter("a1sub", "sub1"));
        device.known.with(snapshot("a1sub", "off", "a1sub_off", AliyunFleet.SECRET, false, AuthKind.SECRET));
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/aliyun-reports.csv", delimiter = '~', numLinesToSkip = 1)
    void answers_with_the_code_of_the_specification(
            String what, String suffix, String params, int lenient, int strict) {
        String body = "{\"id\":\"1\",\"version\":\"1.0\",\"params\":" + params + "}";

        assertThat(device.code(suffix, body)).isEqualTo(lenient);
        assertThat(MeterDevice.strict().code(suffix, body)).isEqualTo(strict);
    }

    @Test
    void keeps_each_value_in_the_form_of_its_type_with_its_time() {
        assertThat(told(POST, "{\"Temp\":21,\"Door\":{\"value\":1,\"time\":1700000000123},\"lamp:Lum\":80}"))
                .isEqualTo(Facts.ofSamples(
                                MeterDevice.ID,
                                List.of(
                                        new Sample("Temp", new Value.Decimal(21), Attempt.NOW),
                                        new Sample("Door", new Value.Flag(true), THEN),
                                        new Sample("lamp:Lum", new Value.Whole(80), Attempt.NOW)))
                        .with("1", List.of()));
    }

    @Test
    void leaves_out_what_does_not_fit_and_says_so_to_whoever_counts() {
        Reading reading = device.publishes(POST, "{\"id\":\"1\",\"params\":{\"Temp\":500,\"Door\":1,\"Volt\":1}}");

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Accepted.class,
                        taken -> assertThat(taken.leftOut()).containsExactly("values that do not fit the thing model"));
        assertThat(told(POST, "{\"Temp\":500,\"Door\":1,\"Volt\":1}").samples())
                .extracting(Sample::key)
                .containsExactly("Door");
        assertThat(device.publishes(POST, "{\"id\":\"1\",\"params\":{\"Door\":1}}"))
                .isInstanceOfSatisfying(
                        Reading.Accepted.class,
                        taken -> assertThat(taken.leftOut()).isEmpty());
    }

    @Test
    void takes_200_properties_and_refuses_201() {
        assertThat(device.code(POST, "{\"id\":\"1\",\"params\":" + properties(200) + "}"))
                .isEqualTo(200);
        assertThat(device.code(POST, "{\"id\":\"1\",\"params\":" + properties(201) + "}"))
                .isEqualTo(6106);
    }

    @Test
    void what_does_not_fit_is_kept_apart_with_the_reason() {
        Facts facts = told(POST, "{\"Temp\":21,\"Other\":{\"value\":5,\"time\":1700000000123},\"Door\":\"shut\"}");

        assertThat(facts.samples()).extracting(Sample::key).containsExactly("Temp");
        assertThat(facts.unfit())
                .containsExactly(
                        new Facts.Unfit(
                                new Sample("Other", new Value.Whole(5), THEN),
                                Violation.Kind.UNKNOWN_PROPERTY,
                                "is not in the thing model"),
                        new Facts.Unfit(
                                new Sample("Door", new Value.Text("shut"), Attempt.NOW),
                                Violation.Kind.WRONG_TYPE,
                                "is neither 0 nor 1"));
    }

    @Test
    void an_event_is_the_same_wrapped_or_direct() {
        Occurrence alarm = new Occurrence("alarm", Value.Fields.of("code", new Value.Whole(1)), Attempt.NOW);

        assertThat(told("thing/event/alarm/post", "{\"code\":1}"))
                .isEqualTo(Facts.ofOccurrence(MeterDevice.ID, alarm).with("1", List.of()))
                .isEqualTo(told("thing/event/alarm/post", "{\"value\":{\"code\":1}}"));
    }

    @Test
    void a_batch_holds_several_values_of_one_property() {
        Facts facts = told(
                "thing/event/property/batch/post",
                "{\"properties\":{\"Temp\":[{\"value\":1,\"time\":1},{\"value\":2,\"time\":2}]},"
                        + "\"events\":{\"alarm\":[{\"value\":{\"code\":1}}]}}");

        assertThat(facts.samples()).extracting(Sample::time).containsExactly(at(1), at(2));
        assertThat(facts.occurrences()).extracting(Occurrence::key).containsExactly("alarm");
    }

    @Test
    void a_pack_speaks_for_the_children_of_the_gateway() {
        device.platform.belongings.topology.link(MeterDevice.ID, List.of(CHILD), 10);

        List<Facts> parts = device.tells(
                PACK,
                "{\"id\":\"1\",\"params\":{\"properties\":{\"Temp\":{\"value\":1}},\"subDevices\":["
                        + child("sub1", "\"properties\":{\"Temp\":{\"value\":2}}") + "]}}");

        assertThat(parts)
                .containsExactly(
                        Facts.ofSamples(MeterDevice.ID, List.of(new Sample("Temp", new Value.Decimal(1), Attempt.NOW)))
                                .with("1", List.of()),
                        Facts.ofSamples(CHILD, List.of(new Sample("Temp", new Value.Decimal(2), Attempt.NOW)))
                                .with("1", List.of()));
    }

    @Test
    void a_pack_for_a_child_of_another_gateway_is_refused_whole() {
        device.platform.belongings.topology.link(new DeviceId("a1pk", "other"), List.of(CHILD), 10);

        String body = "{\"id\":\"1\",\"params\":{\"properties\":{\"Temp\":{\"value\":1}},\"subDevices\":["
                + child("sub1", "\"properties\":{}") + "]}}";

        assertThat(device.code(PACK, body)).isEqualTo(6401);
        assertThat(device.publishes(PACK, body)).isInstanceOf(Reading.Dropped.class);
    }

    @Test
    void a_pack_for_a_disabled_child_is_refused() {
        device.platform.belongings.topology.link(MeterDevice.ID, List.of(new DeviceId("a1sub", "off")), 10);

        assertThat(device.code(
                        PACK, "{\"id\":\"1\",\"params\":{\"subDevices\":[" + child("off", "\"properties\":{}") + "]}}"))
                .isEqualTo(6204);
    }

    @Test
    void a_pack_names_at_most_20_children() {
        device.platform.belongings.topology.link(MeterDevice.ID, List.of(CHILD), 10);

        assertThat(device.code(PACK, packOf(20))).isEqualTo(200);
        assertThat(device.code(PACK, packOf(21))).isEqualTo(460);
    }

    @Test
    void a_history_never_changes_what_is_so_now() {
        Facts kept = device.tells(
                        HISTORY,
                        "{\"id\":\"1\",\"params\":[{\"identity\":{\"productKey\":\"a1pk\",\"deviceName\":\"dev1\"},"
                                + "\"properties\":[{\"Temp\":{\"value\":1,\"time\":1}},{\"Temp\":{\"value\":2,"
                                + "\"time\":2}}]}]}")
                .getFirst();

        assertThat(kept.current()).isFalse();
        assertThat(kept.samples()).extracting(Sample::time).containsExactly(at(1), at(2));
    }

    @Test
    void a_model_that_changes_meets_the_next_report() {
        DeviceSnapshot bare = snapshot("a1pk", "dev1", "a1pk_dev1", AliyunFleet.SECRET);
        assertThat(told(POST, "{\"Temp\":1}").isEmpty()).isFalse();

        device.wire.update(bare);

        assertThat(told(POST, "{\"Temp\":1}").isEmpty()).isTrue();
    }

    private Facts told(String suffix, String params) {
        return device.tells(suffix, "{\"id\":\"1\",\"params\":" + params + "}").getFirst();
    }

    private static String properties(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"p" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    private static String packOf(int children) {
        return IntStream.range(0, children)
                .mapToObj(_ -> child("sub1", "\"properties\":{}"))
                .collect(Collectors.joining(",", "{\"id\":\"1\",\"params\":{\"subDevices\":[", "]}}"));
    }

    private static String child(String name, String content) {
        return "{\"identity\":{\"productKey\":\"a1sub\",\"deviceName\":\"" + name + "\"}," + content + "}";
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
