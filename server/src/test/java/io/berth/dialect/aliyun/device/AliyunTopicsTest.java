package io.berth.dialect.aliyun.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.topic.TopicFilter;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AliyunTopicsTest {
    private final MqttWire wire = AliyunFleet.wire("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a1pk/dev1/user/get",
                "/a1pk/dev1/user/both",
                "/a1pk/dev1/old/form",
                "/a1pk/dev1/user/group/7/#",
                "/a1pk/dev1/user/group/+/x/y",
                "/sys/a1pk/dev1/thing/event/+/post_reply",
                "/sys/a1pk/dev1/thing/service/#",
                "/sys/a1pk/dev1/rrpc/request/+",
                "/sys/a1pk/dev1/thing/sub/register_reply",
                "/sys/a1pk/dev1/#",
                "/broadcast/a1pk/+",
                "/broadcast/a1pk/news",
                "/ext/ntp/a1pk/dev1/response",
                "/ext/rrpc/+/#",
                "/ext/rrpc/+/sys/a1pk/dev1/thing/service/+",
                "/ext/session/a1pk/dev1/combine/login_reply",
                "/ext/error/a1pk/dev1",
                "/ota/device/upgrade/a1pk/dev1",
                "/ota/device/request/a1pk/dev1",
                "/shadow/get/a1pk/dev1",
            })
    void may_subscribe_its_own(String filter) {
        assertThat(wire.maySubscribe(new TopicFilter(filter))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "/#",
                "+/+/+/+",
                "+/a1pk/dev1/user/get",
                "/+/dev1/user/get",
                "/a1pk/#",
                "/a1pk/+/user/get",
                "/a1pk/dev1/#",
                "/a1pk/dev1/user/+",
                "/a1pk/dev1/user/update",
                "/a1pk/dev1/user/undeclared",
                "/a1pk/dev2/user/get",
                "/sys/a1pk/dev2/thing/service/#",
                "/sys/a1pk/dev1x/thing",
                "/sys/a1pk/#",
                "/sys/+/dev1/thing/service/property/set",
                "/sys/#",
                "/broadcast/other/+",
                "/broadcast/+/news",
                "/broadcast/#",
                "/ota/device/upgrade/a1pk/+",
                "/ota/#",
                "/shadow/get/a1pk/dev2",
                "/ext/#",
                "/ext/ntp/a1pk/dev2/response",
                "$SYS/#",
                "$oc/devices/a1pk_dev1/sys/#",
            })
    void may_not_subscribe_what_reaches_beyond(String filter) {
        assertThat(wire.maySubscribe(new TopicFilter(filter))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a1pk/dev1/user/get",
                "/a1pk/dev1/user/undeclared",
                "/a1pk/dev1/user/group/7/x",
                "/a1pk/dev2/user/update",
                "/a1sub/dev1/user/update",
                "/sys/a1pk/dev2/thing/event/property/post",
                "/sys/a1sub/sub1/thing/event/property/post",
                "/ext/ntp/a1pk/dev2/request",
                "/ota/device/inform/a1pk/dev2",
                "/shadow/update/a1pk/dev2",
                "/broadcast/a1pk/news",
                "/ext/register",
                "$SYS/broker",
                "a1pk/dev1/user/update",
                "/",
                "//",
            })
    void may_not_publish_elsewhere(String topic) {
        assertThat(wire.route(topic)).isInstanceOf(Route.Refused.class);
    }

    @Test
    void a_custom_message_passes_as_it_came() {
        assertThat(read("/a1pk/dev1/user/update", "hello"))
                .isEqualTo(new Reading.Accepted(
                        new Uplink.Message("/a1pk/dev1/user/update", Qos.AT_LEAST_ONCE, Payload.of("hello")), null));
    }

    @Test
    void rights_follow_a_changed_product() {
        wire.update(io.berth.dialect.KnownDevices.snapshot("other", "dev1", "x", "s"));

        assertThat(wire.route("/a1pk/dev1/user/update")).isInstanceOf(Route.Refused.class);
        assertThat(wire.route("/other/dev1/user/update")).isInstanceOf(Route.Reader.class);
    }

    @Test
    void a_delivery_has_the_senders_qos() {
        assertThat(wire.deliveryQos(Qos.AT_MOST_ONCE, Qos.AT_LEAST_ONCE)).isEqualTo(Qos.AT_LEAST_ONCE);
    }

    private Reading read(String topic, String payload) {
        return ((Route.Reader) wire.route(topic)).read(Payload.of(payload), Qos.AT_LEAST_ONCE);
    }
}
