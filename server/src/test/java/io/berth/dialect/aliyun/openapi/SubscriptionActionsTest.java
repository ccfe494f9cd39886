package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Completion;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink.TopologyChanged;
import io.berth.core.message.Event;
import io.berth.core.message.Fact;
import io.berth.core.product.Product.NodeType;
import io.berth.core.state.Facts;
import io.berth.core.subscription.Readers.Peer;
import io.berth.core.subscription.Selection;
import io.berth.dialect.aliyun.app.AliyunTimes;
import io.berth.stream.group.Consumer;
import io.berth.testing.ConsumerOf;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Consumer groups, and what products tell them (spec aliyun-openapi 3.2).
final class SubscriptionActionsTest extends ActionBed {
    private static final String[] RELATION = {"ProductKey", "a1pk", "Type", "AMQP"};

    private static final DeviceId DEVICE = new DeviceId("a1pk", "d1");
    private static final Fact BYTES = new Fact.Message();
    private static final Fact VALUES = new Fact.Properties(Facts.none(DEVICE));
    private static final Fact HAPPENED = new Fact.Happened(Facts.none(DEVICE));
    private static final Fact OLD_VALUES = new Fact.Properties(new Facts(DEVICE, List.of(), List.of(), false));
    private static final Fact ONCE_HAPPENED = new Fact.Happened(new Facts(DEVICE, List.of(), List.of(), false));
    private static final Fact ONLINE = new Fact.Status(true, "connected", TestClock.START, "");
    private static final Fact MADE = new Fact.Lifecycle(Fact.Lifecycle.Change.CREATED, "a1pk_d1", "d1");
    private static final Fact TAGGED = new Fact.Tagged(Map.of("room", "B2"));
    private static final Fact LINKED = new Fact.Children(TopologyChanged.Change.ADDED, List.of(DEVICE));
    private static final Fact FOUND = new Fact.Found(List.of(DEVICE));
    private static final Fact ANSWERED = new Fact.Replied("1", null);

    private String group = "";

    @BeforeEach
    void make_group() {
        group = done("CreateConsumerGroup", "GroupName", "orders_1")
                .path("GroupId")
                .asString();
    }

    private boolean hears(String product, Fact fact) {
        return heard().matches(event(product, fact));
    }

    private static Event event(String product, Fact fact) {
        return new Event(1L << 60, TestClock.START, product, new DeviceId(product, "d1"), null, fact);
    }

    private Selection heard() {
        return api.consumerGroups.get(group).selection();
    }

    @Test
    void a_group_hears_nothing_until_a_product_tells_it() {
        assertThat(hears("a1pk", ONLINE)).isFalse();
        api.makeProduct("a1two", NodeType.DIRECT);
        done("CreateSubscribeRelation", with(RELATION, "ConsumerGroupIds.1", group, "DeviceDataFlag", "true"));
        done(
                "CreateSubscribeRelation",
                "ProductKey",
                "a1two",
                "Type",
                "AMQP",
                "ConsumerGroupIds.1",
                group,
                "DeviceStatusChangeFlag",
                "true");

        assertThat(hears("a1pk", VALUES)).isTrue();
        assertThat(hears("a1pk", ONLINE)).isFalse();
        assertThat(hears("a1two", ONLINE)).isTrue();
        assertThat(hears("a1two", BYTES)).isFalse();
        assertThat(hears("a1other", ONLINE)).isFalse();

        JsonNode relation = done("QuerySubscribeRelation", RELATION);
        assertThat(relation.at("/ConsumerGroupIds/0").asString()).isEqualTo(group);
        assertThat(relation.path("DeviceDataFlag").asBoolean()).isTrue();
        assertThat(relation.path("OtaEventFlag").asBoolean()).isFalse();
        assertRefused(
                "iot.check.InvalidFormattedParameter",
                "CreateSubscribeRelation",
                with(RELATION, "ConsumerGroupIds.1", group));
    }

