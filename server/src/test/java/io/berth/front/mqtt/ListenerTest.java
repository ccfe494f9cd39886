package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.ProblemException;
import io.berth.front.mqtt.ListenerConfig.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ListenerTest {
    @Test
    void binds_every_address_of_its_name_to_one_port() throws IOException {
        try (MqttBed bed = MqttBed.start()) {
            for (InetAddress address : InetAddress.getAllByName("localhost")) {
                try (RawClient client = new RawClient(new Socket(address, bed.port("mqtt")))) {
                    client.login("d1");
                }
            }
        }
    }

    @Test
    void names_listener_port_and_setting_when_the_port_is_taken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            ListenerConfig listener = new ListenerConfig("mqtt", Kind.MQTT, "127.0.0.1", taken.getLocalPort(), false);
            assertThatThrownBy(() -> MqttBed.with().listeners(listener).start())
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("listener mqtt")
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("in use")
                    .hasMessageContaining("listener.mqtt.port");
        }
    }

    @Test
    void names_the_setting_when_there_is_no_such_address() {
        ListenerConfig listener = new ListenerConfig("mqtt", Kind.MQTT, "no.such.host.invalid", 0, false);
        assertThatThrownBy(() -> MqttBed.with().listeners(listener).start())
                .hasMessageContaining("listener.mqtt.bind = no.such.host.invalid");
    }

    @Test
    void checks_the_bounds_of_settings() {
        MqttConfig c = MqttConfig.defaults();
        assertThatThrownBy(() -> new MqttConfig(
                        0,
                        Duration.ofMillis(1),
                        c.enrolledFor(),
                        1024,
                        1,
                        1,
                        1,
                        c.session(),
                        c.drain(),
                        c.quotas(),
                        c.psk()))
                .hasMessageContaining("mqtt.connect-timeout");
        assertThatThrownBy(() -> new MqttConfig(
                        0,
                        Duration.ofSeconds(1),
                        c.enrolledFor(),
                        10,
                        1,
                        1,
                        1,
                        c.session(),
                        c.drain(),
                        c.quotas(),
                        c.psk()))
                .hasMessageContaining("mqtt.max-packet-bytes");
        assertThatThrownBy(() -> new ListenerConfig("mqtt", Kind.MQTT, "localhost", 70_000, false))
                .hasMessageContaining("listener.mqtt.port");
        assertThat(ListenerConfig.mqtt().port()).isEqualTo(1883);
    }
}
