package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.route.DeviceTopic;
import io.berth.core.route.TopicRoute;
import io.berth.core.route.TopicRouteStore;
import java.sql.SQLException;
import java.util.List;

/// Routes from topic to topic, a row each.
final class SqlTopicRouteStore implements TopicRouteStore {
    private final Database database;

    SqlTopicRouteStore(Database database) {
        this.database = database;
    }

    @Override
    public List<TopicRoute> list() {
        return database.read(sql -> sql.list("""
                SELECT source_product, source_device, source_topic, product, device, topic FROM topic_route
                ORDER BY number""", row -> new TopicRoute(end(row), end(row))));
    }

    /// One lane for all: their order is that in which they were made.
    @Override
    public void put(TopicRoute route) {
        DeviceTopic from = route.source();
        DeviceTopic to = route.destination();
        database.write(
                SqlTopicRouteStore.class,
                Database.referring(
                        () -> new ProblemException(
                                Problem.DEVICE_NOT_FOUND,
                                "one of " + from.device() + " and " + to.device() + " is gone"),
                        sql -> sql.update(
                                """
                INSERT INTO topic_route
                    (source_product, source_device, source_topic, product, device, topic, number)
                VALUES (?, ?, ?, ?, ?, ?, (SELECT COALESCE(MAX(number), 0) + 1 FROM topic_route))
                ON CONFLICT DO NOTHING""",
                                from.device().product(),
                                from.device().name(),
                                from.topic(),
                                to.device().product(),
                                to.device().name(),
                                to.topic())));
    }

    @Override
    public void delete(TopicRoute route) {
        database.write(
                SqlTopicRouteStore.class,
                sql -> sql.update(
                        "DELETE FROM topic_route WHERE source_topic = ? AND topic = ? AND source_product = ? AND"
                                + " source_device = ? AND product = ? AND device = ?",
                        route.source().topic(),
                        route.destination().topic(),
                        route.source().device().product(),
                        route.source().device().name(),
                        route.destination().device().product(),
                        route.destination().device().name()));
    }

    private static DeviceTopic end(Row row) throws SQLException {
        return new DeviceTopic(new DeviceId(row.text(), row.text()), row.text());
    }
}