    /// Spec aliyun-openapi 4.3: each flag has notifications of its own.
    @Test
    void each_flag_chooses_its_own_notifications_and_no_others() {
        List<Fact> all = List.of(
                BYTES, VALUES, HAPPENED, ANSWERED, OLD_VALUES, ONCE_HAPPENED, ONLINE, MADE, TAGGED, LINKED, FOUND);
        done("CreateSubscribeRelation", with(RELATION, "ConsumerGroupIds.1", group));
        Map.of(
                        "DeviceDataFlag", List.of(BYTES, VALUES, HAPPENED, ANSWERED),
                        "ThingHistoryFlag", List.of(OLD_VALUES, ONCE_HAPPENED),
                        "DeviceStatusChangeFlag", List.of(ONLINE),
                        "DeviceLifeCycleFlag", List.of(MADE),
                        "DeviceTagFlag", List.of(TAGGED),
                        "DeviceTopoLifeCycleFlag", List.of(LINKED),
                        "FoundDeviceListFlag", List.of(FOUND))
                .forEach((flag, facts) -> {
                    done("UpdateSubscribeRelation", with(RELATION, flag, "true"));
                    assertThat(all)
                            .as(flag)
                            .filteredOn(fact -> hears("a1pk", fact))
                            .isEqualTo(facts);
                });
    }

    /// A client whose link is closed need not come back: Qpid JMS with a failover address does not.
    @Test
    void the_clients_of_a_group_stay_when_a_product_tells_it_something_else() {
        done("CreateSubscribeRelation", with(RELATION, "ConsumerGroupIds.1", group, "DeviceStatusChangeFlag", "true"));
        BlockingQueue<Consumer.Delivered> handed = new LinkedBlockingQueue<>();
        api.readers.attach(group, Duration.ZERO, new ConsumerOf(handed::add)).request(10);
        done("UpdateSubscribeRelation", with(RELATION, "DeviceLifeCycleFlag", "true"));
        api.log.append(event("a1pk", ONLINE), Completion.IGNORED);
        api.log.append(event("a1pk", MADE), Completion.IGNORED);

        Consumer.Delivered first = await().until(handed::poll, Objects::nonNull);
        assertThat(first.event().fact()).isEqualTo(MADE);
    }

    @Test
    void a_relation_is_changed_and_deleted() {
        assertRefused(
                "iot.check.InvalidFormattedParameter",
                "CreateSubscribeRelation",
                with(RELATION, "ConsumerGroupIds.1", "none"));
        assertRefused(
                "iot.common.APINotSupportedInInstance", "CreateSubscribeRelation", "ProductKey", "a1pk", "Type", "MNS");
        done("CreateSubscribeRelation", with(RELATION, "ConsumerGroupIds.1", group, "DeviceDataFlag", "true"));
        done("UpdateSubscribeRelation", with(RELATION, "ConsumerGroupIds.1", group, "DeviceLifeCycleFlag", "true"));
        assertThat(hears("a1pk", MADE)).isTrue();
        assertThat(hears("a1pk", VALUES)).isFalse();
        assertRefused(
                "iot.common.APINotSupportedInInstance", "CreateSubscribeRelation", "ProductKey", "a1pk", "Type", "MNS");
        done("DeleteSubscribeRelation", RELATION);
        assertThat(heard()).isEqualTo(Selection.NOTHING);
        assertRefused("iot.check.InvalidFormattedParameter", "QuerySubscribeRelation", RELATION);
    }

