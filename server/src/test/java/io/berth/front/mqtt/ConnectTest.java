package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.core.session.CloseCause;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectTest {
    private final MqttBed bed = MqttBed.start();

    @AfterEach
    void stop() {
        bed.close();
    }

    @ParameterizedTest
    @CsvSource({"MQIsdp,3", "MQTT,4"})
    void accepts_both_old_versions_with_a_long_client_id(String protocol, int level) {
        String id = "a-client-id-far-longer-than-the-23-characters-of-mqtt-3.1";
        try (RawClient client = bed.client()) {
            client.send(RawClient.connect(protocol, level, 0xC2, 60, id, "d1", "right"));
            assertThat(client.receive().hex()).isEqualTo("0000");
            assertThat(bed.isOnline("d1")).isTrue();
            assertThat(bed.dialect.seen.getFirst().clientId()).isEqualTo(id);
            assertThat(bed.dialect.seen.getFirst().protocolLevel()).isEqualTo(level);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MQIsdp,3,wrong,0004",
        "MQTT,4,wrong,0004",
        "MQTT,4,frozen,0005",
        "MQTT,5,wrong,008600",
        "MQTT,5,frozen,008700"
    })
    void answers_a_refusal_in_the_codes_of_the_version_and_closes(
            String protocol, int level, String password, String answer) {
        try (RawClient client = bed.client()) {
            client.send(RawClient.connect(protocol, level, 0xC2, 60, "c", "d1", password));
            assertThat(client.receive().hex()).isEqualTo(answer);
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(bed.isOnline("d1")).isFalse();
        }
    }

    @Test
    void keeps_a_record_of_a_refusal() {
        try (RawClient client = bed.client()) {
            client.send(RawClient.connect("MQTT", 4, 0xC2, 60, "c", "d1", "wrong"));
            client.receive();
        }
        // counted last, and all of it after the answer
        await().until(() -> bed.traffic.count("login fake wrong_signature") == 1);
        Refusal refusal = bed.refusals.all.getFirst();
        assertThat(refusal.fault()).isEqualTo(LoginFault.WRONG_SIGNATURE);
        assertThat(refusal.channel().listener()).isEqualTo("mqtt");
        assertThat(refusal.channel().transport()).isEqualTo("tcp");
        assertThat(refusal.channel().address()).startsWith("127.0.0.1:");
        assertThat(refusal.channel().tls()).isNull();
    }

    @Test
    void answers_an_unknown_protocol_level_with_code_1() {
        try (RawClient client = bed.client()) {
            client.send(RawClient.connect("MQTT", 6, 0xC2, 60, "c", "d1", "right"));
            assertThat(client.receive().hex()).isEqualTo("0001");
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(bed.refusals.all.getFirst().fault()).isEqualTo(LoginFault.UNSUPPORTED_PROTOCOL_VERSION);
        }
    }

    @Test
    void answers_an_unknown_device_as_a_wrong_password() {
        try (RawClient client = bed.client()) {
            client.send(RawClient.connect("MQTT", 4, 0xC2, 60, "c", "unknown1", "right"));
            assertThat(client.receive().hex()).isEqualTo("0004");
        }
    }

    @Test
    void refuses_a_device_that_failed_too_often_even_with_the_right_password() {
        for (int i = 0; i < 5; i++) {
            try (RawClient client = bed.client()) {
                client.send(RawClient.connect("MQTT", 4, 0xC2, 60, "c", "guessed", "wrong"));
                client.receive();
            }
        }
        try (RawClient client = bed.client()) {
            client.send(RawClient.connect("MQTT", 4, 0xC2, 60, "c", "guessed", "right"));
            assertThat(client.receive().hex()).isEqualTo("0004");
            // the refusals before it, of other loops, may be recorded later
            await().until(() ->
                    bed.refusals.all.stream().anyMatch(refusal -> refusal.fault() == LoginFault.TOO_MANY_FAILURES));
        }
        try (RawClient other = bed.client()) {
            other.login("d2");
        }
    }

    @Test
    void waits_for_a_lookup_and_then_takes_up_what_came_meanwhile() {
        try (RawClient client = bed.client()) {
            client.send(RawClient.connect("MQTT", 4, 0xC2, 60, "c", "slow1", "right"))
                    .send(RawClient.publish("up/a", 1, 7, "early"));
            try (RawClient other = bed.client()) {
                other.login("d2");
            }
            assertThat(bed.isOnline("slow1")).isFalse();
            bed.directory.lookup.complete(null);
            assertThat(client.receive().hex()).isEqualTo("0000");
            assertThat(client.receive().id()).isEqualTo(7);
            assertThat(bed.log.texts()).containsExactly("early");
        }
    }

    @Test
    void closes_the_older_connection_when_the_device_comes_again() {
        try (RawClient older = bed.client();
                RawClient newer = bed.client()) {
            older.login("d1");
            newer.login("d1");
            assertThat(older.isClosedByServer()).isTrue();
            assertThat(newer.isAlive()).isTrue();
            assertThat(bed.isOnline("d1")).isTrue();
            assertThat(bed.log.statusTexts()).singleElement().asString().contains("online");
        }
    }

    @Test
    void ends_the_session_with_the_words_of_its_cause() {
        try (RawClient client = bed.client()) {
            client.login("d1").send("e000");
            assertThat(client.isClosedByServer()).isTrue();
        }
        await().until(() -> bed.log.statusTexts().size() == 2);
        assertThat(bed.log.statusTexts().getLast()).contains("offline").contains("disconnected");
    }

    @Test
    void closes_when_the_platform_says_so() {
        try (RawClient client = bed.client()) {
            client.login("d1");
            bed.sessions.all().forEach(session -> session.link().close(CloseCause.DEVICE_DISABLED));
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(bed.log.statusTexts().getLast()).contains("device-disabled");
        }
    }

    @Test
    void closes_a_silent_connection_after_one_and_a_half_keep_alives() {
        try (MqttBed fast = MqttBed.with()
                        .second(Duration.ofMillis(5))
                        .connectTimeout(MqttBed.NO_HURRY)
                        .start();
                RawClient silent = fast.client();
                RawClient endless = fast.client()) {
            endless.login("d2", true, 0);
            long begun = System.nanoTime();
            silent.login("d1", true, 30);
            assertThat(silent.isClosedByServer()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(45 * 5));
            assertThat(fast.log.statusTexts().getLast()).contains("keep-alive-expired");
            assertThat(endless.isAlive()).isTrue();
        }
    }

    @Test
    void counts_open_connections() {
        try (RawClient client = bed.client()) {
            client.login("d1");
            assertThat(bed.traffic.count("open mqtt")).isEqualTo(1);
            assertThat(bed.traffic.count("login fake accepted")).isEqualTo(1);
        }
        await().until(() -> bed.front.connections() == 0);
        assertThat(bed.traffic.count("open mqtt")).isZero();
    }

    @Test
    void closes_what_exceeds_the_most_connections() {
        try (MqttBed small = MqttBed.with().loops(1).room(2, 1).start();
                RawClient first = small.client();
                RawClient second = small.client()) {
            first.login("d1");
            second.login("d2");
            try (RawClient third = small.client()) {
                assertThat(third.isClosedByServer()).isTrue();
            }
            assertThat(small.traffic.count("dropped too many connections")).isEqualTo(1);
        }
    }

    @Test
    void refuses_logins_beyond_those_that_may_wait_for_the_store() {
        try (MqttBed small = MqttBed.with().loops(1).room(10, 1).start();
                RawClient first = small.client();
                RawClient second = small.client()) {
            first.send(RawClient.connect("MQTT", 4, 0xC2, 60, "c", "slow1", "right"));
            await().until(() -> small.dialect.seen.size() == 1);
            second.send(RawClient.connect("MQTT", 4, 0xC2, 60, "c", "slow2", "right"));
            assertThat(second.receive().hex()).isEqualTo("0003");
            small.directory.lookup.complete(null);
            assertThat(first.receive().hex()).isEqualTo("0000");
        }
    }

    @Test
    void refuses_a_device_that_exceeds_a_connect_quota() {
        try (MqttBed small = MqttBed.with()
                        .loops(1)
                        .quotas(new MqttConfig.Quotas(0, 1))
                        .start();
                RawClient first = small.client();
                RawClient second = small.client()) {
            first.login("d1");
            second.send(RawClient.connect("MQTT", 4, 0xC2, 60, "c", "d1", "right"));
            assertThat(second.receive().hex()).isEqualTo("0003");
        }
    }

    @Test
    void counts_apart_what_a_setting_let_in() {
        try (RawClient client = bed.client()) {
            client.send(RawClient.connect("MQTT", 4, 0xC2, 60, "c", "d1", "tolerated"));
            assertThat(client.receive().hex()).isEqualTo("0000");
            assertThat(bed.traffic.count("login fake accepted-in-clear")).isEqualTo(1);
            assertThat(bed.traffic.count("login fake accepted")).isZero();
        }
    }
}
