package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.berth.core.message.Qos;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class DeviceLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.berth.device");
    private final Lines lines = new Lines();
    private final MqttBed bed = MqttBed.start();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
    }

    @AfterEach
    void stop() {
        bed.close();
        logger.setLevel(null);
        logger.setAdditive(true);
        logger.detachAppender(lines);
    }

    private void converse() {
        try (RawClient client = bed.client().login("logged")) {
            client.send(RawClient.subscribe(1, 1, "a/b", "forbidden"));
            client.receive();
            client.send(RawClient.publish("up/a", 1, 7, "private words"));
            client.receive();
            bed.send("logged", "a/b", Qos.AT_MOST_ONCE, "private too");
            client.receive();
            client.send("e000");
            assertThat(client.isClosedByServer()).isTrue();
        }
        await().until(() -> !bed.isOnline("logged"));
    }

    @Test
    void tells_what_a_device_does_and_names_it_but_shows_no_payload() {
        logger.setLevel(Level.DEBUG);
        converse();

        List<ILoggingEvent> heard = lines.heard.stream()
                .filter(line -> "p/logged".equals(line.getMDCPropertyMap().get("device")))
                .toList();
        assertThat(heard)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("came online: accepted by fake from 127.0.0.1:")
                                .endsWith(", keep-alive 60 s, clean session"),
                        line -> assertThat(line).isEqualTo("subscribed [a/b, forbidden]: [1, 128]"),
                        line -> assertThat(line).isEqualTo("published up/a, QoS 1, 13 bytes"),
                        line -> assertThat(line).isEqualTo("was sent a/b, QoS 0, 11 bytes"),
                        line -> assertThat(line).isEqualTo("is gone: DISCONNECTED"));
        assertThat(heard)
                .extracting(line -> line.getMDCPropertyMap().get("trace"))
                .doesNotContainNull()
                .containsOnly(heard.getFirst().getMDCPropertyMap().get("trace"));
    }

    @Test
    void is_silent_unless_asked() {
        logger.setLevel(Level.INFO);
        converse();

        assertThat(lines.heard).isEmpty();
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        final Queue<ILoggingEvent> heard = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            heard.add(event);
        }
    }
}
