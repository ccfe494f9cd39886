package io.berth.dialect.aliyun.app;

import static io.berth.testing.ToldDevices.BARE;
import static io.berth.testing.ToldDevices.GATEWAY;
import static io.berth.testing.ToldDevices.PUMP;
import static io.berth.testing.ToldDevices.event;
import static io.berth.testing.ToldDevices.sample;
import static io.berth.testing.ToldDevices.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Answer;
import io.berth.core.message.CallState;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink.TopologyChanged;
import io.berth.core.message.Event;
import io.berth.core.message.Fact;
import io.berth.core.message.Fact.Lifecycle.Change;
import io.berth.core.message.Notification;
import io.berth.core.state.Facts;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Violation;
import io.berth.testing.ToldDevices;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each kind of notification against the samples of spec aliyun-openapi 4.3.
final class AliyunNotificationsTest {
    private static final Instant CAME = Instant.parse("2026-11-21T08:00:03.101Z");
    private static final String IDENTITY =
            "\"iotId\":\"fK2mVb7Qx0aLr9ZtUeYc000101\",\"productKey\":\"a1BerthTest\"," + "\"deviceName\":\"pump-07\",";
    private static final long CREATED = 1_795_248_003_118L;

    private final ToldDevices told = new ToldDevices();
    private final AliyunNotifications format =
            new AliyunNotifications(told.registry.directory(), AliyunNotifications.Rules.DEFAULT);

    @Test
    void a_device_that_came_is_online_since_its_session_began() {
        Notification news = only(event(PUMP, new Fact.Status(true, "connected", CAME, "203.0.113.9:50123")));

        assertThat(news.topic()).isEqualTo("/as/mqtt/status/a1BerthTest/pump-07");
        assertThat(tree(news)).isEqualTo(tree("{\"status\":\"online\"," + IDENTITY + """
                "time":"2026-11-21 16:00:03.118","utcTime":"2026-11-21T08:00:03.118Z",
                "lastTime":"2026-11-21 16:00:03.101","utcLastTime":"2026-11-21T08:00:03.101Z",
                "clientIp":"203.0.113.9"}"""));
    }

    @Test
    void a_device_that_went_was_heard_of_last_when_it_went() {
        Notification news = only(event(PUMP, new Fact.Status(false, "connection-lost", CAME, "[2001:db8::1]:50123")));

        assertThat(tree(news)).isEqualTo(tree("{\"status\":\"offline\"," + IDENTITY + """
                "time":"2026-11-21 16:00:03.118","utcTime":"2026-11-21T08:00:03.118Z",
                "lastTime":"2026-11-21 16:00:03.118","utcLastTime":"2026-11-21T08:00:03.118Z",
                "clientIp":"2001:db8::1"}"""));
    }

    @Test
    void times_without_a_zone_are_of_the_zone_that_is_set() {
        AliyunNotifications berlin = new AliyunNotifications(
                told.registry.directory(), new AliyunNotifications.Rules("Europe/Berlin", false));

        Notification news = berlin.write(event(PUMP, new Fact.Status(true, "connected", CAME, "203.0.113.9:1")))
                .getFirst();

        assertThat(news.body().text()).contains("\"time\":\"2026-11-21 09:00:03.118\"");
        assertThatThrownBy(() -> new AliyunNotifications.Rules("Mars", false))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("aliyun-events.zone");
    }

    @Test
    void a_report_has_each_value_with_its_time() {
        Facts facts = new Facts(
                        PUMP,
                        List.of(
                                sample("Flow", new Value.Decimal(12.5), 1_795_248_003_115L),
                                sample("Power", new Value.Flag(true), 1_795_248_003_115L),
                                sample("motor:Heat", new Value.Whole(71), 1_795_248_003_116L)),
                        List.of(),
                        true)
                .with("41", List.of());

        Notification news = only(event(PUMP, new Fact.Properties(facts)));

        assertThat(news.topic()).isEqualTo("/a1BerthTest/pump-07/thing/event/property/post");
        assertThat(news.isText()).isTrue();
        assertThat(tree(news)).isEqualTo(tree("{\"deviceType\":\"CustomCategory\"," + IDENTITY + """
                "requestId":"41","checkFailedData":{},"gmtCreate":1795248003118,
                "items":{"Flow":{"value":12.5,"time":1795248003115},"Power":{"value":1,"time":1795248003115},
                         "motor:Heat":{"value":71,"time":1795248003116}}}"""));
    }

