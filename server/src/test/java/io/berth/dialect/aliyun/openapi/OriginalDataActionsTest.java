package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Answer;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.session.Session;
import io.berth.core.state.Facts;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// State and history in pages by token, and values that are left out of them (spec aliyun-openapi 3.2).
final class OriginalDataActionsTest extends ActionBed {
    private static final String[] LAMP = {"ProductKey", "a1pk", "DeviceName", "lamp"};
    private static final DeviceId ID = new DeviceId("a1pk", "lamp");
    private static final String PROPERTIES = "QueryDeviceOriginalPropertyData";

    @BeforeEach
    void make_lamp() {
        done("ImportThingModelTsl", "ProductKey", "a1pk", "TslStr", ThingActionsTest.TSL);
        done("PublishThingModel", "ProductKey", "a1pk");
        api.makeDevice("a1pk", "lamp");
    }

    private long now() {
        return api.clock.instant().toEpochMilli();
    }

    private static Sample level(int value, long time) {
        return new Sample("Level", new Value.Whole(value), Instant.ofEpochMilli(time));
    }

    private String[] history(String identifier, String asc, int size) {
        return with(
                LAMP,
                "Identifier",
                identifier,
                "Asc",
                asc,
                "PageSize",
                "" + size,
                "StartTime",
                "0",
                "EndTime",
                "" + now());
    }

    /// Every page of it, as what is at the pointer in each item.
    private List<String> all(String action, String list, String member, String... parameters) {
        List<String> seen = new ArrayList<>();
        JsonNode data = done(action, parameters).path("Data");
        data.at(list).forEach(item -> seen.add(item.path(member).asString()));
        while (data.path("NextValid").asBoolean()) {
            String token = data.has("NextPageToken")
                    ? data.path("NextPageToken").asString()
                    : data.path("nextPageToken").asString();
            data = done(action, with(parameters, "NextPageToken", token)).path("Data");
            data.at(list).forEach(item -> seen.add(item.path(member).asString()));
        }
        return seen;
    }

    @Test
    void values_of_one_moment_are_no_hindrance_to_pages_in_either_order() {
        long time = now();
        api.report(new Facts(
                ID,
                List.of(level(0, time - 2), level(1, time - 1), level(2, time - 1), level(3, time - 1), level(4, time)),
                List.of(),
                true));

        String list = "/List/PropertyInfo";
        assertThat(all(PROPERTIES, list, "Value", history("Level", "1", 2))).containsExactly("0", "1", "2", "3", "4");
        assertThat(all(PROPERTIES, list, "Value", history("Level", "0", 2)))
                .hasSize(5)
                .startsWith("4")
                .endsWith("0");
        assertThat(all(PROPERTIES, list, "Value", history("Level", "1", 5))).hasSize(5);
        JsonNode first = done(PROPERTIES, history("Level", "1", 2)).path("Data");
        assertThat(first.has("nextPageToken")).isTrue();
        assertThat(first.at("/List/PropertyInfo/0/Time").asString()).isEqualTo("" + (time - 2));
    }

    @Test
    void events_come_with_what_the_model_says_of_them() {
        Instant time = api.clock.instant();
        api.report(Facts.ofOccurrence(ID, new Occurrence("Hot", Value.Fields.of("t", new Value.Whole(90)), time)));

        JsonNode event =
                done("QueryDeviceOriginalEventData", history("Hot", "0", 50)).at("/Data/List/EventInfo/0");
        assertThat(event.path("OutputData").asString()).isEqualTo("{\"t\":90}");
        assertThat(event.path("EventType").asString()).isEqualTo("alert");
        assertThat(event.path("Name").asString()).isEqualTo("hot");
    }

    @Test
    void calls_of_a_service_come_in_pages() {
        api.attach(
                "a1pk",
                "lamp",
                asked -> new Uplink.Reply(
                        ((Downlink.Command) asked).id(),
                        "t",
                        Qos.AT_MOST_ONCE,
                        Payload.EMPTY,
                        new Answer(true, "200", "", Value.Fields.of("done", new Value.Whole(1)))));
        for (int i = 1; i <= 5; i++) {
            api.clock.advance(Duration.ofSeconds(i % 2));
            done("InvokeThingService", with(LAMP, "Identifier", "blink", "Args", "{\"times\":" + i + "}"));
        }

        String action = "QueryDeviceOriginalServiceData";
        assertThat(all(action, "/List/ServiceInfo", "InputData", history("blink", "1", 2)))
                .containsExactly("{\"times\":1}", "{\"times\":2}", "{\"times\":3}", "{\"times\":4}", "{\"times\":5}");
        assertThat(all(action, "/List/ServiceInfo", "InputData", history("blink", "0", 2)))
                .containsExactly("{\"times\":5}", "{\"times\":4}", "{\"times\":3}", "{\"times\":2}", "{\"times\":1}");
        assertThat(all(action, "/List/ServiceInfo", "InputData", history("learn", "0", 2)))
                .isEmpty();
    }

