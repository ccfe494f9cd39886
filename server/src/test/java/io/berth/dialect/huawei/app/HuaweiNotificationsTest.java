package io.berth.dialect.huawei.app;

import static io.berth.testing.ToldDevices.BARE;
import static io.berth.testing.ToldDevices.GATEWAY;
import static io.berth.testing.ToldDevices.PUMP;
import static io.berth.testing.ToldDevices.PUMP_ALIAS;
import static io.berth.testing.ToldDevices.event;
import static io.berth.testing.ToldDevices.origin;
import static io.berth.testing.ToldDevices.sample;
import static io.berth.testing.ToldDevices.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceProfile;
import io.berth.core.device.FormerDevices;
import io.berth.core.device.Tags;
import io.berth.core.message.Answer;
import io.berth.core.message.CallState;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Event;
import io.berth.core.message.Fact;
import io.berth.core.message.Fact.Lifecycle.Change;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Notification;
import io.berth.core.product.Space;
import io.berth.core.state.Facts;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Violation;
import io.berth.json.Members;
import io.berth.testing.ToldDevices;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Each kind of notification in the form of spec huawei-iotda 9.
final class HuaweiNotificationsTest {
    private static final Instant CAME = Instant.parse("2026-11-21T08:00:01.101Z");
    private static final long SAID = Instant.parse("2026-11-21T08:00:02Z").toEpochMilli();
    private static final String DOWN = "$oc/devices/" + PUMP_ALIAS + "/user/down";

    private final ToldDevices told = new ToldDevices();
    private final Tags tags = new Tags(told.belongings.tags);
    private final FormerDevices former = new FormerDevices(told.registry.directory());
    private final Map<DeviceId, Instant> online = new HashMap<>();
    private final Map<DeviceId, DeviceId> gateways = new HashMap<>();
    private final HuaweiNotifications format = new HuaweiNotifications(new HuaweiNotifications.Registry(
            former,
            tags,
            told.products::find,
            id -> Optional.of(new Space(id, "The fleet", CAME, true)),
            child -> Optional.ofNullable(gateways.get(child)),
            device -> Optional.ofNullable(online.get(device))));

    @Test
    void every_notification_says_what_it_is_and_whom_it_is_about() {
        tags.put(PUMP, new LinkedHashMap<>(Map.of("room", "B2")));

        Notification news = only(event(PUMP, new Fact.Status(true, "connected", CAME, "203.0.113.9:1")));

        assertThat(news.topic()).isEqualTo("device.status:update");
        assertThat(news.isText()).isTrue();
        assertThat(tree(news)).isEqualTo(tree("""
                {"resource":"device.status","event":"update","event_time":"20261121T080003Z",
                 "event_time_ms":"2026-11-21T08:00:03.118Z","request_id":"%s",
                 "notify_data":{
                   "header":{"app_id":"00000000000000000000000000000000","device_id":"fK2mVb7Qx0aLr9ZtUeYc000101","node_id":"pump-node",
                             "product_id":"pumps","gateway_id":"fK2mVb7Qx0aLr9ZtUeYc000101",
                             "tags":[{"tag_key":"room","tag_value":"B2"}]},
                   "body":{"status":"ONLINE","last_online_time":"20261121T080001Z",
                           "status_update_time":"2026-11-21T08:00:03.118Z"}}}""".formatted(HuaweiEnvelope.requestId(ToldDevices.ID))));
    }

    @Test
    void a_batch_task_is_about_no_device() {
        Value.Fields batch = new Members()
                .with("id", "000000000000000000000abc")
                .with("kind", "command")
                .with("sync", true)
                .with("space", "s1")
                .with("state", "partly_done")
                .with("note", "")
                .end();

        Notification news = only(
                new Event(ToldDevices.ID, CAME, "", null, null, new Fact.Told(Event.Kind.COMMAND, "batch", batch)));

        assertThat(news.topic()).isEqualTo("batchtask:update");
        assertThat(header(news)).isEqualTo(tree("{\"app_id\":\"s1\"}"));
        assertThat(body(news)).isEqualTo(tree("""
                {"app_id":"s1","task_id":"000000000000000000000abc","task_type":"createCommands",
                 "status":"PartialSuccess","status_desc":""}"""));
    }

    @Test
    void a_request_id_is_a_uuid_that_tells_events_apart_and_stays() {
        UUID id = HuaweiEnvelope.requestId(ToldDevices.ID);

        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(HuaweiEnvelope.requestId(ToldDevices.ID)).isEqualTo(id);
        for (int bit = 0; bit < 64; bit++) {
            assertThat(HuaweiEnvelope.requestId(ToldDevices.ID ^ (1L << bit))).isNotEqualTo(id);
        }
    }

