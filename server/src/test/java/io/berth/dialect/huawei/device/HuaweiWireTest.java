package io.berth.dialect.huawei.device;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.state.Facts;
import io.berth.core.thing.Sample;
import io.berth.core.topic.TopicFilter;
import io.berth.dialect.Attempt;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HuaweiWireTest {
    private static final String OWN = "$oc/devices/dev_001/";
    private static final Payload HELLO = Payload.of("hello");
    private static final String REPORT = "{\"services\":[{\"service_id\":\"s\",\"properties\":{\"t\":21}}]}";

    private final MqttWire wire = HuaweiFleet.wire();

    @ParameterizedTest
    @ValueSource(
            strings = {
                OWN + "sys/commands/#",
                OWN + "sys/properties/set/#",
                OWN + "sys/messages/down",
                OWN + "sys/#",
                OWN + "user/get",
                OWN + "user/group/1/#",
                "$oc/broadcast/#",
                "$oc/broadcast/news",
                "any/topic",
                "/huawei/v1/devices/dev_001/command/json",
            })
    void may_subscribe(String filter) {
        assertThat(wire.maySubscribe(new TopicFilter(filter))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$oc/devices/dev_002/sys/commands/#",
                "$oc/devices/+/sys/commands/#",
                "$oc/devices/#",
                "$oc/#",
                OWN + "user/update",
                OWN + "user/undeclared",
                OWN + "old/form",
                OWN + "#",
                "$SYS/#",
                "$share/g/any/topic",
                "/huawei/v1/devices/dev_002/command/json",
                "/huawei/v1/#",
            })
    void may_not_subscribe(String filter) {
        assertThat(wire.maySubscribe(new TopicFilter(filter))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$oc/devices/dev_002/sys/messages/up",
                OWN + "user/get",
                OWN + "user/undeclared",
                OWN + "sys/messages/down",
                OWN + "sys/messages/up?encoding=zip",
                OWN + "sys/bootstrap/up",
                "$oc/broadcast/news",
                "$SYS/x",
                "/huawei/v1/devices/dev_002/data/json",
                "/huawei/v1/devices/dev_001/command/json",
            })
    void may_not_publish(String topic) {
        assertThat(wire.route(topic)).isInstanceOf(Route.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OWN + "sys/messages/up",
                OWN + "user/update",
                "any/topic",
                "/huawei/v1/devices/dev_001/data/json",
                "/huawei/v1/devices/dev_001/data/binary",
            })
    void messages_are_any_bytes(String topic) {
        assertThat(read(topic, HELLO))
                .isEqualTo(new Reading.Accepted(new Uplink.Message(topic, Qos.AT_LEAST_ONCE, HELLO), null));
    }

    @Test
    void reports_are_typed() {
        assertThat(uplink("sys/properties/report", REPORT)).isInstanceOf(Uplink.PropertyReport.class);
        assertThat(uplink("sys/events/up", "{\"services\":[{\"service_id\":\"smoke\",\"event_type\":\"x\"}]}"))
                .isInstanceOf(Uplink.EventReport.class);
    }

    /// Spec huawei-iotda 4: these go to the platform and no further; any service is accepted.
    @ParameterizedTest
    @ValueSource(strings = {"$ota", "$sub_device_manager", "sub_device_manager", "$oh_soft_bus"})
    void events_of_the_vendors_own_services_are_for_the_platform(String service) {
        String event = "{\"services\":[{\"service_id\":\"" + service + "\",\"event_type\":\"x\"}]}";
        Reading reading = read(OWN + "sys/events/up", Payload.of(event));

        assertThat(reading instanceof Reading.Later(Reading.Later.Work later) ? later.read() : reading)
                .isInstanceOfSatisfying(
                        Reading.Accepted.class,
                        accepted -> assertThat(accepted.uplink()).isInstanceOf(Uplink.Info.class));
    }

    /// The vendor lets devices say what they call a report: it is the request_id of what is forwarded.
    @Test
    void a_report_may_name_itself_in_its_topic() {
        assertThat(uplink("sys/properties/report?request_id=r-1", REPORT))
                .isInstanceOfSatisfying(Uplink.PropertyReport.class, report -> {
                    assertThat(report.topic()).isEqualTo(OWN + "sys/properties/report");
                    assertThat(report.facts().requestId()).isEqualTo("r-1");
                });
        assertThat(read(OWN + "sys/messages/up?request_id=r-1", HELLO))
                .isEqualTo(new Reading.Accepted(
                        new Uplink.Message(OWN + "sys/messages/up", Qos.AT_LEAST_ONCE, HELLO), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"services\":{}}", "{\"services\":[]} x"})
    void what_is_no_report_is_dropped(String body) {
        assertThat(read(OWN + "sys/properties/report", Payload.of(body)))
                .isEqualTo(new Reading.Dropped("report without services", null));
        assertThat(read(OWN + "sys/events/up", Payload.of(body)))
                .isEqualTo(new Reading.Dropped("events are not readable", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"commands/response", "properties/set/response", "properties/get/response"})
    void an_answer_names_its_request_in_the_topic(String path) {
        assertThat(uplink("sys/" + path + "/request_id=a-7", "{\"result_code\":0}"))
                .isInstanceOfSatisfying(
                        Uplink.Reply.class,
                        reply -> assertThat(reply.requestId()).isEqualTo("a-7"));
    }

    @Test
    void a_packed_report_goes_on_unpacked() {
        assertThat(read(OWN + "sys/properties/report?encoding=gzip", Payload.of(gzip(REPORT))))
                .isEqualTo(new Reading.Accepted(
                        new Uplink.PropertyReport(
                                OWN + "sys/properties/report",
                                Qos.AT_LEAST_ONCE,
                                Payload.of(REPORT),
                                Facts.none(new io.berth.core.device.DeviceId("p", "d1"))
                                        .with(
                                                "",
                                                Facts.Unfit.unknown(
                                                        List.of(new Sample("s:t", new Value.Whole(21), Attempt.NOW))))),
                        null));
    }

    @Test
    void a_packed_report_that_breaks_off_is_dropped() {
        byte[] whole = gzip(REPORT);
        for (int length : new int[] {0, 10, whole.length / 2, whole.length - 1}) {
            Payload cut = Payload.of(Arrays.copyOf(whole, length));

            assertThat(read(OWN + "sys/properties/report?encoding=gzip", cut))
                    .isEqualTo(new Reading.Dropped("payload is not whole gzip", null));
        }
    }

    @Test
    void a_packed_payload_that_grows_beyond_bounds_is_dropped() {
        Payload bomb = Payload.of(gzip(" ".repeat(HuaweiGzip.MAX_BYTES + 1)));

        assertThat(read(OWN + "sys/messages/up?encoding=gzip", bomb))
                .isEqualTo(new Reading.Dropped("payload is not whole gzip", null));
    }

    @Test
    void the_clock_is_answered() {
        Reading reading = read(
                OWN + "sys/events/up",
                Payload.of("{\"services\":[{\"service_id\":\"$time_sync\",\"event_type\":\"time_sync_request\","
                        + "\"event_id\":\"e1\",\"paras\":{\"device_send_time\":1582685678789}}]}"));

        Outgoing.Publish reply = ((Reading.Answered) reading).reply();
        assertThat(reply.topic()).isEqualTo(OWN + "sys/events/down");
        assertThat(reply.implicit()).isTrue();
        assertThat(reply.payload().text())
                .isEqualTo("{\"object_device_id\":\"dev_001\",\"services\":[{\"service_id\":\"$time_sync\","
                        + "\"event_type\":\"time_sync_response\",\"event_time\":\"20240102T033000Z\","
                        + "\"event_id\":\"e1\",\"paras\":{\"device_send_time\":1582685678789,"
                        + "\"server_recv_time\":1704166200000,\"server_send_time\":1704166200000}}]}");
    }

    @Test
    void a_clock_request_among_other_events_loses_none() {
        Reading reading = read(
                OWN + "sys/events/up",
                Payload.of("{\"services\":[{\"service_id\":\"smoke\",\"event_type\":\"seen\"},"
                        + "{\"service_id\":\"$time_sync\",\"event_type\":\"time_sync_request\"}]}"));

        assertThat(((Reading.Accepted) reading).uplink()).isInstanceOf(Uplink.EventReport.class);
        assertThat(requireNonNull(((Reading.Accepted) reading).reply()).topic()).isEqualTo(OWN + "sys/events/down");
    }

    @Test
    void system_messages_are_implicit_at_qos_0() {
        assertThat(wire.write(new Downlink.Message(OWN + "sys/messages/down", Qos.AT_LEAST_ONCE, HELLO)))
                .isEqualTo(new Outgoing.Publish(
                        OWN + "sys/messages/down", Qos.AT_LEAST_ONCE, HELLO, true, Qos.AT_MOST_ONCE));
        assertThat(wire.deliveryQos(Qos.AT_MOST_ONCE, Qos.AT_LEAST_ONCE)).isEqualTo(Qos.AT_MOST_ONCE);
    }

    @Test
    void custom_messages_need_a_subscription() {
        Outgoing expected = Outgoing.Publish.subscribed(OWN + "user/get", Qos.AT_LEAST_ONCE, HELLO);

        assertThat(wire.write(new Downlink.Message("user/get", Qos.AT_LEAST_ONCE, HELLO)))
                .isEqualTo(expected);
        assertThat(wire.write(new Downlink.Message(OWN + "user/get", Qos.AT_LEAST_ONCE, HELLO)))
                .isEqualTo(expected);
        assertThat(wire.write(new Downlink.Message("any/topic", Qos.AT_LEAST_ONCE, HELLO)))
                .isEqualTo(Outgoing.Publish.subscribed("any/topic", Qos.AT_LEAST_ONCE, HELLO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"$oc/devices/dev_002/user/get", "$SYS/x", "$oc/broadcast/x", "/huawei/v1/devices/x/y", "a/+", ""
            })
    void a_topic_of_another_is_forbidden(String topic) {
        assertThat(wire.write(new Downlink.Message(topic, Qos.AT_MOST_ONCE, HELLO)))
                .isInstanceOfSatisfying(
                        Outgoing.Refused.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.TOPIC_FORBIDDEN));
    }

    @Test
    void a_command_carries_service_and_name() {
        assertThat(published(new Downlink.Command("7", "Lamp:ON", Value.Fields.of("level", new Value.Whole(3)), false)))
                .isEqualTo(OWN + "sys/commands/request_id=7 {\"object_device_id\":\"dev_001\","
                        + "\"service_id\":\"Lamp\",\"command_name\":\"ON\",\"paras\":{\"level\":3}}");
    }

    @Test
    void a_request_is_a_command() {
        String topic = OWN + "sys/commands/request_id=7 ";
        String command = "{\"service_id\":\"s\",\"command_name\":\"c\",\"paras\":{}}";
        String wrapped =
                "{\"object_device_id\":\"dev_001\",\"service_id\":\"\",\"command_name\":\"request\",\"paras\":";

        assertThat(published(new Downlink.Request("7", null, Payload.of(command))))
                .isEqualTo(topic + command);
        assertThat(published(new Downlink.Request("7", null, Payload.of("{\"a\":1}"))))
                .isEqualTo(topic + wrapped + "{\"a\":1}}");
        assertThat(published(new Downlink.Request("7", null, HELLO)))
                .isEqualTo(topic + wrapped + "{\"content\":\"hello\"}}");
        assertThat(wire.write(new Downlink.Request("7", "user/get", HELLO)))
                .isInstanceOfSatisfying(
                        Outgoing.Refused.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.UNSUPPORTED));
    }

    @Test
    void properties_are_set_by_service() {
        String expected = OWN + "sys/properties/set/request_id=7 {\"object_device_id\":\"dev_001\","
                + "\"services\":[{\"service_id\":\"Battery\",\"properties\":{\"level\":5}}]}";

        assertThat(published(new Downlink.PropertySet("7", Value.Fields.of("Battery:level", new Value.Whole(5)))))
                .isEqualTo(expected);
    }

    @Test
    void a_broadcast_reaches_who_subscribed_it() {
        assertThat(wire.write(new Downlink.Broadcast("news", HELLO)))
                .isEqualTo(Outgoing.Publish.subscribed("$oc/broadcast/news", Qos.AT_MOST_ONCE, HELLO));
        assertThat(wire.write(new Downlink.Broadcast("$oc/devices/dev_001/x", HELLO)))
                .isInstanceOf(Outgoing.Refused.class);
    }

    private String published(Downlink downlink) {
        Outgoing.Publish publish = (Outgoing.Publish) wire.write(downlink);
        assertThat(publish.implicit()).isTrue();
        return publish.topic() + " " + publish.payload().text();
    }

    private Uplink uplink(String path, String body) {
        return ((Reading.Accepted) read(OWN + path, Payload.of(body))).uplink();
    }

    private Reading read(String topic, Payload payload) {
        return ((Route.Reader) wire.route(topic)).read(payload, Qos.AT_LEAST_ONCE);
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}
