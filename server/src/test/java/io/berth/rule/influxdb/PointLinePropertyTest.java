package io.berth.rule.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Value;
import io.berth.json.ValueJson;
import io.berth.rule.DestinationConfig;
import io.berth.rule.Outgoings;
import io.berth.rule.UnfitException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class PointLinePropertyTest {
    /// Whatever a device says in a tag, a field or the name of the measurement stays there: it can add no tag,
    /// no field and no line.
    @Property
    void a_server_reads_what_was_written(
            @ForAll("odd") String measured, @ForAll("odd") String tag, @ForAll("odd") String field) {
        Assume.that(!measured.isEmpty() && !measured.startsWith("#"));
        String line;
        try {
            line = new PointLine(config("${m}", Map.of("a tag", "${tag}"), Map.of("f,=1", "field", "n", "n")))
                    .write(Outgoings.json(document(measured, tag, field)));
        } catch (UnfitException e) {
            assertThat(measured.endsWith("\\")
                            || tag.endsWith("\\")
                            || (measured + tag + field).matches("(?s).*[\n\r].*"))
                    .as(e.getMessage())
                    .isTrue();
            return;
        }

        LineProtocol read = LineProtocol.parse(line);

        assertThat(read.measurement()).isEqualTo(measured);
        assertThat(read.tags()).isEqualTo(tag.isEmpty() ? Map.of() : Map.of("a tag", tag));
        assertThat(read.fields()).isEqualTo(Map.of("f,=1", field, "n", "7.0"));
        assertThat(read.time()).isEqualTo("1700000000000");
    }

    @Property
    void numbers_are_read_as_they_were(@ForAll double number) {
        Assume.that(Double.isFinite(number));
        String line = new PointLine(config("m", Map.of(), Map.of("n", "n")))
                .write(Outgoings.json("{\"n\":" + number + ",\"at\":1}"));

        assertThat(Double.parseDouble(LineProtocol.parse(line).fields().get("n")))
                .isEqualTo(number);
    }

    @Provide
    Arbitrary<String> odd() {
        return Arbitraries.strings()
                .withChars('a', ',', '=', ' ', '"', '\\', '#', 'i', '温', '\t')
                .ofMaxLength(8)
                .flatMap(text -> Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(9, Arbitraries.just(text)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(text + "\nb c=1"))));
    }

    private static DestinationConfig.InfluxDb config(
            String measurement, Map<String, String> tags, Map<String, String> fields) {
        return new DestinationConfig.InfluxDb(
                "http://h", "b", null, measurement, tags, fields, "at", null, null, null, null);
    }

    private static String document(String measured, String tag, String field) {
        SequencedMap<String, Value> members = new LinkedHashMap<>();
        members.put("m", new Value.Text(measured));
        members.put("tag", new Value.Text(tag));
        members.put("field", new Value.Text(field));
        members.put("n", new Value.Whole(7));
        members.put("at", new Value.Whole(1_700_000_000_000L));
        return ValueJson.write(new Value.Fields(members));
    }
}
