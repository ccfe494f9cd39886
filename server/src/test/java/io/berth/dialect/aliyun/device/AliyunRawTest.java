package io.berth.dialect.aliyun.device;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.message.Answer;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.product.Scripts.Fault;
import io.berth.core.state.Facts;
import io.berth.core.thing.Sample;
import io.berth.dialect.Attempt;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Products of bytes (spec aliyun-device 5.3, 8). The bytes of [FakeScripts] are Alink with a `B` before it.
final class AliyunRawTest {
    private static final String UP = "thing/model/up_raw";
    private static final String POST =
            "B{\"method\":\"thing.event.property.post\",\"version\":\"1.0\",\"id\":\"7\",\"params\":{\"Temp\":21.5}}";

    private final FakeScripts scripts = new FakeScripts();
    private final MeterDevice device = MeterDevice.raw(scripts);

    @Test
    void bytes_are_a_property_post_and_answered_in_bytes() {
        assertThat(device.tells(UP, POST))
                .containsExactly(Facts.ofSamples(
                                MeterDevice.ID, List.of(new Sample("Temp", new Value.Decimal(21.5), Attempt.NOW)))
                        .with("7", List.of()));
        assertThat(reply(POST))
                .isEqualTo(Outgoing.Publish.implicit(
                        "/sys/a1pk/dev1/thing/model/up_raw_reply",
                        Qos.AT_MOST_ONCE,
                        Payload.of("B{\"code\":200,\"id\":\"7\",\"message\":\"success\","
                                + "\"method\":\"thing.event.property.post\",\"version\":\"1.0\",\"data\":{}}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "B{\"method\":\"thing.event.alarm.post\",\"id\":\"7\",\"params\":{\"code\":1}}~200",
                "B{\"method\":\"thing.event.flood.post\",\"id\":\"7\",\"params\":{}}~5160",
                "B{\"method\":\"thing.event.property.batch.post\",\"id\":\"7\",\"params\":{}}~200",
                "B{\"method\":\"thing.property.desired.get\",\"id\":\"7\",\"params\":[]}~200",
                "B{\"method\":\"thing.deviceinfo.update\",\"id\":\"7\",\"params\":[]}~200",
                "B{\"method\":\"thing.nonsense\",\"id\":\"7\",\"params\":{}}~6813",
            })
    void bytes_are_whatever_their_method_says(String bytes, int code) {
        assertThat(reply(bytes).payload().text()).startsWith("B{\"code\":" + code + ",\"id\":\"7\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "!MISSING~26001",
                "!BROKEN~26002",
                "!EXHAUSTED~26002",
                "!FUNCTION_MISSING~26006",
                "!WRONG_RESULT~26007",
                "!OVERLOADED~26010",
                "B{\"id\":\"7\",\"params\":{}}~6450",
                "B{\"method\":\"thing.model.up_raw\",\"id\":\"7\",\"params\":{}}~6203",
                "B{\"method\":\"ext.ntp\",\"id\":\"7\",\"params\":{}}~6203",
                "B{\"method\":\"thing.+\",\"id\":\"7\",\"params\":{}}~6203",
            })
    void a_script_that_fails_is_told_in_clear(String bytes, int code) {
        assertThat(device.publishes(UP, bytes)).isInstanceOf(Reading.Dropped.class);
        assertThat(reply(bytes).payload().text())
                .startsWith("{\"code\":" + code + ",\"id\":\"\",")
                .endsWith(",\"method\":\"thing.model.up_raw\",\"version\":\"1.0\",\"data\":{}}");
    }

    @ParameterizedTest
    @EnumSource(names = {"MISSING", "FUNCTION_MISSING"})
    void there_is_no_answer_without_a_function_for_it(Fault fault) {
        scripts.whenWriting = fault;

        assertThat(MeterDevice.reply(device.publishes(UP, POST))).isNull();
        assertThat(device.tells(UP, POST)).hasSize(1);
    }

    @Test
    void an_answer_the_script_cannot_write_is_told_in_clear() {
        scripts.whenWriting = Fault.WRONG_RESULT;

        assertThat(reply(POST).payload().text()).startsWith("{\"code\":26007,");
    }

    @ParameterizedTest
    @ValueSource(strings = {UP, "thing/model/down_raw_reply"})
    void bytes_answer_a_request(String suffix) {
        Reading reading = device.publishes(
                suffix, "B{\"method\":\"thing.service.property.set\",\"id\":\"105\",\"code\":200,\"data\":{}}");

        assertThat(((Reading.Accepted) reading).uplink()).isInstanceOfSatisfying(Uplink.Reply.class, answered -> {
            assertThat(answered.requestId()).isEqualTo("105");
            assertThat(answered.answer()).isEqualTo(new Answer(true, "200", "", Value.Fields.NONE));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {UP, "thing/model/down_raw_reply"})
    void an_answer_with_two_bytes_of_the_id_is_of_the_last_request_that_has_them(String suffix) {
        down(new Downlink.PropertySet("1900065641", Value.Fields.NONE));
        down(new Downlink.PropertySet("1900000105", Value.Fields.NONE));
        String low = Long.toString(1900000105L & 0xffff);

        Reading reading = device.publishes(
                suffix, "B{\"method\":\"thing.service.property.set\",\"id\":\"" + low + "\",\"code\":200}");

        assertThat(((Reading.Accepted) reading).uplink())
                .isInstanceOfSatisfying(
                        Uplink.Reply.class,
                        answered -> assertThat(answered.requestId()).isEqualTo("1900000105"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rrpc/response/9", "/ext/rrpc/9/sys/a1pk/dev1/thing/model/down_raw"})
    void bytes_answer_a_caller_who_waits(String topic) {
        Reading reading = device.publishes(topic, "B{\"code\":460,\"message\":\"no\",\"data\":{}}");

        assertThat(((Reading.Accepted) reading).uplink()).isInstanceOfSatisfying(Uplink.Reply.class, answered -> {
            assertThat(answered.requestId()).isEqualTo("9");
            assertThat(answered.answer()).isEqualTo(new Answer(false, "460", "no", Value.Fields.NONE));
        });
        assertThat(((Reading.Accepted) device.publishes(topic, "!BROKEN")).uplink())
                .isInstanceOfSatisfying(
                        Uplink.Reply.class,
                        bytes -> assertThat(Optional.ofNullable(bytes.answer())).isEmpty());
    }

    @Test
    void what_is_set_and_called_goes_down_as_bytes() {
        Value.Fields warm = Value.Fields.of("Temp", new Value.Decimal(23));
        Value.Fields soon = Value.Fields.of("delay", new Value.Whole(5));

        assertThat(down(new Downlink.PropertySet("105", warm)))
                .isEqualTo(Outgoing.Publish.implicit(
                        "/sys/a1pk/dev1/thing/model/down_raw",
                        Qos.AT_LEAST_ONCE,
                        Payload.of("B{\"id\":\"105\",\"version\":\"1.0.0\",\"method\":\"thing.service.property.set\","
                                + "\"params\":{\"Temp\":23.0}}")));
        assertThat(((Outgoing.Publish) down(new Downlink.Command("9", "reboot", soon, true))).topic())
                .isEqualTo("/ext/rrpc/9/sys/a1pk/dev1/thing/model/down_raw");
    }

    @Test
    void what_the_script_cannot_write_does_not_go_down() {
        scripts.whenWriting = Fault.BROKEN;

        assertThat(down(new Downlink.PropertySet("105", Value.Fields.NONE)))
                .isEqualTo(new Outgoing.Refused(Problem.SCRIPT_FAILED, "as told"));
    }

    @Test
    void a_custom_topic_asks_for_the_script_and_is_rid_of_the_suffix() {
        assertThat(message("/a1pk/dev1/old/form?_sn=default", "x"))
                .contains(new Uplink.Message(
                        "/a1pk/dev1/old/form", Qos.AT_LEAST_ONCE, Payload.of("{\"/a1pk/dev1/old/form\":\"x\"}")));
    }

    @Test
    void a_custom_message_passes_as_it_came_where_no_script_reads_it() {
        assertThat(message("/a1pk/dev1/old/form?_sn=default", "!MISSING").map(Uplink.Message::payload))
                .contains(Payload.of("!MISSING"));
        assertThat(message("/a1pk/dev1/old/form?_sn=default", "!BROKEN")).isEmpty();
        assertThat(message("/a1pk/dev1/old/form", "!BROKEN").map(Uplink.Message::payload))
                .contains(Payload.of("!BROKEN"));
    }

    private Optional<Uplink.Message> message(String topic, String body) {
        return device.publishes(topic, body) instanceof Reading.Accepted accepted
                ? Optional.of((Uplink.Message) accepted.uplink())
                : Optional.empty();
    }

    private Outgoing down(Downlink downlink) {
        return ((Outgoing.Later) device.wire.write(downlink)).work().write();
    }

    private Outgoing.Publish reply(String bytes) {
        return requireNonNull(MeterDevice.reply(device.publishes(UP, bytes)));
    }
}