    @Test
    void a_device_behind_a_gateway_names_it() {
        Event reported =
                event(BARE, new Fact.Message(), origin("$oc/x", Payload.of("1"), GATEWAY, MessageProperties.NONE));

        assertThat(header(only(reported)).get("gateway_id")).isEqualTo(new Value.Text(ToldDevices.GATEWAY_ALIAS));
    }

    /// Spec huawei-iotda 9: also what no session brought, such as a command or a change of the registry.
    @Test
    void a_device_behind_a_gateway_names_it_whatever_is_told_of_it() {
        gateways.put(BARE, GATEWAY);
        Fact.CallTimes times = new Fact.CallTimes(CAME, null, null, null);
        for (Fact fact : List.of(
                new Fact.CallProgress("c-1", "reboot", CallState.QUEUED, times, null, null, ""),
                new Fact.MessageProgress("m-1", "", DOWN, DeliveryState.QUEUED, null, ""),
                new Fact.Lifecycle(Change.DISABLED, "bare_bare-1", "bare-1"))) {
            assertThat(header(only(event(BARE, fact))).get("gateway_id"))
                    .isEqualTo(new Value.Text(ToldDevices.GATEWAY_ALIAS));
        }
        Value.Fields shown = body(only(event(BARE, new Fact.Lifecycle(Change.CREATED, "bare_bare-1", "bare-1"))));
        assertThat(shown.get("gateway_id")).isEqualTo(new Value.Text(ToldDevices.GATEWAY_ALIAS));
        assertThat(shown.get("node_type")).isEqualTo(new Value.Text("ENDPOINT"));
    }

    @Test
    void a_report_is_grouped_by_service_and_time() {
        Facts facts = Facts.ofSamples(
                PUMP,
                List.of(
                        sample("Flow", new Value.Decimal(12.5), SAID),
                        sample("motor:Heat", new Value.Whole(71), SAID),
                        sample("Power", new Value.Flag(true), SAID),
                        sample("Speed", new Value.Whole(1), SAID),
                        sample("Speed", new Value.Whole(2), SAID + 1_000)));

        Notification news = only(event(PUMP, new Fact.Properties(facts)));

        assertThat(news.topic()).isEqualTo("device.property:report");
        assertThat(body(news)).isEqualTo(tree("""
                {"services":[
                 {"service_id":"default","properties":{"Flow":12.5,"Power":true,"Speed":1},
                  "event_time":"20261121T080002Z"},
                 {"service_id":"motor","properties":{"Heat":71},"event_time":"20261121T080002Z"},
                 {"service_id":"default","properties":{"Speed":2},"event_time":"20261121T080003Z"}]}"""));
    }

    @Test
    void a_product_without_a_model_forwards_what_its_devices_report() {
        Facts facts =
                Facts.none(BARE).with("", Facts.Unfit.unknown(List.of(sample("Room:Temp", new Value.Whole(21), SAID))));

        assertThat(body(only(event(BARE, new Fact.Properties(facts))))).isEqualTo(tree("""
                {"services":[{"service_id":"Room","properties":{"Temp":21},"event_time":"20261121T080002Z"}]}"""));
    }