    @Test
    void values_that_do_not_fit_the_model_are_told_with_their_code() {
        Facts facts = Facts.none(PUMP)
                .with(
                        "42",
                        List.of(
                                unfit("Xyz", Violation.Kind.UNKNOWN_PROPERTY, "is not in the thing model"),
                                unfit("Speed", Violation.Kind.OUT_OF_BOUNDS, "is above 100"),
                                unfit("Flow", Violation.Kind.WRONG_TYPE, "is no number")));

        Notification news = only(event(PUMP, new Fact.Properties(facts)));

        assertThat(((Value.Fields) tree(news)).get("checkFailedData")).isEqualTo(tree("""
                {"Xyz":{"value":1,"time":7,"code":6304,"message":"tsl parse: params not exist -> Xyz"},
                 "Speed":{"value":1,"time":7,"code":6306,"message":"tsl parse: int value is error -> Speed"},
                 "Flow":{"value":1,"time":7,"code":6322,"message":"tsl parse: double value is error -> Flow"}}"""));
    }

    @Test
    void a_property_with_several_values_in_one_message_takes_several_notifications() {
        Facts facts = new Facts(
                PUMP,
                List.of(
                        sample("Speed", new Value.Whole(1), 1),
                        sample("Speed", new Value.Whole(2), 2),
                        sample("Flow", new Value.Decimal(3.0), 3)),
                List.of(),
                false);

        List<Notification> news = format.write(event(PUMP, new Fact.Properties(facts)));

        assertThat(news)
                .extracting(Notification::topic)
                .containsOnly("/a1BerthTest/pump-07/thing/event/property/history/post");
        assertThat(news)
                .extracting(each -> ((Value.Fields) tree(each)).get("items"))
                .containsExactly(
                        tree("{\"Speed\":{\"value\":1,\"time\":1},\"Flow\":{\"value\":3.0,\"time\":3}}"),
                        tree("{\"Speed\":{\"value\":2,\"time\":2}}"));
    }

    @Test
    void a_report_without_an_id_has_that_of_the_event() {
        Facts facts = Facts.ofSamples(PUMP, List.of(sample("Speed", new Value.Whole(1), 1)));

        assertThat(only(event(PUMP, new Fact.Properties(facts))).body().text())
                .contains("\"requestId\":\"" + ToldDevices.ID + "\"");
    }

    @ParameterizedTest
    @CsvSource({"true,/post", "false,/history/post"})
    void an_event_has_name_and_type_of_the_model(boolean current, String suffix) {
        Occurrence leak = new Occurrence(
                "Leak", Value.Fields.of("Level", new Value.Whole(3)), Instant.ofEpochMilli(1_795_248_010_044L));
        Facts facts = new Facts(PUMP, List.of(), List.of(leak), current).with("42", List.of());

        Notification news = only(event(PUMP, new Fact.Happened(facts)));

        assertThat(news.topic()).isEqualTo("/a1BerthTest/pump-07/thing/event/Leak" + suffix);
        assertThat(tree(news))
                .isEqualTo(tree("{\"deviceType\":\"CustomCategory\",\"identifier\":\"Leak\",\"name\":\"Leak\","
                        + "\"type\":\"alert\"," + IDENTITY + """
                "requestId":"42","checkFailedData":{},"gmtCreate":1795248003118,
                "value":{"Level":3},"time":1795248010044}"""));
    }

