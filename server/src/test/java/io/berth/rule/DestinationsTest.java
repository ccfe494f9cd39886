package io.berth.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.json.ValueJson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DestinationsTest {
    private final List<DestinationConfig> made = new ArrayList<>();
    private final Destinations destinations = new Destinations()
            .with("http", DestinationConfig.Http.class, this::make)
            .with("kafka", DestinationConfig.Kafka.class, this::make)
            .with("rabbitmq", DestinationConfig.RabbitMq.class, this::make)
            .with("postgresql", DestinationConfig.PostgreSql.class, this::make)
            .with("influxdb", DestinationConfig.InfluxDb.class, this::make);

    @Test
    void settings_are_read_by_the_declaration_of_their_record() {
        destinations.make("rabbitmq", json("""
                {"host":"mq","routingKey":"q","user":"u","password":"secret","tls":true}"""));

        assertThat(made)
                .containsExactly(new DestinationConfig.RabbitMq(
                        "mq", 5672, "/", "", "q", "u", new DestinationConfig.Hidden("secret"), true, null));
    }

    @Test
    void settings_are_the_same_after_they_were_kept() {
        Value.Fields given = json("""
                {"servers":["k1:9092","k2:9092"],"topic":"t","mechanism":"scram-sha-256","user":"u","password":"p"}""");

        Value.Fields kept = destinations.checked("kafka", given);

        assertThat(destinations.checked("kafka", kept)).isEqualTo(kept);
        assertThat(ValueJson.write(kept)).contains("\"password\":\"p\"", "\"mechanism\":\"scram-sha-256\"");
    }

    @Test
    void secrets_are_not_shown_and_stay_when_given_back_masked() {
        Value.Fields kept = destinations.checked("http", json("""
                {"url":"https://h/","headers":{"X-Key":"k"},"token":"tok1","bearer":"b"}"""));

        Value.Fields shown = destinations.shown("http", kept);

        assertThat(ValueJson.write(shown))
                .doesNotContain("tok1")
                .contains("\"token\":\"***\"", "\"X-Key\":\"***\"", "\"bearer\":\"***\"");
        assertThat(destinations.unmasked("http", shown, kept)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http | {} | url: is missing",
                "http | {\"url\":\"https://h/\",\"uri\":\"x\"} | uri: is unknown",
                "rabbitmq | {\"host\":\"h\",\"port\":1.5,\"routingKey\":\"q\",\"user\":\"u\",\"password\":\"p\"} | no whole number",
                "kafka | {\"servers\":[\"a:1\"],\"topic\":\"t\",\"mechanism\":\"gssapi\"} | none of plain, scram-sha-256",
                "kafka | {\"servers\":\"a:1\",\"topic\":\"t\"} | no array",
                "postgresql | {\"host\":\"h\",\"database\":\"d\",\"table\":\"t\",\"columns\":{\"a\":1},\"user\":\"u\",\"password\":\"p\"} | no text",
                "carrier-pigeon | {} | there are http, kafka"
            })
    void what_is_wrong_is_named(String kind, String settings, String complaint) {
        assertThatThrownBy(() -> destinations.checked(kind, json(settings)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void no_configuration_prints_its_secrets() {
        destinations.make(
                "http", json("{\"url\":\"https://h/\",\"bearer\":\"topsecret\",\"headers\":{\"K\":\"topsecret\"}}"));

        assertThat(made.getFirst().toString()).doesNotContain("topsecret");
    }

    private Destination make(DestinationConfig config) {
        made.add(config);
        return new FakeDestination();
    }

    private static Value.Fields json(String text) {
        return ValueJson.readFields(Payload.of(text)).orElseThrow();
    }
}
