package io.berth.dialect.aliyun.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Outgoing;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void a_command_whose_caller_waits_is_a_request() {
        Value.Fields soon = Value.Fields.of("delay", new Value.Whole(5));
        Downlink reboot = new Downlink.Command("7", "reboot", soon, true);
        Payload alink = Payload.of("{\"id\":\"7\",\"version\":\"1.0.0\",\"method\":\"thing.service.reboot\","
                + "\"params\":{\"delay\":5}}");

        assertThat(implicit.write(reboot))
                .isEqualTo(Outgoing.Publish.implicit("/sys/a1pk/dev1/rrpc/request/7", Qos.AT_LEAST_ONCE, alink));
        assertThat(extended.write(reboot))
                .isEqualTo(Outgoing.Publish.implicit(
                        "/ext/rrpc/7/sys/a1pk/dev1/thing/service/reboot", Qos.AT_LEAST_ONCE, alink));
    }

    @Test
    void values_have_the_form_devices_know() {
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        values.put("Door", new Value.Flag(true));
        values.put("Since", new Value.Moment(Instant.ofEpochMilli(1_700_000_000_123L)));
        values.put("Net", Value.Fields.of("up", new Value.Flag(false)));
        values.put("Hist", new Value.Items(List.of(new Value.Whole(1), new Value.Decimal(2))));

        assertThat(params(new Downlink.PropertySet("1", new Value.Fields(values))))
                .isEqualTo("{\"Door\":1,\"Since\":\"1700000000123\",\"Net\":{\"up\":0},\"Hist\":[1,2.0]}");
    }

    @Test
    void properties_are_asked_for_by_key() {
        assertThat(params(new Downlink.PropertyGet("1", "", List.of("Temp", "Door"))))
                .isEqualTo("[\"Temp\",\"Door\"]");
        assertThat(params(new Downlink.PropertyGet("1", "lamp", List.of()))).isEqualTo("[\"lamp:Lum\"]");
    }

    @ParameterizedTest
    @CsvSource({"DISABLED, disable", "ENABLED, enable", "DELETED, delete"})
    void a_device_is_told_what_became_of_it(Downlink.Notice.Fate fate, String word) {
        assertThat(implicit.write(new Downlink.Notice("9", fate)))
                .isEqualTo(Outgoing.Publish.implicit(
                        "/sys/a1pk/dev1/thing/" + word,
                        Qos.AT_LEAST_ONCE,
                        Payload.of(
                                "{\"id\":\"9\",\"version\":\"1.0\",\"method\":\"thing." + word + "\",\"params\":{}}")));
    }

    @Test
    void a_configuration_is_pushed_with_where_to_fetch_it() {
        Downlink pushed = new Downlink.ConfigPushed(
                "9", new Downlink.ConfigPushed.Config("c1", "http://h/files/config/c1", 12, "0f", HELLO));

        assertThat(topic(pushed)).isEqualTo("/sys/a1pk/dev1/thing/config/push");
        assertThat(params(pushed))
                .isEqualTo("{\"configId\":\"c1\",\"configSize\":12,\"sign\":\"0f\",\"signMethod\":\"Sha256\","
                        + "\"url\":\"http://h/files/config/c1\",\"getType\":\"file\"}");
    }

    @Test
    void a_device_is_told_to_send_its_log() {
        assertThat(topic(new Downlink.LogWanted("9", true))).isEqualTo("/sys/a1pk/dev1/thing/config/log/push");
        assertThat(params(new Downlink.LogWanted("9", true)))
                .isEqualTo("{\"getType\":\"content\",\"content\":{\"mode\":1}}");
    }

    private String topic(Downlink downlink) {
        return ((Outgoing.Publish) implicit.write(downlink)).topic();
    }

    private String params(Downlink downlink) {
        String alink = ((Outgoing.Publish) implicit.write(downlink)).payload().text();
        return alink.substring(alink.indexOf("\"params\":") + 9, alink.length() - 1);
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
