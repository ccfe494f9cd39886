package io.berth.dialect.aliyun.device;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Value;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.state.ShadowDocument;
import io.berth.dialect.Attempt;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Spec aliyun-device 5.4, with the captured update of V11 and the conflict of V12.
final class AliyunShadowTest {
    private static final String UPDATE = "/shadow/update/a1pk/dev1";
    private static final String RED =
            "{\"method\":\"update\",\"state\":{\"reported\":{\"color\":\"red\"}},\"version\":1}";

    private final MeterDevice device = MeterDevice.lenient();

    @ParameterizedTest(name = "{1} for {0}")
    @CsvSource(
            delimiter = '~',
            value = {
                "{~400",
                "[]~400",
                "{\"state\":{\"reported\":{\"a\":1}},\"version\":2}~401",
                "{\"method\":\"update\",\"version\":2}~402",
                "{\"method\":\"update\",\"state\":\"x\",\"version\":2}~402",
                "{\"method\":\"update\",\"state\":{\"reported\":{\"a\":1}}}~403",
                "{\"method\":\"update\",\"state\":{\"reported\":{\"a\":1}},\"version\":\"two\"}~403",
                "{\"method\":\"update\",\"state\":{},\"version\":2}~404",
                "{\"method\":\"delete\",\"state\":{},\"version\":2}~404",
                "{\"method\":\"update\",\"state\":{\"reported\":{}},\"version\":2}~405",
                "{\"method\":\"delete\",\"state\":{\"reported\":{}},\"version\":2}~405",
                "{\"method\":\"rewind\",\"state\":{\"reported\":{\"a\":1}},\"version\":2}~406",
                "{\"method\":7,\"state\":{\"reported\":{\"a\":1}},\"version\":2}~406",
                "{}~407",
                "''~407",
                "{\"method\":\"update\",\"state\":{\"reported\":{\"a\":1}},\"version\":1}~409",
                "{\"method\":\"update\",\"state\":{\"reported\":{\"a\":1}},\"version\":0}~409",
                "{\"method\":\"delete\",\"state\":{\"reported\":\"null\"},\"version\":1}~409",
            })
    void refuses_with_the_code_of_the_specification(String body, int code) {
        device.publishes(UPDATE, RED);

        assertThat(device.publishes(UPDATE, body)).isInstanceOf(Reading.Dropped.class);
        assertThat(device.hears(UPDATE, body))
                .startsWith(
                        "{\"method\":\"reply\",\"timestamp\":1704166200,\"payload\":{\"status\":\"error\",\"content\":"
                                + "{\"errorcode\":\"" + code + "\",\"errormessage\":\"");
        assertThat(shadow().version()).isEqualTo(1);
    }

    @Test
    void refuses_more_than_128_attributes() {
        String attributes =
                IntStream.range(0, 129).mapToObj(i -> "\"a" + i + "\":1").collect(Collectors.joining(",", "{", "}"));

        assertThat(device.hears(
                        UPDATE, "{\"method\":\"update\",\"state\":{\"reported\":" + attributes + "},\"version\":1}"))
                .contains("\"errorcode\":\"408\"");
    }

