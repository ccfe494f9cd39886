package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.iot.model.v20180120.CreateTopicRouteTableRequest;
import com.aliyuncs.iot.model.v20180120.DeleteTopicRouteTableRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceSubTopicRequest;
import com.aliyuncs.iot.model.v20180120.QueryDeviceSubTopicResponse.Topic;
import com.aliyuncs.iot.model.v20180120.QueryTopicReverseRouteTableRequest;
import com.aliyuncs.iot.model.v20180120.QueryTopicRouteTableRequest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Topics that lead to others and topics that devices hear, over aliyun-java-sdk-iot.
@ExtendWith(SharedServer.class)
@SuppressWarnings("NullAway.Init") // made before each test
final class AcsTopicTest {
    private final BerthServer berth;
    private AcsLamp lamp;

    AcsTopicTest(BerthServer berth) {
        this.berth = berth;
    }

    @BeforeEach
    void make_lamp() throws ClientException {
        lamp = AcsLamp.make(berth);
    }

    @Test
    void what_a_device_publishes_reaches_another_device_without_an_application() throws ClientException {
        AcsLamp sconce = lamp.another("sconce");
        String source = lamp.topic("user/update");
        String destination = sconce.topic("user/get");
        var route = new CreateTopicRouteTableRequest();
        route.setSrcTopic(source);
        route.setDstTopics(List.of(destination));
        assertThat(lamp.done(route).getIsAllSucceed()).isTrue();
        route.setDstTopics(List.of(destination, sconce.topic("user/update")));
        assertThat(lamp.done(route).getIsAllSucceed()).isFalse();
        var there = new QueryTopicRouteTableRequest();
        there.setTopic(source);
        lamp.done(there);
        var back = new QueryTopicReverseRouteTableRequest();
        back.setTopic(destination);
        lamp.done(back);

        try (StockDevice speaking = lamp.connect();
                StockDevice hearing = sconce.connect()) {
            hearing.subscribe(destination);
            speaking.publish(source, "开 + 42%");
            assertThat(hearing.message(destination).payload()).isEqualTo("开 + 42%");

            var end = new DeleteTopicRouteTableRequest();
            end.setSrcTopic(source);
            end.setDstTopics(List.of(destination));
            assertThat(lamp.done(end).getIsAllSucceed()).isTrue();
            assertThat(lamp.done(end).getIsAllSucceed()).isFalse();
        }
    }

    @Test
    void the_topics_a_device_hears_are_listed_while_it_is_there() throws ClientException {
        var query = new QueryDeviceSubTopicRequest();
        query.setProductKey(lamp.product());
        query.setDeviceName("lamp");
        try (StockDevice device = lamp.connect()) {
            device.subscribe(lamp.topic("user/get"));
            assertThat(lamp.done(query).getTopicList())
                    .extracting(Topic::getTopicName)
                    .contains(lamp.topic("user/get"), lamp.system("rrpc/request/+"));
        }
    }
}
