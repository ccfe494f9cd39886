package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.front.mqtt.MqttConfig.Drain;
import io.berth.testing.Patience;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DrainTest {
    private static MqttBed bed(Duration over, boolean withReset) {
        return MqttBed.with()
                .second(Duration.ofMillis(20))
                .loops(2)
                .connectTimeout(MqttBed.NO_HURRY)
                .drain(new Drain(over, withReset))
                .start();
    }

    @Test
    void closes_every_connection_and_accepts_no_more() throws Exception {
        try (MqttBed bed = bed(Duration.ofSeconds(3), false)) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                clients.add(bed.client().login("d" + i, true, 0));
            }
            int port = bed.port("mqtt");
            bed.front.drain().get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(clients).allMatch(RawClient::isClosedByServer);
            assertThatThrownBy(() -> RawClient.open(port)).isInstanceOf(UncheckedIOException.class);
            assertThat(bed.log.statusTexts())
                    .filteredOn(text -> text.contains("node-stopping"))
                    .hasSize(30);
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void finishes_what_a_device_has_sent() throws Exception {
        try (MqttBed bed = bed(Duration.ZERO, false);
                RawClient client = bed.client().login("d1", true, 0)) {
            bed.log.holding = true;
            client.send(RawClient.publish("up/a", 1, 7, "last words"));
            var completion = bed.log.open.take();
            CompletableFuture<Void> drained = bed.front.drain();
            assertThat(drained).isNotDone();
            completion.done(null);
            assertThat(client.receive().id()).isEqualTo(7);
            assertThat(client.isClosedByServer()).isTrue();
            drained.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void resets_connections_when_the_operator_wants_it() throws Exception {
        try (MqttBed bed = bed(Duration.ZERO, true);
                RawClient client = bed.client().login("d1", true, 0)) {
            bed.front.drain().get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(client.isReset()).isTrue();
        }
    }

    @Test
    void tells_an_mqtt_5_device_why() throws Exception {
        try (MqttBed bed = bed(Duration.ZERO, false);
                RawClient client = bed.client()) {
            client.send(RawClient.connect("MQTT", 5, 0xC2, 60, "c", "d1", "right"));
            client.receive();
            bed.front.drain().get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(client.receive().hex()).isEqualTo("8b00");
        }
    }
}
