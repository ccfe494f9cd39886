package io.berth.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Answer;
import io.berth.core.message.CallState;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Event;
import io.berth.core.message.Event.Kind;
import io.berth.core.message.Fact;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Origin;
import io.berth.core.message.Qos;
import io.berth.core.state.Facts;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import io.berth.core.thing.Violation;
import io.berth.testing.SampleEvents;
import io.berth.testing.ThingValues;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class EventCodecTest {
    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void every_event_comes_back(@ForAll("events") Event event) {
        byte[] octets = EventCodec.encode(event);

        assertThat(EventCodec.decode(ByteBuffer.wrap(octets))).isEqualTo(event);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void the_header_is_read_alone_and_may_be_read_again(@ForAll("events") Event event) {
        ByteBuffer octets = ByteBuffer.wrap(EventCodec.encode(event));

        EventCodec.Header header = EventCodec.header(octets);

        assertThat(header).isEqualTo(new EventCodec.Header(event.kind(), event.product(), event.deviceName()));
        assertThat(EventCodec.header(octets)).isEqualTo(header);
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void an_event_that_was_cut_off_is_none(@ForAll("events") Event event, @ForAll int anywhere) {
        byte[] octets = EventCodec.encode(event);
        byte[] cut = Arrays.copyOf(octets, Math.floorMod(anywhere, octets.length));

        assertThatThrownBy(() -> EventCodec.decode(ByteBuffer.wrap(cut))).isInstanceOf(UnreadableEventException.class);
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void damaged_octets_are_an_event_or_none_and_nothing_worse(
            @ForAll("events") Event event, @ForAll List<Integer> places, @ForAll byte damage) {
        byte[] octets = EventCodec.encode(event);
        places.forEach(place -> octets[Math.floorMod(place, octets.length)] ^= damage);

        decodeOrRefuse(octets);
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void any_octets_are_an_event_or_none_and_nothing_worse(@ForAll byte[] octets, @ForAll("begins") byte[] begin) {
        byte[] all = Arrays.copyOf(begin, begin.length + octets.length);
        System.arraycopy(octets, 0, all, begin.length, octets.length);

        decodeOrRefuse(all);
    }

    @Example
    void octets_after_an_event_are_too_many() {
        byte[] octets = EventCodec.encode(SampleEvents.message("d", "text"));

        assertThatThrownBy(() -> EventCodec.decode(ByteBuffer.wrap(Arrays.copyOf(octets, octets.length + 1))))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("1 octets are left");
    }

    @Example
    void a_value_that_never_ends_is_refused_before_the_stack_does() {
        byte[] begin = EventCodec.encode(SampleEvents.of(
                "d", new Fact.Told(Kind.STATUS, "alarm", Value.Fields.of("a", new Value.Items(List.of())))));
        byte[] octets = Arrays.copyOf(begin, 1_000_000);
        for (int i = begin.length - 1; i < octets.length; i += 2) {
            octets[i] = 1; // an item,
            octets[i + 1] = 7; // which is items
        }
        assertThatThrownBy(() -> EventCodec.decode(ByteBuffer.wrap(octets)))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("deeper");
    }

    /// What a release wrote is read by all later ones: these octets must never need to change.
    @Example
    void events_that_were_written_long_ago_are_read() {
        DeviceId device = new DeviceId("pk", "d");
        Event event = new Event(
                42,
                Instant.ofEpochMilli(1_000_001),
                "pk",
                device,
                new Origin("huawei", null, "t", Qos.AT_LEAST_ONCE, Payload.of("{}"), MessageProperties.NONE),
                new Fact.Properties(Facts.ofSamples(
                        device, List.of(new Sample("k", new Value.Whole(7), Instant.ofEpochMilli(1_000_000))))));
        String octets = "0101" + "02706b" + "0164" + "000000000000002a" + "d00f02"
                + "46" + "06687561776569" + "0174" + "027b7d"
                + "02" + "03" + "00" + "01" + "016b" + "0000" + "010e" + "00" + "00";

        assertThat(HexFormat.of().formatHex(EventCodec.encode(event))).isEqualTo(octets);
        assertThat(EventCodec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(octets))))
                .isEqualTo(event);
    }

    @Example
    void events_of_a_later_version_are_refused() {
        byte[] octets = EventCodec.encode(SampleEvents.message("d", "text"));
        octets[0] = 2;

        assertThatThrownBy(() -> EventCodec.decode(ByteBuffer.wrap(octets)))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("version 2");
        assertThatThrownBy(() -> EventCodec.header(ByteBuffer.wrap(octets)))
                .isInstanceOf(UnreadableEventException.class);
    }

    @Example
    void a_small_message_costs_little_beside_its_bytes() {
        Event event = SampleEvents.message("device-0001", "x".repeat(256));

        assertThat(EventCodec.encode(event)).hasSizeLessThan(256 + 80);
    }

    private static void decodeOrRefuse(byte[] octets) {
        try {
            Event event = EventCodec.decode(ByteBuffer.wrap(octets));
            assertThat(EventCodec.header(ByteBuffer.wrap(octets)).kind()).isEqualTo(event.kind());
        } catch (UnreadableEventException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @Provide
    Arbitrary<byte[]> begins() {
        byte[] whole = EventCodec.encode(SampleEvents.message("d", ""));
        return Arbitraries.integers().between(0, whole.length).map(length -> Arrays.copyOf(whole, length));
    }

    @Provide
    Arbitrary<Event> events() {
        Arbitrary<DeviceId> device = devices().injectNull(0.1);
        return device.flatMap(id -> Combinators.combine(
                        Arbitraries.longs(), times(), origins().injectNull(0.3), facts(id == null ? other() : id))
                .as((number, time, origin, fact) ->
                        new Event(number, time, id == null ? "pk" : id.product(), id, origin, fact)));
    }

    private static DeviceId other() {
        return new DeviceId("other", "device");
    }

    private static Arbitrary<Fact> facts(DeviceId device) {
        return Arbitraries.oneOf(List.of(
                Arbitraries.just(new Fact.Message()),
                reports(device).map(Fact.Properties::new),
                reports(device).map(Fact.Happened::new),
                Combinators.combine(Arbitraries.of(true, false), texts(), times(), texts())
                        .as(Fact.Status::new),
                Combinators.combine(Arbitraries.of(Fact.Lifecycle.Change.values()), texts(), texts())
                        .as(Fact.Lifecycle::new),
                Combinators.combine(Arbitraries.of(true, false), devices()).as(Fact.Topology::new),
                devices().list().ofMaxSize(3).map(Fact.Found::new),
                Arbitraries.maps(texts(), texts()).ofMaxSize(3).map(Fact.Tagged::new),
                Combinators.combine(texts(), answers()).as(Fact.Replied::new),
                calls(),
                Combinators.combine(
                                texts(), texts(), texts(), Arbitraries.of(DeliveryState.values()), problems(), texts())
                        .as(Fact.MessageProgress::new),
                Combinators.combine(Arbitraries.of(Kind.values()), texts(), fields())
                        .as(Fact.Told::new)));
    }

    private static Arbitrary<Fact.CallProgress> calls() {
        Arbitrary<Fact.CallTimes> callTimes = Combinators.combine(
                        times(), times().injectNull(0.3), times().injectNull(0.3), times().injectNull(0.3))
                .as(Fact.CallTimes::new);
        return Combinators.combine(
                        texts(), texts(), Arbitraries.of(CallState.values()), callTimes, answers(), problems(), texts())
                .as(Fact.CallProgress::new);
    }

    private static Arbitrary<Facts> reports(DeviceId device) {
        Arbitrary<Sample> samples =
                Combinators.combine(texts(), values(), times()).as(Sample::new);
        Arbitrary<Occurrence> occurrences =
                Combinators.combine(texts(), fields(), times()).as(Occurrence::new);
        Arbitrary<Facts.Unfit> unfit = Combinators.combine(samples, Arbitraries.of(Violation.Kind.values()), texts())
                .as(Facts.Unfit::new);
        return Combinators.combine(
                        Arbitraries.of(device, other()),
                        samples.list().ofMaxSize(4),
                        occurrences.list().ofMaxSize(2),
                        Arbitraries.of(true, false),
                        texts(),
                        unfit.list().ofMaxSize(2))
                .as(Facts::new);
    }

    private static Arbitrary<Origin> origins() {
        Arbitrary<MessageProperties.Word> words =
                Combinators.combine(texts(), texts()).as(MessageProperties.Word::new);
        Arbitrary<MessageProperties> properties = Combinators.combine(
                        words.list().ofMaxSize(2),
                        texts().injectNull(0.5),
                        payloads().injectNull(0.5))
                .as(MessageProperties::new);
        return Combinators.combine(
                        texts(),
                        devices().injectNull(0.5),
                        texts().injectNull(0.3),
                        Arbitraries.of(Qos.values()),
                        payloads(),
                        properties)
                .as(Origin::new);
    }

    private static Arbitrary<Answer> answers() {
        return Combinators.combine(Arbitraries.of(true, false), texts(), texts(), fields())
                .as(Answer::new)
                .injectNull(0.3);
    }

    private static Arbitrary<Problem> problems() {
        return Arbitraries.of(Problem.values()).injectNull(0.3);
    }

    private static Arbitrary<Payload> payloads() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(Payload::of);
    }

    private static Arbitrary<DeviceId> devices() {
        return Arbitraries.of(new DeviceId("pk", "d"), new DeviceId("产品", "A-Z_0.9:@"), other());
    }

    private static Arbitrary<Instant> times() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli),
                Combinators.combine(
                                Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                                Arbitraries.integers().between(0, 999_999_999))
                        .as(Instant::ofEpochSecond));
    }

    /// UTF-8 cannot carry half of a pair.
    private static Arbitrary<String> texts() {
        return Arbitraries.strings().ofMaxLength(12).filter(EventCodecTest::isWhole);
    }

    private static Arbitrary<Value> values() {
        return ThingValues.values().filter(value -> isWhole(value.toString()));
    }

    private static Arbitrary<Value.Fields> fields() {
        return Arbitraries.maps(texts(), values()).ofMaxSize(3).map(each -> new Value.Fields(each));
    }

    private static boolean isWhole(String text) {
        return text.chars().noneMatch(each -> Character.isSurrogate((char) each));
    }
}
