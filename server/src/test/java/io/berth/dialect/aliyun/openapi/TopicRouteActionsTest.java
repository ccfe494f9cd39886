package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.caller.Area;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Link;
import io.berth.core.session.Session;
import io.berth.core.topic.TopicFilter;
import io.berth.testing.HeldDevice;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Routes from topic to topic, and what devices hear (spec aliyun-openapi 3.2).
final class TopicRouteActionsTest extends ActionBed {
    private static final String SOURCE = "/a1pk/switch/user/update";
    private static final String LAMP = "/a1pk/lamp/user/get";
    private static final String BELL = "/a1pk/bell/user/get";

    @BeforeEach
    void make_devices() {
        List.of("switch", "lamp", "bell").forEach(name -> api.makeDevice("a1pk", name));
    }

    private static String[] table(String source, String... destinations) {
        String[] parameters = {"SrcTopic", source};
        for (int i = 0; i < destinations.length; i++) {
            parameters = with(parameters, "DstTopic." + (i + 1), destinations[i]);
        }
        return parameters;
    }

    private static List<String> topics(JsonNode answer, String member) {
        return answer.path(member)
                .path("Topic")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private List<String> destinations(String topic) {
        return topics(done("QueryTopicRouteTable", "Topic", topic), "DstTopics");
    }

    @Test
    void what_a_device_publishes_reaches_the_devices_its_topic_leads_to() throws InterruptedException {
        JsonNode made = done("CreateTopicRouteTable", table(SOURCE, LAMP, BELL));
        assertThat(made.path("IsAllSucceed").asBoolean()).isTrue();
        assertThat(made.at("/FailureTopics/Topic")).isEmpty();
        assertThat(destinations(SOURCE)).containsExactly(LAMP, BELL);
        assertThat(topics(done("QueryTopicReverseRouteTable", "Topic", BELL), "SrcTopics"))
                .containsExactly(SOURCE);
        assertThat(api.audit)
                .singleElement()
                .satisfies(record -> assertThat(record.target()).isEqualTo(SOURCE));

        HeldDevice lamp = api.attach("a1pk", "lamp");
        api.attach("a1pk", "switch");
        Session from = Objects.requireNonNull(api.sessions.find(new DeviceId("a1pk", "switch")));
        Uplink.Message message = new Uplink.Message(SOURCE, Qos.AT_LEAST_ONCE, Payload.of("开"));
        api.uplinks.accept(from, message, _ -> {});
        assertThat(lamp.next()).isEqualTo(new Downlink.Message(LAMP, Qos.AT_LEAST_ONCE, Payload.of("开")));
    }

    @Test
    void a_route_that_cannot_be_made_or_is_not_there_is_named_and_the_others_are_done() {
        String[] wrong = {
            "/a1pk/none/user/get",
            "/none/lamp/user/get",
            "/sys/a1pk/lamp/thing/x",
            "/a1pk/lamp/user/update",
            "lamp",
            "/a1pk/lamp/user/+"
        };
        for (String topic : wrong) {
            JsonNode made = done("CreateTopicRouteTable", table(SOURCE, topic, LAMP));
            assertThat(made.path("IsAllSucceed").asBoolean()).as(topic).isFalse();
            assertThat(topics(made, "FailureTopics")).containsExactly(topic);
        }
        assertThat(destinations(SOURCE)).containsExactly(LAMP);

        JsonNode gone = done("DeleteTopicRouteTable", table(SOURCE, BELL, LAMP));
        assertThat(topics(gone, "FailureTopics")).containsExactly(BELL);
        assertThat(gone.path("IsAllSucceed").asBoolean()).isFalse();
        assertThat(destinations(SOURCE)).isEmpty();
    }

    @Test
    void a_source_must_be_a_topic_its_device_may_publish_on() {
        String invalid = "iot.messagebroker.InvalidFormattedTopicName";
        for (String source : List.of(LAMP, "/sys/a1pk/lamp/x", "update", "/a1pk/switch/user/#")) {
            assertRefused(invalid, "CreateTopicRouteTable", table(source, BELL));
        }
        assertRefused("iot.device.NotExistedDevice", "CreateTopicRouteTable", table("/a1pk/none/user/update", BELL));
        assertRefused("iot.prod.NotExistedProduct", "CreateTopicRouteTable", table("/none/switch/user/update", BELL));
        assertRefused("iot.device.NotExistedDevice", "QueryTopicRouteTable", "Topic", "/a1pk/none/user/update");
        assertRefused(invalid, "QueryTopicReverseRouteTable", "Topic", "x");
        assertThat(api.call("CreateTopicRouteTable", "SrcTopic", SOURCE)
                        .path("Code")
                        .asString())
                .isEqualTo("MissingDstTopic");
    }

    @Test
    void one_call_names_a_hundred_topics_and_one_topic_leads_to_as_many_as_are_allowed() {
        String[] hundred = new String[100];
        for (int i = 0; i < hundred.length; i++) {
            hundred[i] = "/a1pk/lamp/user/get" + i;
        }
        for (int i = 0; i < 5; i++) {
            done("CreateProductTopic", "ProductKey", "a1pk", "TopicShortName", "get" + i, "Operation", "SUB");
        }
        JsonNode made = done("CreateTopicRouteTable", table(SOURCE, hundred));
        assertThat(topics(made, "FailureTopics")).hasSize(97).startsWith("/a1pk/lamp/user/get3"); // the bed allows 3
        assertRefused(
                "iot.messagebroker.DestTopicNameArraySizeIsLarge",
                "CreateTopicRouteTable",
                with(table(SOURCE, hundred), "DstTopic.101", LAMP));
    }

    @Test
    void a_caller_of_another_resource_space_neither_routes_nor_sees_routes() {
        done("CreateTopicRouteTable", table(SOURCE, LAMP));
        api.makeKey("other", "another", new Rights(Role.OPERATOR, Set.of("elsewhere"), Set.of(Area.MESSAGES)));

        assertRefused(
                "iot.prod.NotExistedProduct",
                "CreateTopicRouteTable",
                with(table(SOURCE, BELL), "AccessKeyId", "other"));
        assertRefused("iot.prod.NotExistedProduct", "QueryTopicRouteTable", "Topic", SOURCE, "AccessKeyId", "other");
    }

    @Test
    void the_topics_a_device_hears_are_listed() {
        String[] lamp = {"ProductKey", "a1pk", "DeviceName", "lamp"};
        assertThat(done("QueryDeviceSubTopic", lamp).path("TopicList").isArray())
                .isTrue();
        assertThat(done("QueryDeviceSubTopic", lamp).path("TopicList")).isEmpty();

        api.sessions.attach(new Session(
                new DeviceId("a1pk", "lamp"), "aliyun", "192.0.2.7:1", api.clock.instant(), new Listener()));
        JsonNode heard = done("QueryDeviceSubTopic", lamp).path("TopicList");
        assertThat(heard.at("/0/TopicName").asString()).isEqualTo("/a1pk/lamp/user/#");
        assertThat(heard.at("/0/Timestamp").asLong())
                .isEqualTo(api.clock.instant().toEpochMilli());
        assertRefused("iot.device.NotExistedDevice", "QueryDeviceSubTopic", "ProductKey", "a1pk", "DeviceName", "none");
    }

    private static final class Listener implements Link {
        @Override
        public void send(Downlink downlink, Delivery delivery) {}

        @Override
        public void close(CloseCause cause) {}

        @Override
        public CompletionStage<List<TopicFilter>> filters() {
            return CompletableFuture.completedFuture(List.of(new TopicFilter("/a1pk/lamp/user/#")));
        }
    }
}
