package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Answer;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.state.Facts;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import io.berth.testing.HeldDevice;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Calls of the thing model, and what is known of things (spec aliyun-openapi 3.2).
final class ThingActionsTest extends ActionBed {
    private static final String[] LAMP = {"ProductKey", "a1pk", "DeviceName", "lamp"};
    private static final DeviceId ID = new DeviceId("a1pk", "lamp");
    static final String TSL = """
            {"properties":[
              {"identifier":"Level","name":"level","accessMode":"rw",
               "dataType":{"type":"int","specs":{"min":"0","max":"10","unit":"%","unitName":"percent"}}},
              {"identifier":"Watts","name":"watts","accessMode":"r","dataType":{"type":"double","specs":{}}}],
             "events":[{"identifier":"Hot","name":"hot","type":"alert","outputData":[
               {"identifier":"t","name":"t","dataType":{"type":"int","specs":{}}}]}],
             "services":[
              {"identifier":"blink","name":"blink","callType":"sync","inputData":[
                {"identifier":"times","name":"times","dataType":{"type":"int","specs":{}}}],"outputData":[
                {"identifier":"done","name":"done","dataType":{"type":"bool","specs":{"0":"no","1":"yes"}}}]},
              {"identifier":"learn","name":"learn","callType":"async","inputData":[],"outputData":[]}]}""";

    @BeforeEach
    void make_lamp() {
        done("ImportThingModelTsl", "ProductKey", "a1pk", "TslStr", TSL);
        done("PublishThingModel", "ProductKey", "a1pk");
        api.makeDevice("a1pk", "lamp");
    }

    @Test
    void properties_are_set_when_they_fit_the_model() throws InterruptedException {
        String[] set = with(LAMP, "Items", "{\"Level\":10}");
        assertRefused("iot.device.InactiveDevice", "SetDeviceProperty", set);
        HeldDevice lamp = api.attach("a1pk", "lamp");

        String id = done("SetDeviceProperty", set).at("/Data/MessageId").asString();
        assertThat(lamp.next()).isEqualTo(new Downlink.PropertySet(id, Value.Fields.of("Level", new Value.Whole(10))));
        for (String items : List.of("{\"Level\":11}", "{\"Watts\":1.0}", "{\"None\":1}", "{}", "[1]")) {
            assertRefused("iot.device.SetDevicePropertyFailed", "SetDeviceProperty", with(LAMP, "Items", items));
        }
        assertRefused("iot.device.NotExistedDevice", "SetDeviceProperty", "IotId", "none", "Items", "{}");
    }

    @Test
    void properties_of_many_devices_are_set_where_they_are_online() throws InterruptedException {
        api.makeDevice("a1pk", "away");
        HeldDevice lamp = api.attach("a1pk", "lamp");
        String[] both = {"ProductKey", "a1pk", "DeviceName.1", "away", "DeviceName.2", "lamp"};
        done("SetDevicesProperty", with(both, "Items", "{\"Level\":3}"));
        assertThat(((Downlink.PropertySet) lamp.next()).values())
                .isEqualTo(Value.Fields.of("Level", new Value.Whole(3)));
        done("InvokeThingsService", with(both, "Identifier", "learn", "Args", "{}"));
        assertThat(((Downlink.Command) lamp.next()).service()).isEqualTo("learn");
        assertRefused(
                "iot.device.InvokeThingServiceFailed",
                "InvokeThingsService",
                with(both, "Identifier", "blink", "Args", "{}"));
    }

    @Test
    void a_service_is_called_and_its_output_comes_back() {
        api.attach("a1pk", "lamp", ThingActionsTest::blinked);
        String[] blink = with(LAMP, "Identifier", "blink", "Args", "{\"times\":2}");
        JsonNode data = done("InvokeThingService", blink).path("Data");
        assertThat(data.path("Result").asString()).isEqualTo("{\"done\":1}");
        assertThat(data.path("MessageId").asString()).isNotEmpty();
        JsonNode learned = done("InvokeThingService", with(LAMP, "Identifier", "learn", "Args", "{}"));
        assertThat(learned.path("Data").has("Result")).isFalse();
        assertRefused(
                "iot.device.InvokeThingServiceFailed",
                "InvokeThingService",
                with(LAMP, "Identifier", "blink", "Args", "{\"times\":\"x\"}"));
        assertRefused(
                "iot.device.InvokeThingServiceFailed",
                "InvokeThingService",
                with(LAMP, "Identifier", "none", "Args", "{}"));

        String now = Long.toString(api.clock.instant().toEpochMilli());
        JsonNode calls = done(
                        "QueryDeviceServiceData", with(LAMP, "StartTime", now, "EndTime", now, "Identifier", "blink"))
                .path("Data");
        assertThat(calls.at("/List/ServiceInfo/0/InputData").asString()).isEqualTo("{\"times\":2}");
        assertThat(calls.at("/List/ServiceInfo/0/OutputData").asString()).isEqualTo("{\"done\":1}");
        assertThat(calls.path("NextValid").asBoolean()).isFalse();
    }

