package io.berth;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.TestDevice.Heard;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Answer;
import io.berth.core.message.Downlink;
import io.berth.core.message.Event;
import io.berth.core.message.Uplink;
import io.berth.core.state.Facts;
import io.berth.core.thing.Bounds;
import io.berth.core.thing.DataType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Parameter;
import io.berth.core.thing.Property;
import io.berth.core.thing.ThingModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices and gateways on Huawei's wire, from socket to state and back.
final class HuaweiThingsTest {
    private static final DeviceId METER = new DeviceId("rooms", "m1");
    private static final DeviceId GATEWAY = new DeviceId("rooms", "g1");
    private static final DeviceId CHILD = new DeviceId("rooms", "s1");
    private static final String GATEWAY_ROOT = "$oc/devices/room_g1/sys/";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Shared: making keys takes time.
    @TempDir
    static Path data;

    private MemoryServer server;

    @BeforeEach
    void start() {
        server = new MemoryServer(data);
        Property count = new Property(Parameter.of("count", new DataType.Int(Bounds.of(0, 100))), true, true, true);
        Module room =
                new Module("Room", "Room", "", "", Module.Presence.OPTIONAL, List.of(count), List.of(), List.of());
        server.product("rooms", "room", new ThingModel(List.of(room)));
        server.device("rooms", "m1", "room_m1");
        server.device("rooms", "g1", "room_g1");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_device_reports_is_set_is_asked_and_sees_its_shadow() {
        String root = "$oc/devices/room_m1/sys/";
        try (TestDevice meter = server.huawei("room_m1").connects()) {
            meter.publishes(root + "properties/report", report(7));
            assertThat(count(METER)).isEqualTo(new Value.Whole(7));

            var set = ask(METER, id -> new Downlink.PropertySet(id, Value.Fields.of("Room:count", new Value.Whole(8))));
            Heard setting = meter.hears();
            assertThat(setting.text()).contains("\"properties\":{\"count\":8}");
            meter.publishes(answerTo(setting), "{\"result_code\":0}");
            assertThat(answer(set).succeeded()).isTrue();

            var get = ask(METER, id -> new Downlink.PropertyGet(id, "Room", List.of()));
            meter.publishes(answerTo(meter.hears()), report(9));
            assertThat(answer(get).output()).isEqualTo(Value.Fields.of("Room:count", new Value.Whole(9)));
            assertThat(count(METER)).as("a get changes no state").isEqualTo(new Value.Whole(7));

            meter.publishes(root + "shadow/get/request_id=q1", "{\"service_id\":\"Room\"}");
            Heard shadow = meter.hears();
            assertThat(shadow.topic()).isEqualTo(root + "shadow/get/response/request_id=q1");
            assertThat(shadow.text()).contains("\"reported\":{\"properties\":{\"count\":7}");
        }
    }

    @Test
    void a_command_comes_once_whether_subscribed_or_not() {
        try (TestDevice meter = server.huawei("room_m1").connects()) {
            var _ = command(METER, "first");
            assertThat(meter.hears()).satisfies(heard -> assertThat(heard.qos()).isZero());

            assertThat(meter.subscribes("$oc/devices/room_m1/sys/commands/#")).isEqualTo(1);
            assertThat(meter.subscribes("$oc/devices/room_m1/sys/#")).isEqualTo(1);
            var _ = command(METER, "second");
            var _ = command(METER, "third");
            assertThat(meter.hears()).satisfies(heard -> {
                assertThat(heard.qos()).isEqualTo(1);
                assertThat(heard.text()).contains("second");
            });
            assertThat(meter.hears().text()).contains("third");
        }
    }

    @Test
    void a_gateway_adds_a_child_and_speaks_for_it_while_it_is_there() {
        try (TestDevice gateway = server.huawei("room_g1").connects()) {
            addsTheChild(gateway);
            gateway.publishes(
                    GATEWAY_ROOT + "events/up",
                    manager(
                            "sub_device_update_status",
                            "{\"device_statuses\":[{\"device_id\":\"room_s1\",\"status\":\"ONLINE\"}]}"));
            assertThat(gateway.hears().text()).contains("sub_device_update_status_response");
            assertThat(requireNonNull(server.session(CHILD)).gateway()).isEqualTo(GATEWAY);

            var reply = command(CHILD, "blink");
            Heard command = gateway.hears();
            assertThat(command.topic()).startsWith(GATEWAY_ROOT + "commands/request_id=");
            assertThat(command.text()).startsWith("{\"object_device_id\":\"room_s1\"");
            gateway.publishes(answerTo(command), "{\"result_code\":0,\"paras\":{\"done\":true}}");
            assertThat(answer(reply).output()).isEqualTo(Value.Fields.of("done", new Value.Flag(true)));

            gateway.publishes(GATEWAY_ROOT + "messages/up", "{\"object_device_id\":\"room_s1\",\"content\":\"hi\"}");
            assertThat(server.platform.log.events)
                    .filteredOn(event -> event.topic().endsWith("messages/up"))
                    .extracting(Event::device)
                    .containsExactly(CHILD);

            gateway.leaves();
            await().until(() -> server.session(CHILD) == null);
        }
    }

    @Test
    void a_report_for_a_child_makes_it_online_and_keeps_its_place_in_order() {
        try (TestDevice gateway = server.huawei("room_g1").connects()) {
            addsTheChild(gateway);
            String child =
                    "{\"devices\":[{\"device_id\":\"room_s1\"," + report(1).substring(1) + "]}";
            send(gateway, GATEWAY_ROOT + "gateway/sub_devices/properties/report", child);
            send(gateway, GATEWAY_ROOT + "properties/report", report(2));
            gateway.publishes(GATEWAY_ROOT + "properties/report", report(3));

            assertThat(server.platform.things.reported())
                    .extracting(Facts::device)
                    .containsExactly(CHILD, GATEWAY, GATEWAY);
            assertThat(count(CHILD)).isEqualTo(new Value.Whole(1));
            assertThat(server.session(CHILD)).isNotNull();
        }
    }

    @Test
    void a_gateway_speaks_for_nobody_elses_child() {
        try (TestDevice gateway = server.huawei("room_g1").connects();
                TestDevice other = server.huawei("room_m1").connects()) {
            addsTheChild(gateway);
            other.publishes(
                    "$oc/devices/room_m1/sys/gateway/sub_devices/properties/report",
                    "{\"devices\":[{\"device_id\":\"room_s1\"," + report(1).substring(1) + "]}");
            other.publishes(
                    "$oc/devices/room_m1/sys/messages/up", "{\"object_device_id\":\"room_s1\",\"content\":\"hi\"}");
            other.publishes("$oc/devices/room_m1/sys/properties/report", report(5));

            assertThat(server.session(CHILD)).isNull();
            assertThat(server.platform.things.reported())
                    .extracting(Facts::device)
                    .containsExactly(METER);
            assertThat(server.platform.log.events)
                    .filteredOn(event -> event.topic().endsWith("messages/up"))
                    .isEmpty();
        }
    }

    @Test
    void an_answer_of_another_gateway_answers_nothing() {
        try (TestDevice gateway = server.huawei("room_g1").connects();
                TestDevice other = server.huawei("room_m1").connects()) {
            addsTheChild(gateway);
            gateway.publishes(
                    GATEWAY_ROOT + "gateway/sub_devices/properties/report",
                    "{\"devices\":[{\"device_id\":\"room_s1\"," + report(1).substring(1) + "]}");
            var reply = command(CHILD, "blink");
            Heard command = gateway.hears();

            other.publishes(answerTo(command).replace("room_g1", "room_m1"), "{\"result_code\":7}");
            assertThat(reply).isNotDone();
            gateway.publishes(answerTo(command), "{\"result_code\":0}");
            assertThat(answer(reply).code()).isEqualTo("0");
        }
    }

    private static void addsTheChild(TestDevice gateway) {
        gateway.publishes(
                GATEWAY_ROOT + "events/up",
                manager("add_sub_device_request", "{\"devices\":[{\"node_id\":\"s1\",\"product_id\":\"room\"}]}"));
        assertThat(gateway.hears().text()).contains("\"device_id\":\"room_s1\"").contains("\"event_id\":\"e1\"");
    }

    private CompletableFuture<Uplink.Reply> command(DeviceId device, String name) {
        return ask(device, id -> new Downlink.Command(id, name, Value.Fields.NONE, true));
    }

    private CompletableFuture<Uplink.Reply> ask(DeviceId device, Function<String, Downlink> question) {
        return server.platform.requests.ask(device, PATIENCE, question);
    }

    private static Answer answer(CompletableFuture<Uplink.Reply> reply) {
        return requireNonNull(reply.join().answer());
    }

    private Value count(DeviceId device) {
        return requireNonNull(server.platform.things.state(device).reported().get("Room:count"))
                .value();
    }

    /// At QoS 0: what follows is on its way before this was read.
    private static void send(TestDevice device, String topic, String text) {
        device.publishes(topic, 0, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String answerTo(Heard question) {
        return question.topic().replace("/request_id=", "/response/request_id=");
    }

    private static String report(int count) {
        return "{\"services\":[{\"service_id\":\"Room\",\"properties\":{\"count\":" + count + "}}]}";
    }

    private static String manager(String type, String paras) {
        return "{\"services\":[{\"service_id\":\"$sub_device_manager\",\"event_type\":\"" + type
                + "\",\"event_id\":\"e1\",\"paras\":" + paras + "}]}";
    }
}
