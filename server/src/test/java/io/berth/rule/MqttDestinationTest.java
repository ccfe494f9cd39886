package io.berth.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Events;
import io.berth.core.message.Qos;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Sessions;
import io.berth.rule.Destination.Outcome;
import io.berth.testing.FakeLog;
import io.berth.testing.HeldDevice;
import io.berth.testing.MemorySessions;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MqttDestinationTest {
    private static final DeviceId LAMP = new DeviceId("a1", "lamp");

    private final FakeLog log = new FakeLog();
    private final Sessions sessions = new Sessions(new Events(log, new TestClock()), _ -> {});
    private final Downlinks downlinks = new Downlinks(sessions, new MemorySessions(2));

    @Test
    void sends_to_the_device_the_topic_names() throws InterruptedException {
        HeldDevice lamp = attach(delivery -> delivery.reached(DeliveryState.ACKNOWLEDGED));
        Outgoing message = TemplateTest.message("{\"who\":\"lamp\",\"on\":true}");

        assertThat(to("/a1/${who}/user/get", null, null, 1).send(message)).isEqualTo(Outcome.DONE);

        assertThat(lamp.next()).isEqualTo(new Downlink.Message("/a1/lamp/user/get", Qos.AT_LEAST_ONCE, message.body()));
    }

    @Test
    void sends_to_the_device_the_settings_name_on_any_topic() throws InterruptedException {
        HeldDevice lamp = attach(Delivery::sentUnconfirmed);

        assertThat(to("$oc/devices/x/user/get", "a1", "${who}", 0).send(TemplateTest.message("{\"who\":\"lamp\"}")))
                .isEqualTo(Outcome.DONE);

        assertThat(lamp.next().qos()).isEqualTo(Qos.AT_MOST_ONCE);
    }

    @Test
    void sends_to_the_device_of_the_event_whatever_the_format() throws InterruptedException {
        HeldDevice device = new HeldDevice((_, delivery) -> delivery.reached(DeliveryState.ACKNOWLEDGED));
        sessions.attach(device.session(new DeviceId("a1", "d1")));

        assertThat(to("/a1/${event.device}/user/get", null, null, 1).send(TemplateTest.message("{}")))
                .isEqualTo(Outcome.DONE);

        assertThat(((Downlink.Message) device.next()).topic()).isEqualTo("/a1/d1/user/get");
    }

    @Test
    void what_a_rule_sends_is_no_event_that_a_rule_could_hear() throws InterruptedException {
        attach(delivery -> delivery.reached(DeliveryState.ACKNOWLEDGED));
        int before = log.events.size();

        to("/a1/lamp/user/get", null, null, 1).send(TemplateTest.message("{}"));

        assertThat(log.events).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_SUBSCRIBED, true",
        "TOPIC_FORBIDDEN, true",
        "DEVICE_OFFLINE, true",
        "OVERLOADED, false",
        "CONNECTION_LOST, false"
    })
    void tells_a_message_that_cannot_arrive_from_one_that_cannot_now(Problem problem, boolean refused)
            throws InterruptedException {
        attach(delivery -> delivery.failed(problem, "because"));

        assertThat(to("/a1/lamp/user/get", null, null, 1).send(TemplateTest.message("{}")))
                .isEqualTo(refused ? new Outcome.Refused("because") : Outcome.retry("because"));
    }

    @Test
    void a_device_that_never_confirms_is_tried_again() throws InterruptedException {
        attach(delivery -> delivery.reached(DeliveryState.SENT));

        DestinationConfig.Mqtt config = new DestinationConfig.Mqtt("/a1/lamp/user/get", null, null, 1);
        assertThat(new MqttDestination(config, downlinks, Duration.ofMillis(200))
                        .send(TemplateTest.message("{}"))
                        .toString())
                .contains("Retry", "did not confirm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "+", "#", "", "a\\u0000"})
    void a_field_does_not_bring_levels_of_its_own(String value) {
        Outgoing message = TemplateTest.message("{\"x\":\"" + value + "\"}");

        assertThatThrownBy(() -> to("/a1/lamp/user/${x}", null, null, 1).send(message))
                .isInstanceOf(UnfitException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no/such/form", "/a1/lamp", "/a1//x/y"})
    void a_topic_that_names_no_device_is_refused_at_once(String topic) {
        assertThatThrownBy(() -> to(topic, null, null, 1)).isInstanceOf(ProblemException.class);
    }

    @Test
    void a_device_whose_name_cannot_be_is_the_messages_fault() {
        assertThatThrownBy(() ->
                        to("/a1/${who}/user/get", null, null, 1).send(TemplateTest.message("{\"who\":\"no device\"}")))
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining("no device");
    }

    private MqttDestination to(String topic, @Nullable String product, @Nullable String device, int qos) {
        return new MqttDestination(
                new DestinationConfig.Mqtt(topic, product, device, qos), downlinks, Duration.ofSeconds(30));
    }

    private HeldDevice attach(Consumer<Delivery> reaction) {
        HeldDevice lamp = new HeldDevice((_, delivery) -> reaction.accept(delivery));
        sessions.attach(lamp.session(LAMP));
        return lamp;
    }
}
