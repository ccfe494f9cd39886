package io.berth.api;

import static io.berth.testing.ToldDevices.PUMP;
import static io.berth.testing.ToldDevices.event;
import static io.berth.testing.ToldDevices.sample;
import static io.berth.testing.ToldDevices.tree;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Event;
import io.berth.core.message.Fact;
import io.berth.core.message.Notification;
import io.berth.core.state.Facts;
import io.berth.core.thing.Violation;
import io.berth.testing.ToldDevices;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NativeNotificationsTest {
    private final NativeNotifications format = new NativeNotifications();

    @Test
    void a_report_is_told_with_its_bytes_and_what_they_say() {
        Facts facts = Facts.ofSamples(PUMP, List.of(sample("Speed", new Value.Whole(7), 1_795_248_003_000L)))
                .with(
                        "41",
                        List.of(new Facts.Unfit(
                                sample("Xyz", new Value.Whole(1), 1_795_248_003_000L),
                                Violation.Kind.UNKNOWN_PROPERTY,
                                "is not in the thing model")));

        Notification news = only(event(PUMP, new Fact.Properties(facts), "/sys/a/b/post", Payload.of("{}")));

        assertThat(news.topic()).isEqualTo("property");
        assertThat(tree(news)).isEqualTo(tree("""
                {"id":"%d","time":"2026-11-21T08:00:03.118Z","product":"a1BerthTest","device":"pump-07",
                 "dialect":"test","kind":"property","topic":"/sys/a/b/post","qos":1,"payload":"{}",
                 "data":{"properties":{"Speed":{"value":7,"time":"2026-11-21T08:00:03Z"}},
                         "unfit":{"Xyz":{"value":1,"time":"2026-11-21T08:00:03Z","problem":"unknown-property",
                                         "detail":"is not in the thing model"}},
                         "requestId":"41"}}""".formatted(ToldDevices.ID)));
    }

    @Test
    void several_values_of_a_property_are_all_told_the_last_first() {
        Facts facts = Facts.ofSamples(
                PUMP,
                List.of(
                        sample("Speed", new Value.Whole(1), 0),
                        sample("Speed", new Value.Whole(2), 1_000),
                        sample("Speed", new Value.Whole(3), 2_000)));

        Value.Fields line = (Value.Fields) tree(only(event(PUMP, new Fact.Properties(facts))));

        assertThat(((Value.Fields) line.get("data")).get("properties")).isEqualTo(tree("""
                {"Speed":{"value":3,"time":"1970-01-01T00:00:02Z","earlier":[
                  {"value":1,"time":"1970-01-01T00:00:00Z"},{"value":2,"time":"1970-01-01T00:00:01Z"}]}}"""));
    }

    @Test
    void what_no_message_brought_has_its_data_as_payload_too() {
        Value.Fields line = (Value.Fields)
                tree(only(event(PUMP, new Fact.Status(false, "node-lost", Instant.EPOCH, "192.0.2.7:1"))));

        assertThat(line.get("data")).isEqualTo(tree("""
                {"status":"offline","cause":"node-lost","since":"1970-01-01T00:00:00Z","address":"192.0.2.7:1"}"""));
        assertThat(tree(((Value.Text) line.get("payload")).text())).isEqualTo(line.get("data"));
        assertThat(line.fields()).doesNotContainKeys("topic", "qos");
    }

    @Test
    void a_message_that_failed_says_so() {
        Fact failed =
                new Fact.MessageProgress("m-1", "", "/t", DeliveryState.QUEUED, Problem.NOT_SUBSCRIBED, "because");

        assertThat(((Value.Fields) tree(only(event(PUMP, failed)))).get("data")).isEqualTo(tree("""
                {"message":"m-1","topic":"/t","state":"failed","problem":"NOT_SUBSCRIBED","detail":"because"}"""));
    }

    @Test
    void a_subscriber_gets_the_line_that_a_tail_shows() throws IOException {
        Event event = event(PUMP, new Fact.Message(), "/a/b", Payload.of(new byte[] {(byte) 0xff}));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (EventLines lines = new EventLines(out)) {
            lines.event(event);
        }

        assertThat(only(event).body()).isEqualTo(Payload.of(out.toString(UTF_8).stripTrailing()));
    }

    private Notification only(Event event) {
        List<Notification> news = format.write(event);
        assertThat(news).hasSize(1);
        return news.getFirst();
    }
}