    @Test
    void a_service_whose_answer_nobody_can_read_has_failed() {
        api.attach(
                "a1pk",
                "lamp",
                asked -> new Uplink.Reply(
                        ((Downlink.Command) asked).id(), "t", Qos.AT_MOST_ONCE, Payload.of("xx"), null));
        String[] blink = with(LAMP, "Identifier", "blink", "Args", "{\"times\":2}");

        assertRefused("iot.device.InvokeThingServiceFailed", "InvokeThingService", blink);
        assertThat(done("InvokeThingService", with(LAMP, "Identifier", "learn", "Args", "{}"))
                        .path("Data")
                        .path("MessageId")
                        .asString())
                .isNotEmpty();
    }

    private static Uplink.Reply blinked(Downlink asked) {
        Downlink.Command command = (Downlink.Command) asked;
        Value.Fields output =
                command.service().equals("blink") ? Value.Fields.of("done", new Value.Whole(1)) : Value.Fields.NONE;
        return new Uplink.Reply(
                command.id(), "t", Qos.AT_MOST_ONCE, Payload.EMPTY, new Answer(true, "200", "", output));
    }

    @Test
    void the_newest_values_are_shown_for_every_property() {
        api.report(new Facts(ID, List.of(level(7, 1_000)), List.of(), true));
        JsonNode list = done("QueryDevicePropertyStatus", LAMP).at("/Data/List/PropertyStatusInfo");
        assertThat(list.at("/0/Value").asString()).isEqualTo("7");
        assertThat(list.at("/0/Time").asString()).isEqualTo("1000");
        assertThat(list.at("/0/DataType").asString()).isEqualTo("int");
        assertThat(list.at("/0/Unit").asString()).isEqualTo("%");
        assertThat(list.at("/1/Identifier").asString()).isEqualTo("Watts");
        assertThat(list.at("/1/Value").asString()).isEmpty();
    }

    @Test
    void history_is_read_page_by_page_in_either_order() {
        long start = api.clock.instant().toEpochMilli();
        api.report(new Facts(
                ID,
                IntStream.range(0, 5).mapToObj(i -> level(i, start + i)).toList(),
                List.of(new Occurrence("Hot", Value.Fields.of("t", new Value.Whole(90)), Instant.ofEpochMilli(start))),
                true));
        String[] range = {"StartTime", "" + start, "EndTime", "" + (start + 4), "PageSize", "3"};
        String[] level = with(with(LAMP, "Identifier", "Level"), range);

        JsonNode oldest =
                done("QueryDevicePropertyData", with(level, "Asc", "1")).path("Data");
        assertThat(values(oldest.at("/List/PropertyInfo"))).containsExactly("0", "1", "2");
        assertThat(oldest.path("NextValid").asBoolean()).isTrue();
        assertThat(oldest.path("NextTime").asLong()).isEqualTo(start + 3);
        JsonNode newest =
                done("QueryDevicePropertyData", with(level, "Asc", "0")).path("Data");
        assertThat(values(newest.at("/List/PropertyInfo"))).containsExactly("4", "3", "2");
        assertThat(newest.path("NextTime").asLong()).isEqualTo(start + 1);

        JsonNode many = done(
                "QueryDevicePropertiesData",
                with(with(LAMP, "Identifier.1", "Level", "Identifier.2", "Watts", "Asc", "1"), range));
        assertThat(values(many.at("/PropertyDataInfos/PropertyDataInfo/0/List/PropertyInfo")))
                .containsExactly("0", "1", "2");
        assertThat(many.path("NextTime").asLong()).isEqualTo(start + 3);
        JsonNode events = done("QueryDeviceEventData", with(with(LAMP, "EventType", "alert"), range))
                .path("Data");
        assertThat(events.at("/List/EventInfo/0/OutputData").asString()).isEqualTo("{\"t\":90}");
        assertThat(events.at("/List/EventInfo/0/EventType").asString()).isEqualTo("alert");
        assertThat(done("QueryDeviceEventData", with(with(LAMP, "EventType", "info"), range))
                        .at("/Data/List/EventInfo"))
                .isEmpty();
    }