    @Test
    void answers_an_update_without_its_state_at_qos_1() {
        Reading reading = device.publishes(UPDATE, RED);

        Outgoing.Publish reply = requireNonNull(MeterDevice.reply(reading));
        assertThat(reply.topic()).isEqualTo("/shadow/get/a1pk/dev1");
        assertThat(reply.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
        assertThat(reply.implicit()).isTrue();
        assertThat(reply.payload().text())
                .isEqualTo("{\"method\":\"reply\",\"timestamp\":1704166200,"
                        + "\"payload\":{\"status\":\"success\",\"version\":1}}");
        assertThat(((Reading.Accepted) reading).uplink()).isInstanceOf(Uplink.Info.class);
    }

    @Test
    void takes_the_milliseconds_that_node_sends_as_version() {
        assertThat(device.hears(
                        UPDATE, "{\"method\":\"update\",\"state\":{\"reported\":{\"a\":1}},\"version\":1795288351898}"))
                .contains("\"version\":1795288351898");
    }

    @Test
    void shows_what_is_reported_and_what_is_wanted_with_their_times() {
        device.publishes(UPDATE, RED);
        assertThat(device.hears(UPDATE, "{\"method\":\"get\"}"))
                .isEqualTo("{\"method\":\"reply\",\"version\":1,\"timestamp\":1704166200,\"payload\":"
                        + "{\"status\":\"success\",\"state\":{\"reported\":{\"color\":\"red\"}},"
                        + "\"metadata\":{\"reported\":{\"color\":{\"timestamp\":1704166200}}}}}");

        wants("color", "green");

        assertThat(device.hears(UPDATE, "{\"method\":\"get\"}"))
                .contains("\"state\":{\"reported\":{\"color\":\"red\"},\"desired\":{\"color\":\"green\"}}")
                .contains("\"desired\":{\"color\":{\"timestamp\":1704166200}}");
    }

    @Test
    void shows_an_empty_shadow_before_the_first_report() {
        assertThat(device.hears(UPDATE, "{\"method\":\"get\"}"))
                .contains("\"version\":0")
                .contains("\"state\":{\"reported\":{}}");
    }

    @ParameterizedTest
    @CsvSource({"'\"null\"'", "null"})
    void the_device_clears_what_it_did(String nothing) {
        wants("color", "green");

        device.publishes(UPDATE, "{\"method\":\"update\",\"state\":{\"desired\":" + nothing + "},\"version\":9}");

        assertThat(shadow().desired().isEmpty()).isTrue();
        assertThat(shadow().version()).isEqualTo(9);
    }

    @Test
    void the_device_reports_and_clears_in_one_message() {
        wants("color", "green");

        device.publishes(
                UPDATE,
                "{\"method\":\"update\",\"state\":{\"reported\":{\"color\":\"green\"},\"desired\":\"null\"},\"version\":9}");

        assertThat(shadow().reported()).isEqualTo(Value.Fields.of("color", new Value.Text("green")));
        assertThat(shadow().desired().isEmpty()).isTrue();
    }

    @Test
    void the_device_deletes_attributes_or_all() {
        device.publishes(
                UPDATE,
                "{\"method\":\"update\",\"state\":{\"reported\":{\"a\":1,\"b\":{\"c\":2,\"d\":3}}},\"version\":1}");

        device.publishes(
                UPDATE,
                "{\"method\":\"delete\",\"state\":{\"reported\":{\"a\":\"null\",\"b\":{\"c\":null}}},\"version\":2}");
        assertThat(shadow().reported()).isEqualTo(Value.Fields.of("b", Value.Fields.of("d", new Value.Whole(3))));

        device.publishes(UPDATE, "{\"method\":\"delete\",\"state\":{\"reported\":\"null\"},\"version\":3}");
        assertThat(shadow().reported().isEmpty()).isTrue();
    }

    @Test
    void counting_begins_again_with_minus_one() {
        device.publishes(UPDATE, RED);

        assertThat(device.hears(UPDATE, "{\"method\":\"update\",\"state\":{\"reported\":{\"a\":1}},\"version\":-1}"))
                .contains("\"version\":0");
        assertThat(device.hears(UPDATE, RED)).contains("\"status\":\"success\",\"version\":1");
    }

    @Test
    void a_wish_reaches_the_device_as_control() {
        Outgoing.Publish sent =
                (Outgoing.Publish) device.wire.write(new Downlink.ShadowChanged(wants("color", "green")));

        assertThat(sent.topic()).isEqualTo("/shadow/get/a1pk/dev1");
        assertThat(sent.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
        assertThat(sent.payload().text())
                .isEqualTo("{\"method\":\"control\",\"version\":1,\"timestamp\":1704166200,\"payload\":"
                        + "{\"status\":\"success\",\"state\":{\"reported\":{},\"desired\":{\"color\":\"green\"}},"
                        + "\"metadata\":{\"reported\":{},\"desired\":{\"color\":{\"timestamp\":1704166200}}}}}");
    }

    private ShadowDocument wants(String attribute, String text) {
        return device.platform.things.change(
                MeterDevice.ID,
                Attempt.NOW,
                before -> before.advance(ShadowDocument.NEXT, Attempt.NOW)
                        .want(Value.Fields.of(attribute, new Value.Text(text))));
    }

    private ShadowDocument shadow() {
        return device.platform.things.find(MeterDevice.ID).orElseThrow();
    }
}
