package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.message.Event;
import io.berth.core.subscription.ConsumerGroup;
import io.berth.core.subscription.ConsumerGroup.Bounds;
import io.berth.core.subscription.ConsumerGroupStore;
import io.berth.core.subscription.CursorStore;
import io.berth.core.subscription.CursorStore.Cursor;
import io.berth.core.subscription.CursorStore.DeadLetter;
import io.berth.core.subscription.CursorStore.Place;
import io.berth.core.subscription.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Consumer groups, and where readers of the log stand.
@ParameterizedClass
@EnumSource
final class ConsumerGroupStoreTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private ConsumerGroupStore groups;
    private CursorStore cursors;

    ConsumerGroupStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        groups = storage.consumerGroups();
        cursors = storage.cursors();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void groups_come_back_as_they_went_in_by_name() {
        ConsumerGroup all = group("2", "温度 b", Selection.ALL);
        ConsumerGroup some =
                group("1", "B_a", new Selection(Set.of("p,1", "p 2"), Set.of(Event.Kind.STATUS, Event.Kind.MESSAGE)));
        groups.insert(all);
        groups.insert(some);

        assertThat(groups.list()).containsExactly(some, all);
    }

    @Test
    void a_name_is_given_once() {
        groups.insert(group("1", "a", Selection.ALL));

        assertRefused(Problem.GROUP_EXISTS, () -> groups.insert(group("2", "a", Selection.ALL)));
        groups.insert(group("3", "A", Selection.ALL));
    }

    @Test
    void a_group_is_renamed_and_keeps_everything_else() {
        groups.insert(group("1", "a", Selection.ALL));
        groups.insert(group("2", "b", Selection.NOTHING));

        groups.rename("1", "订单 A");

        assertThat(groups.list())
                .containsExactly(group("2", "b", Selection.NOTHING), group("1", "订单 A", Selection.ALL));
        groups.rename("1", "订单 A");
        assertRefused(Problem.GROUP_EXISTS, () -> groups.rename("2", "订单 A"));
        assertRefused(Problem.NOT_FOUND, () -> groups.rename("3", "c"));
        groups.rename("2", "a");
    }

    @Test
    void a_group_goes_with_where_it_stood_and_its_dead_letters() {
        groups.insert(group("1", "a", Selection.ALL));
        Cursor cursor = new Cursor(1, Payload.EMPTY);
        cursors.save(Map.of(new Place("1", 0), cursor, new Place("2", 0), cursor));
        cursors.bury(List.of(letter("1", 1), letter("2", 1)));

        groups.delete("1");

        assertThat(groups.list()).isEmpty();
        assertThat(cursors.load()).containsOnlyKeys(new Place("2", 0));
        assertThat(cursors.deadLetters("1", 10)).isEmpty();
        assertThat(cursors.deadLetters("2", 10)).hasSize(1);
        assertRefused(Problem.NOT_FOUND, () -> groups.delete("1"));
    }

    @Test
    void the_newest_cursor_of_a_place_is_kept() {
        Place here = new Place("r", 0);
        Place there = new Place("r", 7);
        cursors.save(Map.of(here, new Cursor(1, Payload.EMPTY), there, new Cursor(5, Payload.EMPTY)));
        cursors.save(Map.of(here, new Cursor(Long.MAX_VALUE, Payload.of(new byte[] {0, -1}))));

        assertThat(cursors.load())
                .isEqualTo(Map.of(
                        here, new Cursor(Long.MAX_VALUE, Payload.of(new byte[] {0, -1})),
                        there, new Cursor(5, Payload.EMPTY)));
        cursors.forget("r");
        assertThat(cursors.load()).isEmpty();
    }

    @Test
    void the_newest_dead_letters_are_kept_and_one_is_buried_once() {
        int kept = Samples.config("").deadLettersKept();
        List<DeadLetter> letters =
                IntStream.range(0, kept + 5).mapToObj(i -> letter("r", i)).toList();
        cursors.bury(letters.subList(0, 3));
        cursors.bury(letters.subList(2, kept + 5));
        cursors.bury(List.of(letter("other", 1)));

        assertThat(cursors.deadLetters("r", 2)).containsExactly(letters.getLast(), letters.get(kept + 3));
        assertThat(cursors.deadLetters("r", 1_000))
                .extracting(DeadLetter::offset)
                .containsExactlyElementsOf(LongStream.iterate(kept + 4, i -> i - 1)
                        .limit(kept)
                        .boxed()
                        .toList());
    }

    private static DeadLetter letter(String reader, long offset) {
        return new DeadLetter(new Place(reader, 0), offset, Payload.of("event " + offset), 3, "it failed: 失败");
    }

    private static ConsumerGroup group(String id, String name, Selection selection) {
        return new ConsumerGroup(id, name, "aliyun", selection, new Bounds(Duration.ofHours(3), 1L << 40, 7), NOW);
    }
}
