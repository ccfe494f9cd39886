package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Completion;
import io.berth.testing.TestEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PublishTest {
    private final MqttBed bed = MqttBed.start();
    private final RawClient client = bed.client().login("d1");

    @AfterEach
    void stop() {
        client.close();
        bed.close();
    }

    @Test
    void hands_a_message_to_the_platform_and_acknowledges_it() {
        client.send(RawClient.publish("up/a", 1, 65_535, "21"));
        assertThat(client.receive().id()).isEqualTo(65_535);
        assertThat(bed.log.messages).singleElement().satisfies(event -> {
            assertThat(event.topic()).isEqualTo("up/a");
            assertThat(TestEvents.text(event)).isEqualTo("21");
            assertThat(event.deviceName()).isEqualTo("d1");
        });
        assertThat(bed.traffic.count("uplink fake message")).isEqualTo(1);
    }

    @Test
    void hands_on_a_qos_0_message_and_says_nothing() {
        client.send(RawClient.publish("up/a", 0, 0, "21"));
        assertThat(client.isAlive()).isTrue();
        assertThat(bed.log.texts()).containsExactly("21");
    }

    @Test
    void acknowledges_only_what_is_accepted_and_in_the_order_it_came() throws InterruptedException {
        bed.log.holding = true;
        client.send(RawClient.publish("up/a", 1, 1, "1")).send(RawClient.publish("up/a", 1, 2, "2"));
        var first = bed.log.open.take();
        var second = bed.log.open.take();
        second.done(null);
        assertThat(client.isAlive()).isTrue();
        first.done(null);
        assertThat(List.of(client.receive().id(), client.receive().id())).containsExactly(1, 2);
    }

    @Test
    void closes_without_acknowledging_what_could_not_be_accepted() throws InterruptedException {
        bed.log.holding = true;
        client.send(RawClient.publish("up/a", 1, 1, "1")).send(RawClient.publish("up/a", 1, 2, "2"));
        bed.log.open.take().done(null);
        assertThat(client.receive().id()).isEqualTo(1);
        bed.log.open.take().done(new IOException("disk full"));
        assertThat(client.isClosedByServer()).isTrue();
        assertThat(bed.log.statusTexts().getLast()).contains("internal-error");
    }

    @Test
    void drops_a_message_on_a_foreign_topic_acknowledges_it_and_stays() {
        client.send(RawClient.publish("other/a", 1, 3, "x")).send(RawClient.publish("other/a", 0, 0, "x"));
        assertThat(client.receive().id()).isEqualTo(3);
        assertThat(client.isAlive()).isTrue();
        assertThat(bed.log.messages).isEmpty();
        assertThat(bed.traffic.count("dropped foreign topic")).isEqualTo(2);
    }

    @Test
    void answers_a_question_of_the_device_itself() {
        client.send(RawClient.publish("ask", 0, 0, "time?"));
        RawClient.Packet answer = client.receive();
        assertThat(answer.topic()).isEqualTo("answer");
        assertThat(answer.payload()).isEqualTo("time?");
        assertThat(bed.log.messages).isEmpty();
    }

    @Test
    void sends_the_reply_after_the_acknowledgement_and_not_before_the_acceptance() throws InterruptedException {
        bed.log.holding = true;
        client.send(RawClient.publish("up/echo", 1, 9, "hello"));
        var completion = bed.log.open.take();
        assertThat(client.isAlive()).isTrue();
        completion.done(null);
        assertThat(client.receive().id()).isEqualTo(9);
        assertThat(client.receive().payload()).isEqualTo("hello");
    }

    @Test
    void counts_what_the_dialect_does_not_understand() {
        client.send(RawClient.publish("junk", 1, 4, "x"));
        assertThat(client.receive().id()).isEqualTo(4);
        assertThat(bed.traffic.count("dropped not understood")).isEqualTo(1);
    }

    @Test
    void ignores_the_retain_flag() {
        byte[] packet = RawClient.publish("up/a", 1, 4, "x");
        packet[0] |= 1;
        client.send(packet);
        assertThat(client.receive().id()).isEqualTo(4);
        assertThat(bed.log.texts()).containsExactly("x");
    }

    @Test
    void closes_on_qos_2() {
        client.send(RawClient.publish("up/a", 2, 4, "x"));
        assertThat(client.isClosedByServer()).isTrue();
        assertThat(bed.log.messages).isEmpty();
    }

    @Test
    void takes_the_same_packet_id_twice() {
        client.send(RawClient.publish("up/a", 1, 4, "x")).send(RawClient.publish("up/a", 1, 4, "x"));
        assertThat(List.of(client.receive().id(), client.receive().id())).containsExactly(4, 4);
    }

    @Test
    void asks_again_where_a_topic_leads_when_something_changed() {
        client.send(RawClient.publish("up/a", 0, 0, "1"));
        assertThat(client.isAlive()).isTrue();
        bed.directory.changes.incrementAndGet();
        client.send(RawClient.publish("up/a", 0, 0, "2"));
        assertThat(client.isAlive()).isTrue();
        assertThat(bed.log.texts()).containsExactly("1", "2");
    }

    @Test
    void survives_more_topics_than_it_remembers() {
        for (int i = 0; i < 200; i++) {
            client.send(RawClient.publish("up/" + i, 0, 0, "x"));
        }
        assertThat(client.isAlive()).isTrue();
        assertThat(bed.log.messages).hasSize(200);
    }

    @Test
    void stops_reading_a_device_whose_messages_wait_and_goes_on_later() throws IOException {
        bed.log.holding = true;
        byte[] packet = RawClient.publish("up/a", 1, 1, "x".repeat(1000));
        int sent = 0;
        try (SocketChannel socket = SocketChannel.open(client.socket().getRemoteSocketAddress())) {
            socket.write(ByteBuffer.wrap(RawClient.connect("MQTT", 4, 0xC2, 60, "c", "d2", "right")));
            socket.configureBlocking(false);
            ByteBuffer left = ByteBuffer.wrap(packet);
            long quietSince = System.nanoTime();
            while (bed.log.messages.size() < 256
                    || System.nanoTime() - quietSince < Duration.ofMillis(300).toNanos()) {
                if (socket.write(left) > 0) {
                    quietSince = System.nanoTime();
                }
                if (!left.hasRemaining()) {
                    sent++;
                    left.rewind();
                }
                Thread.onSpinWait();
            }
            assertThat(bed.log.messages).hasSizeBetween(256, 1000);
            assertThat(sent).isGreaterThan(bed.log.messages.size());
            int wanted = sent;
            bed.log.holding = false;
            List<Completion> open = new ArrayList<>();
            bed.log.open.drainTo(open);
            open.forEach(completion -> completion.done(null));
            await().until(() -> bed.log.messages.size() >= wanted);
        }
    }

    @Test
    void is_not_held_up_by_another_device_whose_messages_wait() {
        bed.log.holding = true;
        try (RawClient other = bed.client().login("d2")) {
            IntStream.range(1, 500).forEach(id -> other.send(RawClient.publish("up/a", 1, id, "x")));
            await().until(() -> bed.log.open.size() >= 256);
            bed.log.holding = false;
            client.send(RawClient.publish("up/a", 1, 1, "mine"));
            assertThat(client.receive().id()).isEqualTo(1);
        }
    }

    @Test
    void drops_what_exceeds_a_publish_quota() {
        try (MqttBed small = MqttBed.with()
                        .loops(1)
                        .quotas(new MqttConfig.Quotas(3, 0))
                        .second(Duration.ofMinutes(1))
                        .start();
                RawClient device = small.client().login("d1")) {
            for (int id = 1; id <= 5; id++) {
                device.send(RawClient.publish("up/a", 1, id, "x"));
            }
            assertThat(List.of(
                            device.receive().id(),
                            device.receive().id(),
                            device.receive().id()))
                    .containsExactly(1, 2, 3);
            assertThat(device.isAlive()).isTrue();
            assertThat(small.traffic.count("dropped publish quota")).isEqualTo(2);
        }
    }

    @Test
    void remembers_who_published() {
        client.send(RawClient.publish("up/a", 1, 1, "x"));
        client.receive();
        assertThat(TestEvents.origin(bed.log.messages.getFirst()).dialect()).isEqualTo("fake");
    }
}