    @Test
    void a_report_of_which_nothing_fits_the_model_is_not_told() {
        Facts facts = Facts.none(PUMP)
                .with(
                        "",
                        List.of(new Facts.Unfit(
                                sample("Other", new Value.Whole(1), SAID), Violation.Kind.UNKNOWN_PROPERTY, "")));

        assertThat(format.write(event(PUMP, new Fact.Properties(facts)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"a\": [1]}|{\"a\":[1]}", "21|21", "on|\"on\"", "{\"a\":|\"{\\\"a\\\":\"", "''|\"\""})
    void content_is_json_when_it_parses_and_text_otherwise(String sent, String content) {
        Notification news = only(event(PUMP, new Fact.Message(), DOWN, Payload.of(sent)));

        assertThat(news.topic()).isEqualTo("device.message:report");
        assertThat(body(news)).isEqualTo(tree("{\"topic\":\"" + DOWN + "\",\"content\":" + content + "}"));
    }

    @Test
    void bytes_that_are_no_text_are_told_in_base64() {
        Payload bytes = Payload.of(new byte[] {0, (byte) 0xff, 7});

        assertThat(body(only(event(PUMP, new Fact.Message(), DOWN, bytes))).get("content"))
                .isEqualTo(new Value.Text("AP8H"));
    }

    @Test
    void a_message_carries_what_came_beside_its_bytes() {
        MessageProperties beside =
                new MessageProperties(List.of(new MessageProperties.Word("k", "v")), "reply/here", Payload.of("42"));

        Notification news = only(event(PUMP, new Fact.Message(), origin(DOWN, Payload.of("1"), null, beside)));

        assertThat(body(news).get("properties")).isEqualTo(tree("""
                {"user_properties":[{"prop_key":"k","prop_value":"v"}],"correlation_data":"42",
                 "response_topic":"reply/here"}"""));
    }

    @ParameterizedTest
    @CsvSource({
        "/a1BerthTest/pump-07/user/update,$oc/devices/fK2mVb7Qx0aLr9ZtUeYc000101/user/update",
        "/test/hello,/test/hello"
    })
    void a_device_of_another_dialect_has_the_topics_of_this_one(String sent, String topic) {
        assertThat(body(only(event(PUMP, new Fact.Message(), sent, Payload.of("1"))))
                        .get("topic"))
                .isEqualTo(new Value.Text(topic));
    }

    @ParameterizedTest
    @CsvSource({"/sys/a1BerthTest/pump-07/thing/log/post", "$oc/devices/x/sys/events/up"})
    void what_a_device_says_to_the_platform_is_no_message(String topic) {
        assertThat(format.write(event(PUMP, new Fact.Message(), topic, Payload.of("{}"))))
                .isEmpty();
    }

    @Test
    void an_event_goes_as_the_message_that_reports_it() {
        Facts facts = Facts.ofOccurrence(
                PUMP, new Occurrence("Leak", Value.Fields.of("Level", new Value.Whole(3)), Instant.ofEpochMilli(SAID)));

        assertThat(body(only(event(PUMP, new Fact.Happened(facts))))).isEqualTo(tree("""
                {"topic":"$oc/devices/fK2mVb7Qx0aLr9ZtUeYc000101/sys/events/up",
                 "content":{"object_device_id":"fK2mVb7Qx0aLr9ZtUeYc000101","services":[
                   {"service_id":"default","event_type":"Leak","event_time":"20261121T080002Z","paras":{"Level":3}}]}}"""));
    }

    @ParameterizedTest
    @CsvSource({"QUEUED,'',PENDING", "SENT,nobody confirms it,DELIVERED", "ACKNOWLEDGED,'',DELIVERED"})
    void a_message_to_a_device_is_delivered_when_that_is_known(DeliveryState state, String detail, String status) {
        Notification news = only(event(PUMP, new Fact.MessageProgress("m-1", "greeting", DOWN, state, null, detail)));

        assertThat(news.topic()).isEqualTo("device.message.status:update");
        assertThat(body(news))
                .isEqualTo(tree("{\"message_id\":\"m-1\",\"name\":\"greeting\",\"topic\":\"" + DOWN + "\",\"status\":\""
                        + status + "\",\"timestamp\":\"20261121T080003Z\"}"));
    }

    @Test
    void a_message_that_was_only_written_is_not_told_of() {
        Fact sent = new Fact.MessageProgress("m-1", "", DOWN, DeliveryState.SENT, null, "");

        assertThat(format.write(event(PUMP, sent))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_SUBSCRIBED,FAILED,IOTDA.014112,because",
        "TIMED_OUT,TIMEOUT,IOTDA.014111,The device was not reached or did not answer in time."
    })
    void a_message_that_failed_says_why(Problem problem, String status, String code, String message) {
        Fact failed = new Fact.MessageProgress("m-1", "", DOWN, DeliveryState.QUEUED, problem, "because");
        Value.Fields body = body(only(event(PUMP, failed)));

        assertThat(body.get("status")).isEqualTo(new Value.Text(status));
        assertThat(body.get("error_info"))
                .isEqualTo(tree("{\"error_code\":\"" + code + "\",\"error_msg\":\"" + message + "\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUED,PENDING",
        "SENT,SENT",
        "ACKNOWLEDGED,DELIVERED",
        "FAILED,FAILED",
        "CANCELLED,FAILED",
        "TIMED_OUT,TIMEOUT",
        "EXPIRED,EXPIRED"
    })
    void a_call_has_the_status_of_a_command(CallState state, String status) {
        Fact.CallTimes times = new Fact.CallTimes(CAME, CAME.plusSeconds(1), null, null);
        Notification news = only(event(PUMP, new Fact.CallProgress("c-1", "reboot", state, times, null, null, "")));

        assertThat(news.topic()).isEqualTo("device.command.status:update");
        assertThat(body(news))
                .isEqualTo(tree("{\"command_id\":\"c-1\",\"created_time\":\"20261121T080001Z\","
                        + "\"sent_time\":\"20261121T080002Z\",\"status\":\"" + status + "\"}"));
    }

    @ParameterizedTest
    @CsvSource({"true,0,SUCCESSFUL", "false,7,FAILED"})
    void an_answered_call_says_what_the_device_said(boolean succeeded, long code, String status) {
        Fact.CallTimes times = new Fact.CallTimes(CAME, CAME.plusSeconds(1), CAME.plusSeconds(2), CAME.plusSeconds(3));
        Answer answer =
                new Answer(succeeded, Long.toString(code), "ack", Value.Fields.of("done", new Value.Flag(true)));

        Value.Fields body = body(
                only(event(PUMP, new Fact.CallProgress("c-1", "reboot", CallState.ANSWERED, times, answer, null, ""))));

        assertThat(body).isEqualTo(tree("""
                {"command_id":"c-1","created_time":"20261121T080001Z","sent_time":"20261121T080002Z",
                 "delivered_time":"20261121T080003Z","response_time":"20261121T080004Z","status":"%s",
                 "result":{"result_code":%d,"response_name":"ack","paras":{"done":true}}}""".formatted(status, code)));
    }

    /// The vendor knows commands and properties apart: only commands have a status.
    @Test
    void setting_properties_is_no_command() {
        Fact.CallTimes times = new Fact.CallTimes(CAME, CAME, null, null);
        Fact set = new Fact.CallProgress("c-1", "", CallState.SENT, times, null, null, "");

        assertThat(format.write(event(PUMP, set))).isEmpty();
    }

    @Test
    void a_report_that_names_itself_keeps_its_name() {
        Facts facts = Facts.ofSamples(PUMP, List.of(sample("Flow", new Value.Decimal(12.5), SAID)))
                .with("r-\"1\"", List.of());
        Event huaweis = event(PUMP, new Fact.Properties(facts), "$oc/devices/x/sys/properties/report", Payload.EMPTY);
        Event others = event(PUMP, new Fact.Properties(facts), "/sys/x/y/thing/event/property/post", Payload.EMPTY);

        assertThat(((Value.Fields) tree(only(huaweis))).get("request_id")).isEqualTo(new Value.Text("r-\"1\""));
        assertThat(((Value.Fields) tree(only(others))).get("request_id"))
                .isEqualTo(
                        new Value.Text(HuaweiEnvelope.requestId(ToldDevices.ID).toString()));
    }

    @Test
    void a_created_device_is_told_whole_but_for_its_secret() {
        Notification news = only(event(PUMP, new Fact.Lifecycle(Change.CREATED, PUMP_ALIAS, "pump-node")));

        assertThat(news.topic()).isEqualTo("device:create");
        assertThat(news.body().text()).doesNotContain("s3cret");
        assertThat(body(news)).isEqualTo(tree("""
                {"app_id":"00000000000000000000000000000000","device_id":"fK2mVb7Qx0aLr9ZtUeYc000101","node_id":"pump-node",
                 "gateway_id":"fK2mVb7Qx0aLr9ZtUeYc000101","product_id":"pumps","app_name":"The fleet","device_name":"pump-node",
                 "node_type":"GATEWAY","product_name":"The pumps","description":"","fw_version":"","sw_version":"",
                 "device_sdk_version":"","auth_info":{"auth_type":"SECRET","secure_access":false,"timeout":0},
                 "create_time":"20261121T080000Z","tags":[],"status":"INACTIVE"}"""));
    }

    /// As ShowDevice answers it (spec huawei-iotda 9).
    @Test
    void an_update_says_what_was_said_of_the_device_and_how_it_is() {
        DeviceProfile profile = new DeviceProfile(
                "Pump", "in the cellar", "{\"floor\":-1}", true, Instant.parse("2026-11-21T08:05:00Z"));
        told.devices.change(PUMP, profile);
        online.put(PUMP, CAME);

        Value.Fields body = body(only(event(PUMP, new Fact.Lifecycle(Change.UPDATED, PUMP_ALIAS, "pump-node"))));

        assertThat(body.get("device_name")).isEqualTo(new Value.Text("Pump"));
        assertThat(body.get("description")).isEqualTo(new Value.Text("in the cellar"));
        assertThat(body.get("extension_info")).isEqualTo(tree("{\"floor\":-1}"));
        assertThat(body.get("auth_info"))
                .isEqualTo(tree("{\"auth_type\":\"SECRET\",\"secure_access\":true,\"timeout\":300}"));
        assertThat(body.get("status")).isEqualTo(new Value.Text("ONLINE"));
        assertThat(body.get("connection_status_update_time")).isEqualTo(new Value.Text("2026-11-21T08:00:01.101Z"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Change.class,
            names = {"UPDATED", "ENABLED", "DISABLED", "RESET"})
    void any_change_of_a_device_is_an_update(Change change) {
        assertThat(only(event(PUMP, new Fact.Lifecycle(change, PUMP_ALIAS, "pump-node")))
                        .topic())
                .isEqualTo("device:update");
    }

    @Test
    void tags_and_a_new_gateway_update_the_device() {
        assertThat(only(event(PUMP, new Fact.Tagged(Map.of("room", "B2")))).topic())
                .isEqualTo("device:update");
        Notification moved = only(event(PUMP, new Fact.Topology(true, GATEWAY)));

        assertThat(moved.topic()).isEqualTo("device:update");
        assertThat(body(moved).get("gateway_id")).isEqualTo(new Value.Text(ToldDevices.GATEWAY_ALIAS));
    }

    @Test
    void a_deleted_device_is_told_by_the_names_it_had() {
        DeviceId gone = new DeviceId("a1BerthTest", "gone-1");

        Notification news = only(event(gone, new Fact.Lifecycle(Change.DELETED, "alias-1", "node-1")));

        assertThat(news.topic()).isEqualTo("device:delete");
        assertThat(body(news)).isEqualTo(tree("""
                {"app_id":"00000000000000000000000000000000","device_id":"alias-1","node_id":"node-1","gateway_id":"alias-1","product_id":"pumps"}"""));
    }

    /// That its session ended is told after it is gone.
    @Test
    void what_is_told_of_a_device_after_its_end_has_the_names_it_had() {
        former.leaves(PUMP);
        told.devices.delete(PUMP);

        Value.Fields header = header(only(event(PUMP, new Fact.Status(false, "device-deleted", CAME, ""))));

        assertThat(header.get("device_id")).isEqualTo(new Value.Text(PUMP_ALIAS));
        assertThat(header.get("product_id")).isEqualTo(new Value.Text("pumps"));
    }

    @ParameterizedTest
    @CsvSource({"CREATED,product:create", "UPDATED,product:update"})
    void a_product_is_told_with_its_model(Change change, String topic) {
        Notification news = only(ofProduct("a1BerthTest", new Fact.Lifecycle(change, "pumps", "The pumps")));

        assertThat(news.topic()).isEqualTo(topic);
        assertThat(header(news))
                .isEqualTo(tree("{\"app_id\":\"00000000000000000000000000000000\",\"product_id\":\"pumps\"}"));
        assertThat(body(news).get("name")).isEqualTo(new Value.Text("The pumps"));
        assertThat(((Value.Items) body(news).get("service_capabilities")).items())
                .hasSize(2);
    }

    @Test
    void a_deleted_product_is_told_by_its_names() {
        Notification news = only(ofProduct("a1Gone", new Fact.Lifecycle(Change.DELETED, "gone", "Gone")));

        assertThat(news.topic()).isEqualTo("product:delete");
        assertThat(body(news)).isEqualTo(tree("{\"app_id\":\"\",\"product_id\":\"gone\",\"name\":\"Gone\"}"));
    }

    @Test
    void what_the_vendor_has_no_words_for_is_not_pushed() {
        Fact.CallTimes times = new Fact.CallTimes(CAME, null, null, null);
        List<Fact> facts = List.of(
                new Fact.Replied("1", new Answer(true, "0", "", Value.Fields.NONE)),
                new Fact.Found(List.of(BARE)),
                new Fact.CallProgress("1", "reboot", CallState.CREATED, times, null, null, ""),
                new Fact.Told(Event.Kind.EVENT, "alarm", Value.Fields.NONE));

        assertThat(facts)
                .allSatisfy(fact -> assertThat(format.write(event(PUMP, fact))).isEmpty());
    }

    private static Event ofProduct(String key, Fact fact) {
        return new Event(ToldDevices.ID, ToldDevices.NOW, key, null, null, fact);
    }

    private Notification only(Event event) {
        List<Notification> news = format.write(event);
        assertThat(news).hasSize(1);
        return news.getFirst();
    }

    private static Value.Fields header(Notification news) {
        return (Value.Fields) notifyData(news).get("header");
    }

    private static Value.Fields body(Notification news) {
        return (Value.Fields) notifyData(news).get("body");
    }

    private static Value.Fields notifyData(Notification news) {
        return (Value.Fields) ((Value.Fields) tree(news)).get("notify_data");
    }
}
