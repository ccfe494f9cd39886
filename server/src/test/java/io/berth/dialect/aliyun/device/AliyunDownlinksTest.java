package io.berth.dialect.aliyun.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Outgoing;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What reaches an `_ss=1` session without a subscription is vector V13 of spec aliyun-device.
final class AliyunDownlinksTest {
    private static final Payload HELLO = Payload.of("hello");

    private final MqttWire implicit = AliyunFleet.wire(",_ss=1");
    private final MqttWire extended = AliyunFleet.wire(",_ss=1,ext=3");
    private final MqttWire plain = AliyunFleet.wire("");

    @ParameterizedTest
    @ValueSource(strings = {"/a1pk/dev1/user/get", "user/get"})
    void a_custom_message_needs_a_subscription(String topic) {
        assertThat(implicit.write(new Downlink.Message(topic, Qos.AT_LEAST_ONCE, HELLO)))
                .isEqualTo(Outgoing.Publish.subscribed("/a1pk/dev1/user/get", Qos.AT_LEAST_ONCE, HELLO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sys/a1pk/dev1/thing/config/push",
                "/ota/device/upgrade/a1pk/dev1",
                "/shadow/get/a1pk/dev1",
                "/ext/session/a1pk/dev1/combine/login_reply",
            })
    void a_system_message_is_implicit_exactly_for_sessions_that_say_so(String topic) {
        Downlink message = new Downlink.Message(topic, Qos.AT_LEAST_ONCE, HELLO);

        assertThat(implicit.write(message)).isEqualTo(Outgoing.Publish.implicit(topic, Qos.AT_LEAST_ONCE, HELLO));
        assertThat(plain.write(message))
                .isInstanceOfSatisfying(
                        Outgoing.Publish.class,
                        publish -> assertThat(publish.implicit()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a1pk/dev2/user/get",
                "/sys/a1pk/dev2/thing/service/property/set",
                "/broadcast/other/x",
                "/ext/rrpc/1/x",
                "user/+",
                "/sys/a1pk/dev1/#",
                "/",
                "",
            })
    void a_topic_of_another_is_forbidden(String topic) {
        assertThat(implicit.write(new Downlink.Message(topic, Qos.AT_MOST_ONCE, HELLO)))
                .isInstanceOfSatisfying(
                        Outgoing.Refused.class,
                        refused ->
                                assertThat(refused.problem()).isIn(Problem.TOPIC_FORBIDDEN, Problem.INVALID_ARGUMENT));
    }

    @Test
    void a_request_without_a_topic_uses_the_system_topic() {
        Outgoing.Publish expected = Outgoing.Publish.implicit("/sys/a1pk/dev1/rrpc/request/7", Qos.AT_MOST_ONCE, HELLO);

        assertThat(implicit.write(new Downlink.Request("7", null, HELLO))).isEqualTo(expected);
        assertThat(extended.write(new Downlink.Request("7", null, HELLO))).isEqualTo(expected);
    }

    @Test
    void a_request_on_a_custom_topic_needs_ext_bit_0() {
        Downlink request = new Downlink.Request("7", "/a1pk/dev1/user/ask", HELLO);

        assertThat(extended.write(request))
                .isEqualTo(Outgoing.Publish.implicit("/ext/rrpc/7/a1pk/dev1/user/ask", Qos.AT_MOST_ONCE, HELLO));
        assertThat(implicit.write(request)).isInstanceOfSatisfying(Outgoing.Refused.class, refused -> {
            assertThat(refused.problem()).isEqualTo(Problem.UNSUPPORTED);
            assertThat(refused.detail()).contains("ext=1");
        });
    }

    @Test
    void a_synchronous_service_travels_in_the_extended_form() {
        Downlink request = new Downlink.Request("7", "/sys/a1pk/dev1/thing/service/reboot", HELLO);

        assertThat(extended.write(request))
                .isEqualTo(Outgoing.Publish.implicit(
                        "/ext/rrpc/7/sys/a1pk/dev1/thing/service/reboot", Qos.AT_MOST_ONCE, HELLO));
    }

    @Test
    void a_property_set_is_compact_with_params_last() {
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        values.put("Temp", new Value.Decimal(23.0));
        values.put("s", new Value.Text("a b"));
        assertThat(implicit.write(new Downlink.PropertySet("105", new Value.Fields(values))))
                .isEqualTo(Outgoing.Publish.implicit(
                        "/sys/a1pk/dev1/thing/service/property/set",
                        Qos.AT_LEAST_ONCE,
                        Payload.of("{\"id\":\"105\",\"version\":\"1.0.0\",\"method\":\"thing.service.property.set\","
                                + "\"params\":{\"Temp\":23.0,\"s\":\"a b\"}}")));
    }

    @Test
    void a_command_is_a_service_of_the_thing_or_of_a_module() {
        assertThat(implicit.write(new Downlink.Command("1", "reboot", Value.Fields.NONE, false)))
                .isInstanceOfSatisfying(Outgoing.Publish.class, publish -> {
                    assertThat(publish.topic()).isEqualTo("/sys/a1pk/dev1/thing/service/reboot");
                    assertThat(publish.payload().text()).contains("\"method\":\"thing.service.reboot\"");
                });
        assertThat(implicit.write(new Downlink.Command("1", "lamp:blink", Value.Fields.NONE, false)))
                .isInstanceOfSatisfying(
                        Outgoing.Publish.class,
                        publish -> assertThat(publish.topic()).isEqualTo("/sys/a1pk/dev1/thing/service/lamp:blink"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a+", "#"})
    void a_service_cannot_leave_its_level(String service) {
        assertThat(implicit.write(new Downlink.Command("1", service, Value.Fields.NONE, false)))
                .isInstanceOf(Outgoing.Refused.class);
    }

    @Test
    void a_broadcast_reaches_who_subscribed_it() {
        assertThat(implicit.write(new Downlink.Broadcast("news", HELLO)))
                .isEqualTo(Outgoing.Publish.subscribed("/broadcast/a1pk/news", Qos.AT_MOST_ONCE, HELLO));
        assertThat(implicit.write(new Downlink.Broadcast("/broadcast/a1pk/news", HELLO)))
                .isEqualTo(Outgoing.Publish.subscribed("/broadcast/a1pk/news", Qos.AT_MOST_ONCE, HELLO));
        assertThat(implicit.write(new Downlink.Broadcast("/broadcast/other/news", HELLO)))
                .isInstanceOf(Outgoing.Refused.class);
    }
}