    @Test
    void bad_pages_and_times_are_refused() {
        String[] one =
                with(LAMP, "Identifier", "Level", "Asc", "1", "StartTime", "0", "EndTime", "1", "PageSize", "50");
        done("QueryDevicePropertyData", one);
        one[one.length - 1] = "51";
        assertRefused("iot.common.InvalidPageParams", "QueryDevicePropertyData", one);
        one[one.length - 1] = "0";
        assertRefused("iot.common.InvalidPageParams", "QueryDevicePropertyData", one);
        one[one.length - 1] = "1";
        one[9] = "-1";
        assertRefused("iot.device.InvalidTimeBucket", "QueryDevicePropertyData", one);
    }

    @Test
    void wishes_have_versions() {
        JsonNode first =
                done("SetDeviceDesiredProperty", with(LAMP, "Items", "{\"Level\":5}", "Versions", "{\"Level\":0}"));
        assertThat(first.at("/Data/Versions").asString()).isEqualTo("{\"Level\":1}");
        assertRefused(
                "iot.device.SetDevicePropertyFailed",
                "SetDeviceDesiredProperty",
                with(LAMP, "Items", "{\"Level\":6}", "Versions", "{\"Level\":0}"));
        JsonNode wish = done("QueryDeviceDesiredProperty", with(LAMP, "Identifier.1", "Level"))
                .at("/Data/List/DesiredPropertyInfo/0");
        assertThat(wish.path("Value").asString()).isEqualTo("5");
        assertThat(wish.path("Version").asLong()).isEqualTo(1);

        done("ClearDeviceDesiredProperty", with(LAMP, "Identifies.1", "Level"));
        JsonNode gone = done("QueryDeviceDesiredProperty", LAMP).at("/Data/List/DesiredPropertyInfo/0");
        assertThat(gone.has("Value")).isFalse();
        assertThat(gone.path("Version").asLong()).isEqualTo(2);
    }

    @Test
    void a_wish_is_told_under_the_id_that_its_answer_gives() throws InterruptedException {
        HeldDevice lamp = api.attach("a1pk", "lamp");
        String id = done("SetDeviceDesiredProperty", with(LAMP, "Items", "{\"Level\":5}", "Versions", "{}"))
                .at("/Data/MessageId")
                .asString();

        assertThat(lamp.next()).isEqualTo(new Downlink.PropertySet(id, Value.Fields.of("Level", new Value.Whole(5))));
    }

    @Test
    void a_shadow_goes_there_and_back() throws InterruptedException {
        HeldDevice lamp = api.attach("a1pk", "lamp");
        done("UpdateDeviceShadow", with(LAMP, "ShadowMessage", update("{\"a\":1}", 1)));
        assertThat(((Downlink.ShadowChanged) lamp.next()).shadow().version()).isEqualTo(1);
        done("UpdateDeviceShadow", with(LAMP, "ShadowMessage", update("{\"b\":2}", 2), "DeltaUpdate", "true"));
        assertThat(shadow()).contains("\"desired\":{\"a\":1,\"b\":2}", "\"version\":2");
        assertRefused(
                "iot.messagebroker.InvalidVersionValueInShadowMessage",
                "UpdateDeviceShadow",
                with(LAMP, "ShadowMessage", update("{\"b\":3}", 2)));
        done("UpdateDeviceShadow", with(LAMP, "ShadowMessage", update("{\"c\":3}", 0)));
        assertThat(shadow()).contains("\"desired\":{\"c\":3}", "\"version\":0");
    }

    private String shadow() {
        return done("GetDeviceShadow", LAMP).path("ShadowMessage").asString();
    }

    private static String update(String desired, long version) {
        return "{\"method\":\"update\",\"state\":{\"desired\":" + desired + "},\"version\":" + version + "}";
    }

    @Test
    void a_bad_shadow_message_is_refused_in_its_own_word() {
        String[][] bad = {
            {"ShadowMessageIsNotJson", "{"},
            {"NotFoundMethodInShadowMessage", "{}"},
            {"MethodValueIsNotUpdate", "{\"method\":\"get\"}"},
            {"InvalidVersionValueInShadowMessage", "{\"method\":\"update\"}"},
            {"NotFoundStateInShadowMessage", "{\"method\":\"update\",\"version\":1}"},
            {"ShadowMessageLengthIsLarge", update("{\"a\":\"" + "x".repeat(16 << 10) + "\"}", 1)}
        };
        for (String[] each : bad) {
            assertRefused("iot.messagebroker." + each[0], "UpdateDeviceShadow", with(LAMP, "ShadowMessage", each[1]));
        }
    }

    private static Sample level(int value, long time) {
        return new Sample("Level", new Value.Whole(value), Instant.ofEpochMilli(time));
    }

    private static List<String> values(JsonNode infos) {
        return infos.valueStream().map(info -> info.path("Value").asString()).toList();
    }
}