    @Test
    void an_answer_keeps_the_code_of_the_device_and_the_topic_that_was_asked() {
        Answer answer = new Answer(true, "200", "success", Value.Fields.NONE);
        Notification news = only(event(
                PUMP,
                new Fact.Replied("1205", answer),
                "/sys/a1BerthTest/pump-07/thing/service/property/set_reply",
                Payload.EMPTY));

        assertThat(news.topic()).isEqualTo("/a1BerthTest/pump-07/thing/downlink/reply/message");
        assertThat(tree(news)).isEqualTo(tree("{" + IDENTITY + """
                "gmtCreate":1795248003118,"requestId":1205,"code":200,"message":"success",
                "topic":"/sys/a1BerthTest/pump-07/thing/service/property/set","data":{}}"""));
    }

    @ParameterizedTest
    @CsvSource({
        "true,0,200,properties/set,/sys/a1BerthTest/pump-07/thing/service/property/set",
        "false,7,400,properties/get,/sys/a1BerthTest/pump-07/thing/service/property/get",
        "true,0,200,commands,/sys/a1BerthTest/pump-07/thing/service"
    })
    void an_answer_of_another_dialect_gets_a_code_of_this_one(
            boolean succeeded, String said, long code, String path, String asked) {
        Answer answer = new Answer(succeeded, said, "", Value.Fields.NONE);
        Value.Fields body = (Value.Fields) tree(only(event(
                PUMP,
                new Fact.Replied("uuid-1", answer),
                "$oc/devices/x/sys/" + path + "/response/request_id=1",
                Payload.EMPTY)));

        assertThat(body.get("code")).isEqualTo(new Value.Whole(code));
        assertThat(body.get("topic")).isEqualTo(new Value.Text(asked));
        assertThat(body.get("requestId")).isEqualTo(new Value.Text("uuid-1"));
    }

    @ParameterizedTest
    @CsvSource({"CREATED,create", "DELETED,delete", "ENABLED,enable", "DISABLED,disable"})
    void a_lifecycle_tells_no_secret_unless_it_is_set_to(Change change, String action) {
        Fact fact = new Fact.Lifecycle(change, ToldDevices.PUMP_ALIAS, "pump-node");
        String body = "{\"action\":\"" + action + "\"," + IDENTITY + "\"deviceSecret\":\"%s\",\"messageCreateTime\":"
                + CREATED + "}";
        AliyunNotifications telling =
                new AliyunNotifications(told.registry.directory(), new AliyunNotifications.Rules("+08:00", true));

        assertThat(only(event(PUMP, fact)).topic()).isEqualTo("/a1BerthTest/pump-07/thing/lifecycle");
        assertThat(tree(only(event(PUMP, fact)))).isEqualTo(tree(body.formatted("")));
        assertThat(tree(telling.write(event(PUMP, fact)).getFirst()))
                .isEqualTo(tree(body.formatted(change == Change.CREATED ? "s3cret" : "")));
    }

    @ParameterizedTest
    @CsvSource({"ADDED,create", "REMOVED,delete", "ENABLED,enable", "DISABLED,disable"})
    void a_topology_is_told_on_the_topic_of_the_gateway(TopologyChanged.Change change, String action) {
        Notification news = only(event(GATEWAY, new Fact.Children(change, List.of(PUMP))));

        assertThat(news.topic()).isEqualTo("/a1BerthGate/gw-1/thing/topo/lifecycle");
        assertThat(tree(news)).isEqualTo(tree("{\"action\":\"" + action + """
                ","gwIotId":"Gw3sT0pQeLm4ZrXa7uBd000101","gwProductKey":"a1BerthGate","gwDeviceName":"gw-1",
                "devices":[{"iotId":"fK2mVb7Qx0aLr9ZtUeYc000101","productKey":"a1BerthTest","deviceName":"pump-07"}],
                "messageCreateTime":1795248003118}"""));
    }

    @Test
    void a_device_that_joins_a_gateway_is_told_once() {
        assertThat(format.write(event(PUMP, new Fact.Topology(true, GATEWAY)))).isEmpty();
    }

