package io.berth.dialect.aliyun.device;

import static io.berth.dialect.aliyun.device.AliyunGatewayBed.GATEWAY;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.OTHER_GATEWAY;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.SUB;
import static io.berth.dialect.aliyun.device.AliyunGatewayBed.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.message.Downlink;
import io.berth.core.message.Downlink.TopologyChanged;
import io.berth.core.message.Downlink.TopologyChanged.Change;
import io.berth.core.message.Qos;
import io.berth.core.session.CloseCause;
import io.berth.core.topic.TopicFilter;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A sub-device on the connection of its gateway, and the gateway that is told of it.
final class AliyunChildTest {
    private final AliyunGatewayBed bed = new AliyunGatewayBed();
    private final AliyunGatewayBed.Connection gateway = bed.connection(GATEWAY);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sys/a1sub/sub1/thing/event/property/post",
                "/sys/a1sub/sub1/thing/service/property/set_reply",
                "/sys/a1sub/sub1/rrpc/response/7",
                "/ext/rrpc/7/sys/a1sub/sub1/thing/service/reboot",
                "/ext/rrpc/7/a1sub/sub1/user/get",
                "/ext/ntp/a1sub/sub1/request",
                "/ota/device/inform/a1sub/sub1",
                "/shadow/update/a1sub/sub1",
                "/a1sub/sub1/user/update",
                "/a1sub/sub1/user/update?_sn=default",
            })
    void a_topic_of_an_attached_child_leads_to_it(String topic) {
        attach("c|_ss=1|");

        assertThat(gateway.wire.route(topic))
                .isInstanceOfSatisfying(
                        Route.Through.class,
                        through -> assertThat(through.child()).isEqualTo(SUB));
        gateway.detach(SUB, CloseCause.DISCONNECTED);
        assertThat(gateway.wire.route(topic)).isNotInstanceOf(Route.Through.class);
    }

    @Test
    void before_its_login_a_child_says_nothing() {
        assertThat(gateway.wire.route("/sys/a1sub/sub1/thing/event/property/post"))
                .isEqualTo(new Route.Refused("device no session"));
    }

    @Test
    void a_child_of_another_connection_says_nothing_here() {
        bed.connection(OTHER_GATEWAY).attach(bed.snapshot(SUB), wire("c|_ss=1|"));

        assertThat(gateway.wire.route("/sys/a1sub/sub1/thing/event/property/post"))
                .isInstanceOf(Route.Refused.class);
    }

    @Test
    void what_a_child_may_not_publish_the_gateway_may_not_either() {
        attach("c|_ss=1|");

        assertThat(gateway.wire.route("/a1sub/sub1/user/get")).isInstanceOf(Route.Refused.class);
        assertThat(gateway.wire.route("/a1sub/sub2/user/update")).isInstanceOf(Route.Refused.class);
    }

    @Test
    void a_child_is_no_gateway() {
        attach("c|_ss=1|");

        assertThat(gateway.publish("/sys/a1sub/sub1/thing/topo/get", "{\"id\":\"1\",\"params\":{}}"))
                .startsWith("{\"code\":6813,");
        assertThat(gateway.publish("/ext/session/a1sub/sub1/combine/login", "{\"id\":\"1\",\"params\":{}}"))
                .startsWith("{\"code\":6813,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sys/a1sub/sub1/thing/event/property/post_reply",
                "/sys/a1sub/sub1/thing/service/#",
                "/sys/a1sub/sub1/thing/topo/add_reply",
                "/ext/session/a1sub/sub1/combine/login_reply",
                "/ota/device/upgrade/a1sub/sub1",
                "/shadow/get/a1sub/sub1",
                "/a1sub/sub1/user/get",
                "/broadcast/a1sub/+",
            })
    void a_gateway_subscribes_what_an_attached_child_may(String filter) {
        assertThat(gateway.wire.maySubscribe(new TopicFilter(filter))).isFalse();
        attach("c|_ss=1|");
        assertThat(gateway.wire.maySubscribe(new TopicFilter(filter))).isTrue();
    }

    @Test
    void a_filter_on_a_childs_topics_is_the_childs() {
        attach("c|_ss=1|");

        assertThat(gateway.wire.childOf(new TopicFilter("/sys/a1sub/sub1/thing/service/#")))
                .isEqualTo(SUB);
        assertThat(gateway.wire.childOf(new TopicFilter("/sys/a1pk/dev1/thing/service/#")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sys/a1sub/+/thing/service/#",
                "/sys/a1sub/#",
                "/sys/+/sub1/#",
                "/sys/a1sub/sub2/thing/service/#",
                "/a1sub/sub1/#",
                "/a1sub/sub1/user/update",
                "/broadcast/#",
                "/broadcast/a1other/+",
                "/ota/device/+/a1sub/+",
                "#",
            })
    void a_gateway_subscribes_nothing_beyond_that(String filter) {
        attach("c|_ss=1|");

        assertThat(gateway.wire.maySubscribe(new TopicFilter(filter))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"c|_ss=1|,true", "c,false"})
    void a_childs_own_login_decides_what_reaches_it_unasked(String clientId, boolean implicit) {
        MqttWire child = wire(clientId);

        assertThat(publish(child.write(new Downlink.PropertySet("9", Value.Fields.of("on", new Value.Whole(1))))))
                .isEqualTo(new Outgoing.Publish(
                        "/sys/a1sub/sub1/thing/service/property/set",
                        Qos.AT_MOST_ONCE,
                        Payload.of("{\"id\":\"9\",\"version\":\"1.0.0\",\"method\":\"thing.service.property.set\","
                                + "\"params\":{\"on\":1}}"),
                        implicit,
                        Qos.AT_MOST_ONCE));
    }

    @Test
    void a_custom_message_to_a_child_goes_out_unconfirmed() {
        assertThat(publish(
                        wire("c|_ss=1|").write(new Downlink.Message("user/get", Qos.AT_LEAST_ONCE, Payload.of("x")))))
                .isEqualTo(Outgoing.Publish.subscribed("/a1sub/sub1/user/get", Qos.AT_MOST_ONCE, Payload.of("x")));
    }

    @Test
    void a_childs_answer_has_the_childs_topic() {
        attach("c|_ss=1|");

        Reading reading = gateway.read("/ext/ntp/a1sub/sub1/request", "{\"deviceSendTime\":\"7\"}");

        assertThat(((Reading.Answered) reading).reply().topic()).isEqualTo("/ext/ntp/a1sub/sub1/response");
    }

    @ParameterizedTest
    @CsvSource({"ADDED,0", "REMOVED,1", "ENABLED,2", "DISABLED,8"})
    void a_gateway_is_told_what_became_of_its_children(Change change, int status) {
        assertThat(publish(gateway.wire.write(new TopologyChanged("7", change, List.of(bed.snapshot(SUB)), 3))))
                .isEqualTo(Outgoing.Publish.implicit(
                        "/sys/a1pk/dev1/thing/topo/change",
                        Qos.AT_LEAST_ONCE,
                        Payload.of("{\"id\":\"7\",\"version\":\"1.0\",\"method\":\"thing.topo.change\",\"params\":"
                                + "{\"status\":" + status + ",\"subList\":[" + named(SUB) + "]}}")));
    }

    @Test
    void a_gateway_is_asked_to_add_devices() {
        assertThat(publish(gateway.wire.write(new Downlink.TopologyWanted("7", List.of(SUB)))))
                .isEqualTo(Outgoing.Publish.implicit(
                        "/sys/a1pk/dev1/thing/topo/add/notify",
                        Qos.AT_LEAST_ONCE,
                        Payload.of("{\"id\":\"7\",\"version\":\"1.0\",\"method\":\"thing.topo.add.notify\",\"params\":["
                                + named(SUB) + "]}")));
    }

    @Test
    void a_gateway_lets_devices_of_a_product_join_for_a_while() {
        assertThat(publish(gateway.wire.write(new Downlink.JoinPermitted("7", "a1sub", 60))))
                .isEqualTo(Outgoing.Publish.implicit(
                        "/sys/a1pk/dev1/thing/gateway/permit",
                        Qos.AT_LEAST_ONCE,
                        Payload.of("{\"id\":\"7\",\"version\":\"1.0\",\"method\":\"thing.gateway.permit\",\"params\":"
                                + "{\"productKey\":\"a1sub\",\"time\":60}}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"thing/topo/change_reply", "thing/topo/add/notify_reply", "thing/gateway/permit_reply"})
    void a_gateways_word_that_it_heard_is_an_answer(String suffix) {
        Reading reading = gateway.read("/sys/a1pk/dev1/" + suffix, "{\"id\":\"7\",\"code\":200,\"data\":{}}");

        assertThat(((Reading.Accepted) reading).uplink())
                .isInstanceOfSatisfying(
                        io.berth.core.message.Uplink.Reply.class,
                        reply -> assertThat(reply.requestId()).isEqualTo("7"));
    }

    private void attach(String clientId) {
        assertThat(gateway.attach(bed.snapshot(SUB), wire(clientId))).isTrue();
    }

    private MqttWire wire(String clientId) {
        return AliyunWire.ofChild(bed.snapshot(SUB), AliyunClientId.parse(clientId), gateway.wire.services());
    }

    private static Outgoing.Publish publish(Outgoing outgoing) {
        return (Outgoing.Publish) Objects.requireNonNull(outgoing);
    }
}