    @Test
    void the_newest_values_come_in_order_of_time() {
        api.report(new Facts(
                ID,
                List.of(level(7, now()), new Sample("Watts", new Value.Decimal(1.5), Instant.ofEpochMilli(now() - 5))),
                List.of(),
                true));
        String action = "QueryDeviceOriginalPropertyStatus";
        String list = "/List/PropertyStatusDataInfo";

        assertThat(all(action, list, "Identifier", with(LAMP, "Asc", "1", "PageSize", "1")))
                .containsExactly("Watts", "Level");
        assertThat(all(action, list, "Identifier", with(LAMP, "Asc", "0", "PageSize", "1")))
                .containsExactly("Level", "Watts");
        JsonNode level = done(action, with(LAMP, "Asc", "0", "PageSize", "50")).at("/Data" + list + "/0");
        assertThat(level.path("Value").asString()).isEqualTo("7");
        assertThat(level.path("Time").asLong()).isEqualTo(now());
    }

    @Test
    void bad_pages_and_tokens_are_refused() {
        for (String action : List.of(PROPERTIES, "QueryDeviceOriginalEventData", "QueryDeviceOriginalServiceData")) {
            assertRefused("iot.common.InvalidPageParams", action, history("Level", "1", 51));
            assertRefused("iot.common.InvalidPageParams", action, history("Level", "1", 0));
            assertRefused(
                    "iot.check.InvalidFormattedParameter",
                    action,
                    with(history("Level", "1", 50), "NextPageToken", "温"));
            assertRefused("iot.device.NotExistedDevice", action, with(history("Level", "1", 50), "IotId", "none"));
        }
        String status = "QueryDeviceOriginalPropertyStatus";
        assertRefused("iot.common.InvalidPageParams", status, with(LAMP, "Asc", "1", "PageSize", "51"));
        assertRefused(
                "iot.check.InvalidFormattedParameter",
                status,
                with(LAMP, "Asc", "1", "PageSize", "50", "NextPageToken", "x"));
        assertThat(api.call(status, with(LAMP, "Asc", "2", "PageSize", "50"))
                        .path("Code")
                        .asString())
                .isEqualTo("InvalidAsc");
    }

    @Test
    void what_only_repeats_is_left_out_when_the_product_wants_it_so() {
        done(
                "UpdateProductFilterConfig",
                "ProductKey",
                "a1pk",
                "PropertyTimestampFilter",
                "false",
                "PropertyValueFilter",
                "true");
        api.attach("a1pk", "lamp");
        Session session = Objects.requireNonNull(api.sessions.find(ID));
        long start = now() - 10;
        for (int value : new int[] {5, 5, 6, 6, 5}) {
            api.clock.advance(Duration.ofSeconds(1));
            Facts facts = Facts.ofSamples(ID, List.of(level(value, now())));
            api.uplinks.accept(
                    session, new Uplink.PropertyReport("t", Qos.AT_MOST_ONCE, Payload.EMPTY, facts), _ -> {});
        }

        assertThat(all(
                        PROPERTIES,
                        "/List/PropertyInfo",
                        "Value",
                        with(
                                LAMP,
                                "Identifier",
                                "Level",
                                "Asc",
                                "1",
                                "PageSize",
                                "50",
                                "StartTime",
                                "" + start,
                                "EndTime",
                                "" + now())))
                .containsExactly("5", "6", "5");
        assertRefused(
                "iot.prod.NotExistedProduct",
                "UpdateProductFilterConfig",
                "ProductKey",
                "none",
                "PropertyTimestampFilter",
                "true",
                "PropertyValueFilter",
                "true");
        assertThat(api.call("UpdateProductFilterConfig", "ProductKey", "a1pk", "PropertyValueFilter", "maybe")
                        .path("Code")
                        .asString())
                .isEqualTo("MissingPropertyTimestampFilter");
    }
}
