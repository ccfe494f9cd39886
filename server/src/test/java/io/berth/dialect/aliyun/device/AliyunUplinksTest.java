package io.berth.dialect.aliyun.device;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.message.Answer;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AliyunUplinksTest {
    private static final String POST = "thing/event/property/post";

    private final MqttWire wire = AliyunFleet.wire(",_ss=1");

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/vectors/aliyun-uplinks.csv", delimiter = '~', numLinesToSkip = 1)
    void answers_each_captured_body(String what, String topic, String body, String replyTopic, String reply) {
        Outgoing.Publish sent = replyTo(read(topic, body));

        if (replyTopic == null) {
            assertThat(sent).isNull();
        } else {
            assertThat(requireNonNull(sent).topic()).isEqualTo(replyTopic);
            assertThat(sent.payload().text()).isEqualTo(reply);
            assertThat(sent.qos()).isEqualTo(Qos.AT_MOST_ONCE);
            assertThat(sent.implicit()).isTrue();
        }
    }

    @Test
    void a_session_that_subscribes_itself_gets_replies_only_where_it_did() {
        Route.Reader route = (Route.Reader) AliyunFleet.wire("").route("/sys/a1pk/dev1/" + POST);

        Outgoing.Publish reply = replyTo(route.read(Payload.of("{\"id\":1,\"params\":{}}"), Qos.AT_MOST_ONCE));

        assertThat(requireNonNull(reply).implicit()).isFalse();
    }

    @Test
    void types_what_a_device_sends() {
        assertThat(uplink(POST, "{\"id\":\"1\",\"params\":{}}")).isInstanceOf(Uplink.PropertyReport.class);
        assertThat(uplink("thing/event/property/batch/post", "{\"id\":\"1\",\"params\":{}}"))
                .isInstanceOf(Uplink.PropertyReport.class);
        assertThat(uplink("thing/event/property/pack/post", "{\"id\":\"1\",\"params\":{}}"))
                .isInstanceOf(Uplink.Pack.class);
        assertThat(uplink("thing/event/property/history/post", "{\"id\":\"1\",\"params\":[]}"))
                .isInstanceOf(Uplink.Pack.class);
        assertThat(uplink("thing/event/lamp:burnt/post", "{\"id\":\"1\",\"params\":{}}"))
                .isInstanceOf(Uplink.EventReport.class);
        assertThat(uplink("thing/deviceinfo/update", "{\"id\":\"1\",\"params\":[]}"))
                .isInstanceOf(Uplink.Info.class);
        assertThat(uplink("thing/log/post", "{\"id\":\"1\",\"params\":[]}")).isInstanceOf(Uplink.Info.class);
        assertThat(uplink("thing/model/up_raw", "\u0001\u0002")).isInstanceOf(Uplink.Message.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "thing/service/property/set_reply",
                "thing/service/reboot_reply",
                "thing/service/lamp:reboot_reply",
                "thing/config/push_reply",
                "thing/disable_reply",
                "thing/topo/add/notify_reply",
            })
    void an_answer_names_its_request_in_the_envelope(String suffix) {
        assertThat(uplink(suffix, "{\"id\":105,\"code\":200,\"data\":{}}"))
                .isInstanceOfSatisfying(
                        Uplink.Reply.class,
                        reply -> assertThat(reply.requestId()).isEqualTo("105"));
    }

    @Test
    void a_request_is_answered_on_a_topic_that_names_it() {
        assertThat(uplink("rrpc/response/77", "any bytes"))
                .isInstanceOfSatisfying(
                        Uplink.Reply.class,
                        reply -> assertThat(reply.requestId()).isEqualTo("77"));
        Reading extended = read("/ext/rrpc/78/sys/a1pk/dev1/thing/service/reboot", "any bytes");
        assertThat(((Reading.Accepted) extended).uplink())
                .isInstanceOfSatisfying(
                        Uplink.Reply.class,
                        reply -> assertThat(reply.requestId()).isEqualTo("78"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sys/a1pk/dev1/thing/service/reboot_reply",
                "/sys/a1pk/dev1/rrpc/response/105",
                "/ext/rrpc/105/sys/a1pk/dev1/thing/service/reboot",
            })
    void an_answer_says_whether_it_was_done_and_what_came_of_it(String topic) {
        assertThat(answer(topic, "{\"id\":\"105\",\"code\":200,\"data\":{\"ok\":1}}"))
                .isEqualTo(new Answer(true, "200", "", Value.Fields.of("ok", new Value.Whole(1))));
        assertThat(answer(topic, "{\"id\":105,\"code\":\"100001\",\"message\":\"stuck\",\"data\":\"none\"}"))
                .isEqualTo(new Answer(false, "100001", "stuck", Value.Fields.NONE));
        assertThat(answer(topic, "{\"id\":\"105\"}")).isNull();
    }

    private @Nullable Answer answer(String topic, String body) {
        return ((Uplink.Reply) ((Reading.Accepted) read(topic, body)).uplink()).answer();
    }

    @Test
    void a_broken_answer_is_never_answered() {
        assertThat(read("/sys/a1pk/dev1/thing/service/reboot_reply", "}{"))
                .isEqualTo(new Reading.Dropped("answer without an id", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "1",
                "null",
                "\"x\"",
                "{}{}",
                "{\"id\":{}}",
                "{\"id\":\"1\"}",
                "{\"id\":\"1\",\"params\":3}",
                "{\"id\":\"1\",\"params\":{},\"method\":\"thing.event.alarm.post\"}",
                "\u0000",
                "{\"id\":tru}",
            })
    void what_is_no_property_post_is_refused_with_a_code(String body) {
        Reading reading = read("/sys/a1pk/dev1/" + POST, body);

        assertThat(reading).isInstanceOf(Reading.Dropped.class);
        assertThat(requireNonNull(replyTo(reading)).payload().text())
                .matches("\\{\"code\":(460|6207),\"id\":.*\"data\":\\{}}");
    }

    @Test
    void deep_nesting_is_refused_and_not_followed() {
        assertThat(read("/sys/a1pk/dev1/" + POST, "{\"params\":" + "[".repeat(100_000)))
                .isInstanceOf(Reading.Dropped.class);
    }

    @Test
    void an_id_beyond_the_limit_is_not_echoed() {
        Reading reading = read("/sys/a1pk/dev1/" + POST, "{\"id\":\"" + "9".repeat(257) + "\",\"params\":{}}");

        assertThat(requireNonNull(replyTo(reading)).payload().text()).startsWith("{\"code\":460,\"id\":\"\",");
    }

    @Test
    void echoes_quotes_and_line_breaks_of_an_id_escaped() {
        Reading reading = read("/sys/a1pk/dev1/" + POST, "{\"id\":\"a\\\"b\\n\",\"params\":{}}");

        assertThat(requireNonNull(replyTo(reading)).payload().text()).contains("\"id\":\"a\\\"b\\u000a\"");
    }

    private Uplink uplink(String suffix, String body) {
        return ((Reading.Accepted) read("/sys/a1pk/dev1/" + suffix, body)).uplink();
    }

    private Reading read(String topic, String body) {
        Payload payload = Payload.of(body == null ? "" : body);
        return settled(((Route.Reader) wire.route(topic)).read(payload, Qos.AT_LEAST_ONCE));
    }

    private static Reading settled(Reading reading) {
        return reading instanceof Reading.Later later ? settled(later.work().read()) : reading;
    }

    private static Outgoing.@Nullable Publish replyTo(Reading reading) {
        return switch (reading) {
            case Reading.Accepted accepted -> accepted.reply();
            case Reading.Answered answered -> answered.reply();
            case Reading.Dropped dropped -> dropped.reply();
            case Reading.Through through -> replyTo(through.reading());
            case Reading.Later later -> replyTo(later.work().read());
        };
    }
}
