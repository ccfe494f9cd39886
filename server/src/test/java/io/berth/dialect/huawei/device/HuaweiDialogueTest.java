package io.berth.dialect.huawei.device;

import static io.berth.dialect.huawei.device.HuaweiBed.DEVICE;
import static io.berth.dialect.huawei.device.HuaweiBed.NOW_TEXT;
import static io.berth.dialect.huawei.device.HuaweiBed.OWN;
import static io.berth.dialect.huawei.device.HuaweiBed.accepted;
import static io.berth.dialect.huawei.device.HuaweiBed.answer;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Page;
import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceLogStore.Line;
import io.berth.core.device.Versions;
import io.berth.core.message.Answer;
import io.berth.core.message.Downlink;
import io.berth.core.message.Uplink;
import io.berth.core.thing.Occurrence;
import io.berth.dialect.Reading;
import io.berth.json.ValueJson;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers, shadow, events and what a device says of itself, against a model.
final class HuaweiDialogueTest {
    private static final String EVENTS = "sys/events/up";

    private final HuaweiBed bed = new HuaweiBed();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"result_code\":0,\"response_name\":\"R\",\"paras\":{\"a\":1}}|true|0|R|{\"a\":1}",
                "{\"result_code\":0,\"response_name\":null,\"paras\":null}|true|0|''|{}",
                "{\"result_code\":\"0\"}|true|0|''|{}",
                "{\"result_code\":-1}|false|-1|''|{}",
                "{\"result_code\":7,\"paras\":{\"why\":\"busy\"}}|false|7|''|{\"why\":\"busy\"}",
            })
    void an_answer_to_a_command_says_whether_it_was_done(
            String body, boolean succeeded, String code, String message, String output) {
        Answer answer = replied("sys/commands/response/request_id=7", body);

        assertThat(answer)
                .isEqualTo(new Answer(
                        succeeded,
                        code,
                        message,
                        ValueJson.readFields(Payload.of(output)).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "done", "[]", "{}", "{\"result_code\":null}", "{\"result_code\":true}"})
    void an_answer_without_form_is_one_all_the_same(String body) {
        assertThat(uplink("sys/commands/response/request_id=7", body))
                .isInstanceOfSatisfying(Uplink.Reply.class, reply -> {
                    assertThat(reply.requestId()).isEqualTo("7");
                    assertThat(reply.answer()).isNull();
                });
    }

    @Test
    void an_answer_to_a_setting_has_a_description() {
        assertThat(replied("sys/properties/set/response/request_id=7", "{\"result_code\":1,\"result_desc\":\"no\"}"))
                .isEqualTo(new Answer(false, "1", "no", Value.Fields.NONE));
    }

    @Test
    void an_answer_to_a_getting_has_the_values_by_key_and_keeps_none() {
        Answer answer = replied(
                "sys/properties/get/response/request_id=7",
                "{\"services\":[{\"service_id\":\"Room\",\"properties\":{\"count\":1}},"
                        + "{\"service_id\":\"default\",\"properties\":{\"load\":\"x\"}}]}");

        assertThat(answer)
                .isEqualTo(new Answer(
                        true,
                        "0",
                        "",
                        new Value.Fields(Map.of("Room:count", new Value.Whole(1), "load", new Value.Text("x")))));
        assertThat(bed.platform.things.reported()).isEmpty();
    }

    @Test
    void an_answer_to_a_getting_has_the_times_that_the_device_says() {
        Answer answer = replied(
                "sys/properties/get/response/request_id=7",
                "{\"services\":[{\"service_id\":\"Room\",\"properties\":{\"count\":1},"
                        + "\"event_time\":\"20261122T101010Z\"},"
                        + "{\"service_id\":\"default\",\"properties\":{\"load\":\"x\"},\"event_time\":\"today\"}]}");

        assertThat(answer.output().fields()).containsOnlyKeys("Room:count", "load");
        assertThat(answer.times()).isEqualTo(Map.of("Room:count", Instant.parse("2026-11-22T10:10:10Z")));
    }

    @Test
    void old_firmware_answers_by_number() {
        Uplink reply = uplink(
                "/huawei/v1/devices/room_d1/data/json",
                "{\"msgType\":\"deviceRsp\",\"mid\":7,\"errcode\":0,\"body\":{\"a\":1}}");

        assertThat(reply).isInstanceOfSatisfying(Uplink.Reply.class, it -> {
            assertThat(it.requestId()).isEqualTo("7");
            assertThat(it.answer()).isEqualTo(new Answer(true, "0", "", Value.Fields.of("a", new Value.Whole(1))));
        });
    }

    @Test
    void values_go_out_in_the_wires_form() {
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        values.put("Room:on", new Value.Flag(true));
        values.put("load", new Value.Text("a\"b"));
        values.put("Room:since", new Value.Moment(Instant.parse("2026-01-02T03:04:05.678Z")));
        values.put("Room:temp", new Value.Decimal(0.00001));
        values.put("Room:total", new Value.Decimal(1e10));
        values.put("Room:names", new Value.Items(List.of(new Value.Text("x"))));

        assertThat(bed.told(new Downlink.PropertySet("7", new Value.Fields(values))))
                .isEqualTo(OWN + "sys/properties/set/request_id=7 {\"object_device_id\":\"room_d1\",\"services\":["
                        + "{\"service_id\":\"Room\",\"properties\":{\"on\":true,\"since\":\"20260102T030405Z\","
                        + "\"temp\":0.000010,\"total\":10000000000,\"names\":[\"x\"]}},"
                        + "{\"service_id\":\"default\",\"properties\":{\"load\":\"a\\\"b\"}}]}");
    }

    @Test
    void asks_for_the_values_of_a_service() {
        assertThat(bed.told(new Downlink.PropertyGet("7", "", List.of())))
                .isEqualTo(OWN + "sys/properties/get/request_id=7 {\"object_device_id\":\"room_d1\","
                        + "\"service_id\":\"default\"}");
    }

    @Test
    void the_shadow_shows_what_is_wanted_and_what_is() {
        bed.publishes(
                "sys/properties/report",
                "{\"services\":[{\"service_id\":\"Room\",\"properties\":{\"count\":1},"
                        + "\"event_time\":\"20260102T030405Z\"},"
                        + "{\"service_id\":\"Room\",\"properties\":{\"on\":true},\"event_time\":\"20260102T030406Z\"}]}");
        wants(Value.Fields.of("Room:count", new Value.Whole(2)));
        wants(Value.Fields.of("load", new Value.Text("low")));
        wants(Value.Fields.of("load", Value.Nothing.NOTHING));

        String room = "{\"service_id\":\"Room\",\"desired\":{\"properties\":{\"count\":2},\"event_time\":\"" + NOW_TEXT
                + "\"},\"reported\":{\"properties\":{\"count\":1,\"on\":true},\"event_time\":\"20260102T030406Z\"},"
                + "\"version\":1}";
        String main = "{\"service_id\":\"default\",\"desired\":{\"properties\":{},\"event_time\":null},"
                + "\"reported\":{\"properties\":{},\"event_time\":null},\"version\":2}";
        assertThat(shadow("{\"object_device_id\":null,\"service_id\":null}")).isEqualTo(shadowOf(room + "," + main));
        assertThat(shadow("{\"service_id\":\"Room\"}")).isEqualTo(shadowOf(room));
        assertThat(shadow("{\"service_id\":\"default\"}")).isEqualTo(shadowOf(main));
        assertThat(shadow("{\"object_device_id\":\"room_d1\",\"service_id\":\"None\"}"))
                .isEqualTo(shadowOf(""));
    }

    @Test
    void a_gateway_asks_for_the_shadow_of_its_children_only() {
        bed.child("s1");
        bed.device("rooms", "d2", "room_d2");

        assertThat(shadow("{\"object_device_id\":\"bare_s1\"}"))
                .isEqualTo(
                        OWN + "sys/shadow/get/response/request_id=7 {\"object_device_id\":\"bare_s1\",\"shadow\":[]}");
        assertThat(bed.branches.attached())
                .as("a question about it makes no child online")
                .isEmpty();
        assertThat(bed.publishes("sys/shadow/get/request_id=7", "{\"object_device_id\":\"room_d2\"}"))
                .isEqualTo(new Reading.Dropped("not a device behind this one", null));
        assertThat(bed.publishes("sys/shadow/get/request_id=7", "{"))
                .isEqualTo(new Reading.Dropped("shadow request is not readable", null));
    }

    @Test
    void keeps_the_events_its_model_knows() {
        Reading reading = bed.publishes(
                EVENTS,
                "{\"object_device_id\":\"room_d1\",\"services\":["
                        + event("Room", "alarm", ",\"event_time\":\"20260102T030405Z\"", "{\"level\":2}") + ","
                        + event("Room", "alarm", "", "{\"level\":9}") + "," + event("Room", "alarm", "", "{\"x\":1}")
                        + "," + event("Room", "unheard", "", "{}") + ","
                        + event(
                                "Room",
                                "alarm",
                                ",\"event_time\":\"" + TestClock.START.plus(Duration.ofHours(25)) + "\"",
                                "{}")
                        + "]}");

        assertThat(((Uplink.EventReport) accepted(reading).uplink()).facts().occurrences())
                .containsExactly(new Occurrence(
                        "Room:alarm",
                        Value.Fields.of("level", new Value.Whole(2)),
                        Instant.parse("2026-01-02T03:04:05Z")));
        assertThat(accepted(reading).leftOut()).containsExactly("out of bounds", "unknown member", "bad time");
    }

    @Test
    void an_event_of_a_child_is_its_own() {
        DeviceId child = bed.child("s1");

        assertThat(bed.publishes(
                        EVENTS,
                        "{\"object_device_id\":\"bare_s1\",\"services\":[" + event("Room", "alarm", "", "{}") + "]}"))
                .isInstanceOfSatisfying(
                        Reading.Through.class,
                        through -> assertThat(
                                        ((Uplink.EventReport) accepted(through).uplink())
                                                .facts()
                                                .device())
                                .isEqualTo(child));
        assertThat(bed.publishes(EVENTS, "{\"object_device_id\":\"nobody\",\"services\":[{}]}"))
                .isEqualTo(new Reading.Dropped("not a device behind this one", null));
    }

    @Test
    void several_questions_are_answered_at_once() {
        Reading reading = bed.publishes(
                EVENTS,
                "{\"services\":[" + event("$time_sync", "time_sync_request", "", "{\"device_send_time\":1}") + ","
                        + event("$sub_device_manager", "delete_sub_device_request", "", "{\"devices\":[]}") + "]}");

        assertThat(answer(reading)).contains("time_sync_response").contains("delete_sub_device_response");
    }

    @Test
    void versions_are_kept_and_never_erased() {
        Reading reading = bed.publishes(EVENTS, info("\"1.2.1\"", "\"sw 7\"", "null"));
        assertThat(accepted(reading).uplink()).isInstanceOf(Uplink.Info.class);
        assertThat(accepted(reading).reply()).isNull();
        bed.publishes(EVENTS, info("\"1.2.2\"", "null", "\"\""));

        assertThat(bed.platform.devices.get(DEVICE).versions()).isEqualTo(new Versions("", "sw 7", "1.2.2"));
    }

    @Test
    void the_log_is_switched_on_and_off_and_kept() {
        String on = OWN + "sys/events/down {\"object_device_id\":\"room_d1\",\"services\":[{\"service_id\":\"$log\","
                + "\"event_type\":\"log_config\",\"event_time\":\"" + NOW_TEXT
                + "\",\"paras\":{\"switch\":\"on\",\"end_time\":\"99991231T235959Z\"}}]}";
        assertThat(bed.told(new Downlink.LogWanted("5", true)))
                .isEqualTo(on.replace("\"paras\"", "\"event_id\":\"5\",\"paras\""));
        assertThat(bed.told(new Downlink.LogWanted("5", false))).contains("\"switch\":\"off\"");
        bed.platform.belongings.logs.want(DEVICE, true);
        assertThat(answer(bed.publishes(EVENTS, info("\"1\"", "null", "null"))))
                .as("said again at each connect")
                .isEqualTo(on);

        Reading reading = bed.publishes(
                EVENTS,
                "{\"services\":["
                        + event(
                                "$log",
                                "log_report",
                                "",
                                "{\"timestamp\":\"1767323045123\",\"type\":\"DEVICE_STATUS\",\"content\":\"lost\"}")
                        + "]}");
        assertThat(accepted(reading).uplink()).isInstanceOf(Uplink.Info.class);
        assertThat(bed.platform
                        .belongings
                        .logs
                        .list(DEVICE, new Page.Request(null, 10))
                        .items())
                .containsExactly(
                        new Line(Instant.parse("2026-01-02T03:04:05.123Z"), "", "DEVICE_STATUS", "", "", "lost"));
    }

    @Test
    void a_configuration_is_pushed_and_answered() {
        Downlink.ConfigPushed.Config config =
                new Downlink.ConfigPushed.Config("c1", "http://x", 7, "00", Payload.of("{\"a\":1}"));
        assertThat(bed.told(new Downlink.ConfigPushed("9", config)))
                .isEqualTo(OWN + "sys/events/down {\"object_device_id\":\"room_d1\",\"services\":[{\"service_id\":"
                        + "\"$device_config\",\"event_type\":\"config_update\",\"event_time\":\"" + NOW_TEXT
                        + "\",\"event_id\":\"9\",\"paras\":{\"config_content\":{\"a\":1}}}]}");

        assertThat(uplink(
                        EVENTS,
                        "{\"object_device_id\":\"room_d1\",\"services\":["
                                + event(
                                        "$device_config",
                                        "config_update_response",
                                        "",
                                        "{\"result_code\":0,\"description\":\"ok\"}")
                                + "]}"))
                .isInstanceOfSatisfying(Uplink.Reply.class, reply -> {
                    assertThat(reply.requestId()).isEqualTo("9");
                    assertThat(reply.answer()).isEqualTo(new Answer(true, "0", "ok", Value.Fields.NONE));
                });
    }

    private void wants(Value.Fields values) {
        bed.platform.things.change(DEVICE, state -> state.withDesired(values, TestClock.START));
    }

    private String shadow(String request) {
        return answer(bed.publishes("sys/shadow/get/request_id=7", request));
    }

    private static String shadowOf(String services) {
        return OWN + "sys/shadow/get/response/request_id=7 {\"object_device_id\":\"room_d1\",\"shadow\":[" + services
                + "]}";
    }

    private Answer replied(String path, String body) {
        return requireNonNull(((Uplink.Reply) uplink(path, body)).answer());
    }

    private Uplink uplink(String path, String body) {
        return accepted(bed.publishes(path, body)).uplink();
    }

    private static String info(String sdk, String software, String firmware) {
        return "{\"object_device_id\":\"room_d1\",\"services\":["
                + event(
                        "$sdk_info",
                        "sdk_info_report",
                        "",
                        "{\"device_sdk_version\":" + sdk + ",\"sw_version\":" + software + ",\"fw_version\":" + firmware
                                + "}")
                + "]}";
    }

    private static String event(String service, String type, String more, String paras) {
        return "{\"service_id\":\"" + service + "\",\"event_type\":\"" + type + "\"" + more + ",\"paras\":" + paras
                + "}";
    }
}
