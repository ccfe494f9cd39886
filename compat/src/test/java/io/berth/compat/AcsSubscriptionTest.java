package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.iot.model.v20180120.CreateConsumerGroupRequest;
import com.aliyuncs.iot.model.v20180120.CreateConsumerGroupSubscribeRelationRequest;
import com.aliyuncs.iot.model.v20180120.CreateSubscribeRelationRequest;
import com.aliyuncs.iot.model.v20180120.DeleteConsumerGroupRequest;
import com.aliyuncs.iot.model.v20180120.DeleteConsumerGroupSubscribeRelationRequest;
import com.aliyuncs.iot.model.v20180120.DeleteSubscribeRelationRequest;
import com.aliyuncs.iot.model.v20180120.OpenIotServiceRequest;
import com.aliyuncs.iot.model.v20180120.QueryConsumerGroupByGroupIdRequest;
import com.aliyuncs.iot.model.v20180120.QueryConsumerGroupListRequest;
import com.aliyuncs.iot.model.v20180120.QueryConsumerGroupStatusRequest;
import com.aliyuncs.iot.model.v20180120.QuerySubscribeRelationRequest;
import com.aliyuncs.iot.model.v20180120.ResetConsumerGroupPositionRequest;
import com.aliyuncs.iot.model.v20180120.UpdateConsumerGroupRequest;
import com.aliyuncs.iot.model.v20180120.UpdateSubscribeRelationRequest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Consumer groups and what products tell them, over aliyun-java-sdk-iot.
@ExtendWith(SharedServer.class)
@SuppressWarnings("NullAway.Init") // made before each test
final class AcsSubscriptionTest {
    private final BerthServer berth;
    private AcsLamp lamp;

    AcsSubscriptionTest(BerthServer berth) {
        this.berth = berth;
    }

    @BeforeAll
    static void install() throws IOException {
        NodeSdkDevice.install(); // brings rhea too
    }

    @BeforeEach
    void make_lamp() throws ClientException {
        lamp = AcsLamp.make(berth);
    }

    @Test
    void an_application_subscribes_and_is_told_what_a_device_reports() throws ClientException, IOException {
        var create = new CreateConsumerGroupRequest();
        create.setGroupName("acs_things");
        String group = lamp.done(create).getGroupId();
        var relate = new CreateSubscribeRelationRequest();
        relate.setProductKey(lamp.product());
        relate.setType("AMQP");
        relate.setConsumerGroupIdss(List.of(group));
        relate.setDeviceDataFlag(true);
        lamp.done(relate);
        SubscriberLogin login = SubscriberLogin.aliyun(lamp.key(), OpenApi.SECRET, group);
        try (RheaSubscriber application = RheaSubscriber.connect(berth, login, "default");
                StockDevice device = lamp.connect()) {
            application.take("attached");
            lamp.report(device, "{\"Level\":6}");
            JsonNode told = application.take("message");
            assertThat(told.at("/properties/topic").asString())
                    .isEqualTo("/" + lamp.product() + "/lamp/thing/event/property/post");
            assertThat(JsonMapper.shared()
                            .readTree(told.path("body").asString())
                            .at("/items/Level/value")
                            .asInt())
                    .isEqualTo(6);
            application.settle("accept");
            var status = new QueryConsumerGroupStatusRequest();
            status.setGroupId(group);
            assertThat(lamp.done(status).getClientConnectionStatusList()).hasSize(1);
        }
    }

    @Test
    void groups_and_relations_are_looked_after() throws ClientException {
        var create = new CreateConsumerGroupRequest();
        create.setGroupName("acs_care");
        String group = lamp.done(create).getGroupId();
        var rename = new UpdateConsumerGroupRequest();
        rename.setGroupId(group);
        rename.setNewGroupName("acs_care_2");
        lamp.done(rename);
        var one = new QueryConsumerGroupByGroupIdRequest();
        one.setGroupId(group);
        assertThat(lamp.done(one).getData().getGroupName()).isEqualTo("acs_care_2");
        var list = new QueryConsumerGroupListRequest();
        list.setCurrentPage(1);
        list.setPageSize(10);
        list.setGroupName("acs_care_2");
        assertThat(lamp.done(list).getData()).hasSize(1);

        var relate = new CreateSubscribeRelationRequest();
        relate.setProductKey(lamp.product());
        relate.setType("AMQP");
        relate.setConsumerGroupIdss(List.of("DEFAULT_GROUP"));
        lamp.done(relate);
        var add = new CreateConsumerGroupSubscribeRelationRequest();
        add.setProductKey(lamp.product());
        add.setConsumerGroupId(group);
        lamp.done(add);
        var update = new UpdateSubscribeRelationRequest();
        update.setProductKey(lamp.product());
        update.setType("AMQP");
        update.setConsumerGroupIdss(List.of("DEFAULT_GROUP", group));
        update.setDeviceStatusChangeFlag(true);
        lamp.done(update);
        var show = new QuerySubscribeRelationRequest();
        show.setProductKey(lamp.product());
        show.setType("AMQP");
        var shown = lamp.done(show);
        assertThat(shown.getConsumerGroupIds()).containsExactlyInAnyOrder("DEFAULT_GROUP", group);
        assertThat(shown.getDeviceStatusChangeFlag()).isTrue();
        assertThat(shown.getDeviceDataFlag()).isFalse();
        var remove = new DeleteConsumerGroupSubscribeRelationRequest();
        remove.setProductKey(lamp.product());
        remove.setConsumerGroupId(group);
        lamp.done(remove);
        var reset = new ResetConsumerGroupPositionRequest();
        reset.setGroupId(group);
        lamp.done(reset);
        var delete = new DeleteConsumerGroupRequest();
        delete.setGroupId(group);
        lamp.done(delete);
        var end = new DeleteSubscribeRelationRequest();
        end.setProductKey(lamp.product());
        end.setType("AMQP");
        lamp.done(end);
        assertThat(lamp.ask(new OpenIotServiceRequest()).getRequestId()).isNotEmpty();
    }
}
