package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.route.DeviceTopic;
import io.berth.core.route.TopicRoute;
import io.berth.core.route.TopicRoutes;
import io.berth.json.Members;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Routes from a topic of a device to topics of others (spec aliyun-openapi 3.2).
final class TopicRouteActions implements Action.Group {
    private static final int MAX_DESTINATIONS = 100;

    /// What fails one route of a call and leaves the others alone.
    private static final Set<Problem> OF_ONE = EnumSet.of(
            Problem.TOPIC_FORBIDDEN,
            Problem.PRODUCT_NOT_FOUND,
            Problem.DEVICE_NOT_FOUND,
            Problem.NOT_FOUND,
            Problem.LIMIT_REACHED);

    private final TopicRoutes routes;

    TopicRouteActions(TopicRoutes routes) {
        this.routes = routes;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.MESSAGES, Family.TOPICS);
        return List.of(
                about.changes("CreateTopicRouteTable", Table.class, this::create),
                about.changes("DeleteTopicRouteTable", Table.class, this::delete),
                about.reads(
                        "QueryTopicRouteTable",
                        OneTopic.class,
                        call -> topics(call, "DstTopics", routes.destinations(place(call)))),
                about.reads(
                        "QueryTopicReverseRouteTable",
                        OneTopic.class,
                        call -> topics(call, "SrcTopics", routes.sources(place(call)))));
    }

    record Table(String srcTopic, List<String> dstTopic) {}

    record OneTopic(String topic) {}

    private Value.Fields create(Call<Table> call) {
        DeviceTopic source = source(call).spoken().place();
        return each(call, topic -> {
            DeviceTopic destination =
                    CustomTopic.read(call.reach(), topic).heard().place();
            routes.add(new TopicRoute(source, destination));
        });
    }

    private Value.Fields delete(Call<Table> call) {
        DeviceTopic source = source(call).place();
        return each(
                call,
                topic -> routes.remove(new TopicRoute(
                        source, CustomTopic.read(call.reach(), topic).place())));
    }

    private static CustomTopic source(Call<Table> call) {
        Refusal.require(
                call.input().dstTopic().size() <= MAX_DESTINATIONS,
                "messagebroker.DestTopicNameArraySizeIsLarge",
                "one call names at most " + MAX_DESTINATIONS + " topics");
        return CustomTopic.read(call.reach(), call.input().srcTopic());
    }

    private static Value.Fields each(Call<Table> call, Consumer<String> change) {
        List<Value> failed = new ArrayList<>();
        for (String topic : call.input().dstTopic()) {
            try {
                change.accept(topic);
            } catch (ProblemException e) {
                if (!OF_ONE.contains(e.problem())) {
                    throw e;
                }
                failed.add(new Value.Text(topic));
            }
        }
        return new Members()
                .with("FailureTopics", Value.Fields.of("Topic", new Value.Items(failed)))
                .with("IsAllSucceed", failed.isEmpty())
                .end();
    }

    private static DeviceTopic place(Call<OneTopic> call) {
        return CustomTopic.read(call.reach(), call.input().topic()).place();
    }

    /// Those of devices that exist for the caller.
    private static Value.Fields topics(Call<OneTopic> call, String name, List<DeviceTopic> places) {
        List<Value> topics = places.stream()
                .filter(place -> call.find(place.device()).isPresent())
                .<Value>map(place -> new Value.Text(place.topic()))
                .toList();
        return Value.Fields.of(name, Value.Fields.of("Topic", new Value.Items(topics)));
    }
}
