package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.api.ApiServer.Answer;
import io.berth.core.Completion;
import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.product.Product;
import io.berth.core.session.Session;
import io.berth.core.thing.Bounds;
import io.berth.core.thing.DataType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Parameter;
import io.berth.core.thing.Property;
import io.berth.core.thing.Service;
import io.berth.core.thing.ThingModel;
import io.berth.json.ValueJson;
import io.berth.testing.HeldDevice;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init") // made before each test
final class CallApiTest {
    private static final String LAMP = "/products/lamps/devices/lamp";

    private ApiServer server;
    private DeviceId lamp;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer();
        lamp = server.device("lamps", "lamp");
        Product product = server.registry.products().find("lamps").orElseThrow();
        server.registry.products().update(product.withModel(model()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_service_is_called_and_its_answer_comes_back_as_json() throws Exception {
        HeldDevice device = answering("{\"pattern\":[1,0.5],\"ok\":1}");
        Answer answer = server.post(LAMP + "/calls", "{\"service\":\"blink\",\"input\":{\"times\":3}}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(((Downlink.Command) device.next()).input()).isEqualTo(Value.Fields.of("times", new Value.Whole(3)));
        assertThat(answer.at("state").asString()).isEqualTo("answered");
        assertThat(answer.at("succeeded").booleanValue()).isTrue();
        assertThat(answer.at("code").asString()).isEqualTo("200");
        assertThat(answer.at("input").toString()).isEqualTo("{\"times\":3}");
        assertThat(answer.at("output").toString()).isEqualTo("{\"pattern\":[1,0.5],\"ok\":1}");
        assertThat(answer.at("misfit").asString()).contains("pattern");
        assertThat(server.get(LAMP + "/calls/" + answer.at("id").asString()).json())
                .isEqualTo(answer.json());
        assertThat(server.get(LAMP + "/calls").at("items").get(0)).isEqualTo(answer.json());
    }

    @Test
    void a_call_waits_for_its_device_until_it_is_withdrawn() {
        Answer queued = server.post(
                LAMP + "/calls",
                "{\"service\":\"blink\",\"input\":{\"times\":3},\"sync\":false,\"keepForSeconds\":60}");
        assertThat(queued.at("state").asString()).isEqualTo("queued");
        String one = LAMP + "/calls/" + queued.at("id").asString();

        assertThat(server.delete(one).status()).isEqualTo(204);
        assertThat(server.get(one).at("state").asString()).isEqualTo("cancelled");
        assertThat(server.delete(one).problem()).isEqualTo("VERSION_CONFLICT");
        assertThat(server.delete(LAMP + "/calls/none").problem()).isEqualTo("NOT_FOUND");
    }

    @Test
    void properties_are_set_and_read() throws Exception {
        HeldDevice device = answering("{\"Level\":7}");
        Answer set = server.post(LAMP + "/properties", "{\"values\":{\"Level\":7},\"waitMillis\":5000}");
        assertThat(set.at("state").asString()).isEqualTo("answered");
        assertThat(device.next()).isInstanceOf(Downlink.PropertySet.class);
        assertThat(server.post(LAMP + "/properties", "{\"values\":{\"Level\":7}}")
                        .at("sync")
                        .booleanValue())
                .isFalse();
        device.next();

        Answer read = server.post(LAMP + "/properties/read", "{\"identifiers\":[\"Level\"]}");
        assertThat(read.at("output").toString()).isEqualTo("{\"Level\":7}");
        assertThat(((Downlink.PropertyGet) device.next()).identifiers()).containsExactly("Level");
    }

    @Test
    void wishes_are_kept_shown_and_forgotten() {
        Answer wanted = server.post(LAMP + "/desired", "{\"values\":{\"Level\":7},\"expectedVersion\":0}");
        assertThat(wanted.at("desired").get("Level").get("value").asInt()).isEqualTo(7);
        assertThat(wanted.at("desired").get("Level").get("version").asInt()).isEqualTo(1);
        assertThat(wanted.at("pending").toString()).isEqualTo("{\"Level\":7}");
        assertThat(wanted.at("versions").toString()).isEqualTo("{\"\":1}");
        assertThat(server.get(LAMP + "/desired").json()).isEqualTo(wanted.json());
        assertThat(server.post(LAMP + "/desired", "{\"values\":{\"Level\":8},\"expectedVersion\":0}")
                        .problem())
                .isEqualTo("VERSION_CONFLICT");

        assertThat(server.delete(LAMP + "/desired?key=Level").status()).isEqualTo(204);
        assertThat(server.get(LAMP + "/desired").at("desired").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/calls|{\"service\":\"blink\",\"input\":{\"times\":3}}|409|DEVICE_OFFLINE",
                "/calls|{\"service\":\"dance\"}|404|MODEL_NOT_FOUND",
                "/calls|{\"service\":\"blink\"}|422|VALUE_INVALID",
                "/calls|{\"service\":\"blink\",\"input\":[]}|400|INVALID_ARGUMENT",
                "/calls|{\"service\":\"\"}|400|INVALID_ARGUMENT",
                "/calls|{\"service\":\"blink\",\"timeoutMillis\":61000}|400|INVALID_ARGUMENT",
                "/calls|{\"service\":\"blink\",\"keepForSeconds\":172801}|400|INVALID_ARGUMENT",
                "/properties|{\"values\":{\"Level\":101}}|422|VALUE_INVALID",
                "/properties|{\"values\":{\"Level\":1e999}}|400|INVALID_ARGUMENT",
                "/properties|{}|400|INVALID_ARGUMENT",
                "/properties/read|{\"identifiers\":[null]}|400|INVALID_ARGUMENT",
                "/properties/read|{\"identifiers\":\"Level\"}|400|INVALID_ARGUMENT",
                "/desired|{\"values\":{\"Level\":7},\"module\":\"m\"}|400|INVALID_ARGUMENT",
            })
    void what_cannot_be_is_refused(String path, String body, int status, String problem) {
        Answer answer = server.post(LAMP + path, body);

        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void a_whole_number_no_double_holds_is_refused() {
        Answer answer = server.post(LAMP + "/properties", "{\"values\":{\"Level\":" + "9".repeat(400) + "}}");

        assertThat(answer.problem()).isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void an_unknown_device_has_no_calls_and_no_wishes() {
        String none = "/products/lamps/devices/none";

        assertThat(server.get(none + "/calls").problem()).isEqualTo("DEVICE_NOT_FOUND");
        assertThat(server.get(none + "/desired").problem()).isEqualTo("DEVICE_NOT_FOUND");
        assertThat(server.delete(none + "/desired?key=Level").problem()).isEqualTo("DEVICE_NOT_FOUND");
    }

    /// The lamp, online; it answers every question with this output.
    private HeldDevice answering(String output) {
        Session[] session = new Session[1];
        HeldDevice device = new HeldDevice((downlink, delivery) -> {
            delivery.reached(DeliveryState.SENT);
            answer(session[0], (Downlink.Ask) downlink, output);
        });
        session[0] = device.session(lamp);
        server.sessions.attach(session[0]);
        return device;
    }

    private void answer(Session session, Downlink.Ask question, String output) {
        Value.Fields fields = ValueJson.readFields(Payload.of(output)).orElseThrow();
        server.uplinks.accept(
                session,
                new Uplink.Reply(
                        question.id(),
                        "t",
                        Qos.AT_MOST_ONCE,
                        Payload.EMPTY,
                        new io.berth.core.message.Answer(true, "200", "", fields)),
                Completion.IGNORED);
    }

    private static ThingModel model() {
        DataType percent = new DataType.Int(Bounds.of(0, 100));
        Parameter times = new Parameter("times", "times", "", percent, true, "", "", null);
        Service blink = new Service(
                "blink",
                "blink",
                "",
                Service.CallType.SYNC,
                false,
                List.of(times),
                "",
                List.of(Parameter.of("ok", new DataType.Flag("", ""))));
        Property level = new Property(Parameter.of("Level", percent), true, true, true);
        return new ThingModel(
                List.of(new Module("", "", "", "", Module.Presence.MASTER, List.of(level), List.of(), List.of(blink))));
    }
}
