package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.front.mqtt.RawClient.Packet;
import io.berth.testing.Patience;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A connection over which a device is given credentials is good for nothing else.
final class EnrolledTest {
    private final MqttBed bed = MqttBed.start();

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void credentials_come_at_once_in_their_order_and_unasked() {
        try (RawClient device = enrolling(bed, 4, "granted")) {
            assertThat(device.receive().hex()).isEqualTo("0000");
            assertThat(device.receive()).satisfies(packet -> isCredentials(packet, "first"));
            assertThat(device.receive()).satisfies(packet -> isCredentials(packet, "second"));
            assertThat(device.isAlive()).isTrue();
        }
        assertThat(bed.traffic.count("login fake enrolled")).isOne();
    }

    @Test
    void the_same_holds_for_mqtt_5() {
        try (RawClient device = enrolling(bed, 5, "granted")) {
            assertThat(device.receive().hex()).startsWith("0000");
            Packet first = device.receive();
            assertThat(first.topic()).isEqualTo("first");
            assertThat(first.payload()).isEqualTo("\0secret"); // no properties
        }
    }

    @Test
    void nothing_else_is_answered_or_passed_on_and_the_device_is_not_online() {
        try (RawClient device = enrolling(bed, 4, "granted")) {
            device.receive();
            device.receive();
            device.receive();
            device.send(RawClient.publish("up/x", 1, 7, "hello")).send(RawClient.subscribe(8, 1, "down/#"));

            assertThat(device.isAlive()).isTrue(); // and neither was confirmed before
            assertThat(bed.isOnline("dev")).isFalse();
        }
        assertThat(bed.log.messages).isEmpty();
        assertThat(bed.log.statuses).isEmpty();
        assertThat(bed.traffic.count("dropped not logged in")).isEqualTo(2);
    }

    @Test
    void the_live_session_of_the_device_is_not_disturbed() {
        try (RawClient live = bed.client().login("dev");
                RawClient device = enrolling(bed, 4, "granted")) {
            device.receive();
            device.receive();

            assertThat(live.isAlive()).isTrue();
            assertThat(bed.isOnline("dev")).isTrue();
        }
    }

    @Test
    void the_server_ends_it_when_its_time_is_over_though_the_device_pings() {
        try (MqttBed quick = MqttBed.with()
                        .second(Duration.ofMillis(40))
                        .connectTimeout(MqttBed.NO_HURRY)
                        .start();
                RawClient device = quick.client()) {
            long begun = System.nanoTime();
            enrol(device, 4, "granted");
            device.receive();
            device.send("c000");

            assertThat(device.isClosedByServer()).isTrue();
            // 15 seconds of this bed, one more or less
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(13 * 40));
            assertThat(quick.isOnline("dev")).isFalse();
        }
    }

    @Test
    void a_device_that_says_goodbye_goes_at_once() {
        try (RawClient device = enrolling(bed, 4, "granted")) {
            device.receive();
            device.send("e000");

            assertThat(device.isClosedByServer()).isTrue();
        }
        await().until(() -> bed.front.connections() == 0);
    }

    @Test
    void a_second_connect_breaks_the_protocol() {
        try (RawClient device = enrolling(bed, 4, "granted")) {
            device.receive();
            device.send(RawClient.connect("MQTT", 4, 0xC2, 60, "dev", "dev", "right"));

            assertThat(device.isClosedByServer()).isTrue();
        }
        assertThat(bed.isOnline("dev")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "forged, 4, WRONG_SIGNATURE",
        "late, 3, TOO_MANY_REGISTRATIONS",
        "broken, 3, UNAVAILABLE",
    })
    void a_refused_one_hears_its_code_and_the_operator_why(String password, int code, LoginFault fault) {
        try (RawClient device = enrolling(bed, 4, password)) {
            assertThat(device.receive().hex()).isEqualTo("000" + code);
            assertThat(device.isClosedByServer()).isTrue();
        }
        await().until(() -> bed.refusals.all.size() == 1);
        Refusal refusal = bed.refusals.all.getFirst();
        assertThat(refusal.fault()).isEqualTo(fault);
        assertThat(refusal.device()).hasToString("p/dev");
        assertThat(refusal.fields()).containsEntry("name", "dev");
        assertThat(bed.dialect.enrolled).hasValue(0);
    }

    @Test
    void a_stop_ends_these_connections_too() {
        try (RawClient device = enrolling(bed, 4, "granted")) {
            device.receive();

            assertThat(bed.front.drain()).succeedsWithin(Patience.LONG);
            assertThat(device.isClosedByServer()).isTrue();
        }
    }

    private static void isCredentials(Packet packet, String topic) {
        assertThat(packet.first()).isEqualTo(0x30); // QoS 0
        assertThat(packet.topic()).isEqualTo(topic);
        assertThat(packet.payload()).isEqualTo("secret");
    }

    private static RawClient enrolling(MqttBed bed, int level, String password) {
        return enrol(bed.client(), level, password);
    }

    private static RawClient enrol(RawClient client, int level, String password) {
        return client.send(RawClient.connect("MQTT", level, 0xC2, 60, "enrol", "dev", password));
    }
}