    @Test
    void a_found_device_need_not_be_registered() {
        Notification news = only(event(GATEWAY, new Fact.Found(List.of(new DeviceId("a1BerthTest", "pump-08")))));

        assertThat(news.topic()).isEqualTo("/a1BerthGate/gw-1/thing/list/found");
        assertThat(tree(news)).isEqualTo(tree("""
                {"gwIotId":"Gw3sT0pQeLm4ZrXa7uBd000101","gwProductKey":"a1BerthGate","gwDeviceName":"gw-1",
                 "devices":[{"iotId":"","productKey":"a1BerthTest","deviceName":"pump-08"}]}"""));
    }

    @Test
    void tags_that_a_device_says_of_itself_are_told() {
        Notification news = only(event(PUMP, new Fact.Tagged(Map.of("room", "B2"))));

        assertThat(news.topic()).isEqualTo("/a1BerthTest/pump-07/thing/deviceinfo/update");
        assertThat(tree(news)).isEqualTo(tree("{" + IDENTITY + """
                "value":[{"attrKey":"room","attrValue":"B2"}],"messageCreateTime":1795248003118}"""));
    }

    @ParameterizedTest
    @CsvSource({
        "/a1BerthTest/pump-07/user/update,/a1BerthTest/pump-07/user/update",
        "$oc/devices/fK2mVb7Qx0aLr9ZtUeYc000101/user/update,/a1BerthTest/pump-07/user/update",
        "$oc/devices/fK2mVb7Qx0aLr9ZtUeYc000101/sys/messages/up,/a1BerthTest/pump-07/user/messages/up",
        "/test/hello,/a1BerthTest/pump-07/user/test/hello"
    })
    void bytes_of_custom_topics_go_unchanged(String sent, String told) {
        Payload bytes = Payload.of(new byte[] {0, (byte) 0xff, 7});

        Notification news = only(event(PUMP, new Fact.Message(), sent, bytes));

        assertThat(news).isEqualTo(new Notification(told, bytes, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sys/a1BerthTest/pump-07/thing/log/post",
                "/ext/ntp/a1BerthTest/pump-07/request",
                "/ota/device/inform/a1BerthTest/pump-07",
                "$oc/devices/fK2mVb7Qx0aLr9ZtUeYc000101/sys/events/up"
            })
    void what_a_device_says_to_the_platform_is_no_message(String topic) {
        assertThat(format.write(event(PUMP, new Fact.Message(), topic, Payload.of("{}"))))
                .isEmpty();
    }

    @Test
    void an_event_that_no_model_knows_goes_as_it_came() {
        Payload bytes = Payload.of("{\"services\":[]}");

        Notification news =
                only(event(BARE, new Fact.Happened(Facts.none(BARE)), "$oc/devices/bare_bare-1/sys/events/up", bytes));

        assertThat(news).isEqualTo(new Notification("/a1Bare/bare-1/user/events/up", bytes, false));
    }

    @Test
    void what_the_vendor_has_no_words_for_is_not_pushed() {
        Fact.CallTimes times = new Fact.CallTimes(CAME, null, null, null);
        List<Fact> facts = List.of(
                new Fact.Lifecycle(Change.UPDATED, "a", "n"),
                new Fact.Lifecycle(Change.RESET, "a", "n"),
                new Fact.Replied("1", null),
                new Fact.CallProgress("1", "reboot", CallState.SENT, times, null, null, ""),
                new Fact.MessageProgress("1", "", "/t", DeliveryState.SENT, null, ""),
                new Fact.Told(Event.Kind.EVENT, "alarm", Value.Fields.NONE));

        assertThat(facts)
                .allSatisfy(fact -> assertThat(format.write(event(PUMP, fact))).isEmpty());
        assertThat(format.write(new Event(
                        1, CAME, "a1BerthTest", null, null, new Fact.Lifecycle(Change.CREATED, "pumps", "The pumps"))))
                .isEmpty();
    }

    private Notification only(Event event) {
        List<Notification> news = format.write(event);
        assertThat(news).hasSize(1);
        return news.getFirst();
    }

    private static Facts.Unfit unfit(String key, Violation.Kind kind, String detail) {
        return new Facts.Unfit(sample(key, new Value.Whole(1), 7), kind, detail);
    }
}
