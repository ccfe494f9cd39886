package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.message.Event;
import io.berth.core.subscription.ConsumerGroup;
import io.berth.core.subscription.ConsumerGroup.Bounds;
import io.berth.core.subscription.ConsumerGroupStore;
import io.berth.core.subscription.Selection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Consumer groups. Where they stand is in the tables of [SqlCursorStore].
final class SqlConsumerGroupStore implements ConsumerGroupStore {
    private final Database database;

    SqlConsumerGroupStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(ConsumerGroup group) {
        int inserted = database.write(
                SqlCursorStore.LANE,
                sql -> sql.update(
                        """
                INSERT INTO consumer_group
                    (id, name, format, products, kinds, max_age, max_events, max_attempts, created)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                        group.id(),
                        group.name(),
                        group.format(),
                        joined(group.selection().products(), "\n"),
                        joined(names(group.selection().kinds()), ","),
                        group.bounds().maxAge().toMillis(),
                        group.bounds().maxEvents(),
                        group.bounds().maxAttempts(),
                        group.created()));
        if (inserted == 0) {
            throw taken(group.name());
        }
    }

    @Override
    public List<ConsumerGroup> list() {
        return database.read(sql -> sql.list("""
                SELECT id, name, format, products, kinds, max_age, max_events, max_attempts, created
                FROM consumer_group ORDER BY name""", SqlConsumerGroupStore::group));
    }

    @Override
    public void rename(String id, String name) {
        database.change(SqlCursorStore.LANE, sql -> {
            if (sql.one("SELECT id FROM consumer_group WHERE name = ? AND id <> ?", Row::text, name, id)
                    .isPresent()) {
                throw taken(name);
            }
            if (sql.update("UPDATE consumer_group SET name = ? WHERE id = ?", name, id) == 0) {
                throw new ProblemException(Problem.NOT_FOUND, "there is no consumer group \"" + id + "\"");
            }
        });
    }

    private static ProblemException taken(String name) {
        return new ProblemException(Problem.GROUP_EXISTS, "a consumer group is called \"" + name + "\" already");
    }

    @Override
    public void delete(String id) {
        database.change(SqlCursorStore.LANE, sql -> {
            if (sql.update("DELETE FROM consumer_group WHERE id = ?", id) == 0) {
                throw new ProblemException(Problem.NOT_FOUND, "there is no consumer group \"" + id + "\"");
            }
            SqlCursorStore.forget(sql, id);
        });
    }

    private static ConsumerGroup group(Row row) throws SQLException {
        String id = row.text();
        String name = row.text();
        String format = row.text();
        Set<String> products = split(row.text(), "\n").collect(Collectors.toSet());
        Set<Event.Kind> kinds = split(row.text(), ",").map(Event.Kind::valueOf).collect(Collectors.toSet());
        Bounds bounds = new Bounds(Duration.ofMillis(row.number()), row.number(), (int) row.number());
        return new ConsumerGroup(id, name, format, new Selection(products, kinds), bounds, row.instant());
    }

    private static Set<String> names(Set<Event.Kind> kinds) {
        return kinds.stream().map(Enum::name).collect(Collectors.toSet());
    }

    private static String joined(Set<String> words, String separator) {
        return words.stream().sorted().collect(Collectors.joining(separator));
    }

    private static Stream<String> split(String words, String separator) {
        return words.isEmpty() ? Stream.empty() : Stream.of(words.split(separator));
    }
}
