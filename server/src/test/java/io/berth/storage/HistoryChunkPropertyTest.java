package io.berth.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.state.HistoryQuery.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class HistoryChunkPropertyTest {
    private static final List<Series> SERIES =
            List.of(new Series(Kind.PROPERTY, "t"), new Series(Kind.EVENT, "t"), new Series(Kind.PROPERTY, "lamp:温"));

    /// A point of one of the series above.
    record Placed(int series, Timed point) {}

    @Property(tries = 500)
    void every_point_comes_back_by_time_and_equal_times_as_they_came(
            @ForAll("hours") long hour, @ForAll("points") List<Placed> points) {
        HistoryChunk written = new HistoryChunk(hour);
        points.forEach(placed -> written.add(SERIES.get(placed.series), at(hour, placed.point)));

        HistoryChunk read = new HistoryChunk(hour);
        read.addAll(written.encode());

        for (int i = 0; i < SERIES.size(); i++) {
            assertThat(read.points(SERIES.get(i))).isEqualTo(sorted(hour, points, i));
        }
    }

    @Property(tries = 200)
    void one_series_is_read_past_the_others(@ForAll("points") List<Placed> points) {
        HistoryChunk written = new HistoryChunk(7);
        points.forEach(placed -> written.add(SERIES.get(placed.series), at(7, placed.point)));
        Payload encoded = written.encode();

        for (int i = 0; i < SERIES.size(); i++) {
            HistoryChunk read = new HistoryChunk(7);
            read.addAll(encoded, SERIES.get(i));
            assertThat(read.points(SERIES.get(i))).isEqualTo(sorted(7, points, i));
            assertThat(read.points(SERIES.get((i + 1) % SERIES.size()))).isEmpty();
        }
    }

    @Property(tries = 200)
    void chunks_join_in_the_order_they_were_written(
            @ForAll("points") List<Placed> first, @ForAll("points") List<Placed> second) {
        HistoryChunk one = new HistoryChunk(7);
        first.forEach(placed -> one.add(SERIES.get(placed.series), at(7, placed.point)));
        HistoryChunk both = new HistoryChunk(7);
        both.addAll(one.encode());
        second.forEach(placed -> both.add(SERIES.get(placed.series), at(7, placed.point)));

        HistoryChunk read = new HistoryChunk(7);
        read.addAll(both.encode());

        List<Placed> all = new ArrayList<>(first);
        all.addAll(second);
        for (int i = 0; i < SERIES.size(); i++) {
            assertThat(read.points(SERIES.get(i))).isEqualTo(sorted(7, all, i));
        }
    }

    @Property(tries = 300)
    void decimals_come_back_to_the_bit(@ForAll List<Double> numbers) {
        HistoryChunk written = new HistoryChunk(0);
        numbers.forEach(number -> written.add(SERIES.getFirst(), new Timed(5, new Value.Decimal(number))));

        HistoryChunk read = new HistoryChunk(0);
        read.addAll(written.encode());

        assertThat(read.points(SERIES.getFirst()))
                .extracting(point -> ((Value.Decimal) point.value()).number())
                .isEqualTo(numbers);
    }

    @Provide
    Arbitrary<Long> hours() {
        return Arbitraries.longs().between(-1_000_000, 1_000_000);
    }

    @Provide
    Arbitrary<List<Placed>> points() {
        Arbitrary<Long> times = Arbitraries.oneOf(
                Arbitraries.longs().between(0, HistoryChunk.HOUR - 1),
                Arbitraries.longs().between(0, 3),
                Arbitraries.longs().between(0, 50).map(step -> step * 30_000));
        return Combinators.combine(Arbitraries.integers().between(0, SERIES.size() - 1), times, values())
                .as((series, time, value) -> new Placed(series, new Timed(time, value)))
                .list()
                .ofMaxSize(60);
    }

    private static Arbitrary<Value> values() {
        return Arbitraries.oneOf(
                Arbitraries.longs().map(Value.Whole::new),
                Arbitraries.integers().between(0, 400).map(tenths -> new Value.Decimal(tenths / 10.0)),
                Arbitraries.doubles().map(Value.Decimal::new),
                Arbitraries.of(true, false).map(Value.Flag::new),
                Arbitraries.of("on", "off").map(Value.Text::new),
                Arbitraries.longs().between(0, 9).map(millis -> new Value.Moment(Instant.ofEpochMilli(millis))),
                Arbitraries.strings()
                        .ofMaxLength(5)
                        .filter(text -> text.chars().noneMatch(each -> Character.isSurrogate((char) each)))
                        .map(text -> new Value.Fields(Map.of("a", new Value.Text(text)))),
                Arbitraries.just(Value.Nothing.NOTHING));
    }

    private static Timed at(long hour, Timed point) {
        return new Timed(hour * HistoryChunk.HOUR + point.time(), point.value());
    }

    private static List<Timed> sorted(long hour, List<Placed> points, int series) {
        return points.stream()
                .filter(placed -> placed.series == series)
                .map(placed -> at(hour, placed.point))
                .sorted(Timed.BY_TIME)
                .toList();
    }
}