    @Test
    void groups_join_a_relation_and_the_last_one_stays() {
        done(
                "CreateSubscribeRelation",
                with(RELATION, "ConsumerGroupIds.1", "DEFAULT_GROUP", "DeviceDataFlag", "true"));
        String[] one = {"ProductKey", "a1pk", "ConsumerGroupId", group};
        done("CreateConsumerGroupSubscribeRelation", one);
        assertThat(hears("a1pk", HAPPENED)).isTrue();
        assertThat(done("QuerySubscribeRelation", RELATION)
                        .path("ConsumerGroupIds")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactlyInAnyOrder("DEFAULT_GROUP", group);
        assertRefused("iot.check.InvalidFormattedParameter", "DeleteConsumerGroup", "GroupId", group);

        done("DeleteConsumerGroupSubscribeRelation", one);
        assertThat(hears("a1pk", HAPPENED)).isFalse();
        one[3] = "DEFAULT_GROUP";
        assertRefused("iot.check.InvalidFormattedParameter", "DeleteConsumerGroupSubscribeRelation", one);
        done("DeleteConsumerGroup", "GroupId", group);
        assertRefused("iot.check.InvalidFormattedParameter", "DeleteConsumerGroup", "GroupId", "DEFAULT_GROUP");
    }

    @Test
    void groups_are_listed_renamed_and_watched() {
        done("UpdateConsumerGroup", "GroupId", group, "NewGroupName", "订单处理组");
        assertThat(done("QueryConsumerGroupByGroupId", "GroupId", group)
                        .at("/Data/GroupName")
                        .asString())
                .isEqualTo("订单处理组");
        JsonNode list = done(
                "QueryConsumerGroupList", "CurrentPage", "1", "PageSize", "1000", "Fuzzy", "true", "GroupName", "订单");
        assertThat(list.at("/Data/ConsumerGroupDTO/0/GroupId").asString()).isEqualTo(group);
        assertThat(list.path("Total").asInt()).isEqualTo(1);
        assertRefused("iot.common.InvalidPageParams", "QueryConsumerGroupList", "CurrentPage", "1", "PageSize", "1001");
        JsonNode status = done("QueryConsumerGroupStatus", "GroupId", group);
        assertThat(status.path("AccumulationCount").asInt()).isZero();
        assertThat(status.at("/ClientConnectionStatusList/ConsumerGroupClientConnectionInfo")
                        .isArray())
                .isTrue();
        done("ResetConsumerGroupPosition", "GroupId", group);
        for (String name : new String[] {"abc", "a".repeat(31), "a-bc"}) {
            assertRefused("iot.check.InvalidFormattedParameter", "CreateConsumerGroup", "GroupName", name);
        }
        done("CreateConsumerGroup", "GroupName", "a".repeat(30));
        assertRefused("iot.check.InvalidFormattedParameter", "CreateConsumerGroup", "GroupName", "a".repeat(30));
    }

    @Test
    void the_status_of_a_group_names_its_clients_and_how_fast_they_are() {
        done("CreateSubscribeRelation", with(RELATION, "ConsumerGroupIds.1", group, "DeviceStatusChangeFlag", "true"));
        Peer peer = new Peer("client-1", "10.0.0.9:40000");
        BlockingQueue<Consumer.Delivered> handed = new LinkedBlockingQueue<>();
        Consumer consumer = api.readers.attach(group, Duration.ZERO, new ConsumerOf(peer, handed::add));
        consumer.request(10);
        api.log.append(event("a1pk", ONLINE), Completion.IGNORED);
        consumer.settle(await().until(handed::poll, Objects::nonNull).tag(), Consumer.Settlement.ACCEPTED);

        JsonNode status = done("QueryConsumerGroupStatus", "GroupId", group);
        JsonNode client = status.at("/ClientConnectionStatusList/ConsumerGroupClientConnectionInfo/0");
        assertThat(client.path("ClientId").asString()).isEqualTo("client-1");
        assertThat(client.path("ClientIpPort").asString()).isEqualTo("10.0.0.9:40000");
        assertThat(client.path("OnlineTime").asLong()).isEqualTo(api.clock.millis());
        assertThat(client.path("RealTimeConsumeCountPerMinute").asInt()).isEqualTo(1);
        assertThat(client.path("AccumulatedConsumeCountPerMinute").asInt()).isZero();
        assertThat(status.path("AccumulationCount").asInt()).isZero();
        assertThat(status.path("RealTimeConsumeCountPerMinute").asInt()).isEqualTo(1);
        assertThat(status.path("AccumulatedConsumeCountPerMinute").isInt()).isTrue();
        assertThat(status.path("ConsumerSpeed").asInt()).isEqualTo(1);
        assertThat(status.path("LastConsumerTime").asString()).isEqualTo(AliyunTimes.utc(api.clock.instant()));
    }

    /// Spec aliyun-openapi 3.2: it is built in.
    @Test
    void the_default_group_is_there_before_anybody_made_it() {
        JsonNode list = done("QueryConsumerGroupList", "CurrentPage", "1", "PageSize", "10");

        assertThat(list.at("/Data/ConsumerGroupDTO")
                        .valueStream()
                        .map(each -> each.path("GroupId").asString()))
                .containsExactlyInAnyOrder("DEFAULT_GROUP", group);
        assertThat(api.consumerGroups.find("DEFAULT_GROUP")).isPresent();
    }

    @Test
    void the_service_is_open() {
        done("OpenIotService");
    }
}
