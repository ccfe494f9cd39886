package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.api.ApiServer.Answer;
import io.berth.core.alarm.Alarm.Severity;
import io.berth.core.device.DeviceId;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // made before each test
final class AlarmApiTest {
    private ApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer();
        server.alarms.raise("scene:hot:a1:pump", new DeviceId("a1", "pump"), Severity.MAJOR, "hot");
        server.alarms.raise("event-log", Severity.CRITICAL, "full");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void alarms_are_listed_by_state_and_page() {
        Answer first = server.get("/alarms?limit=1");
        assertThat(first.at("items").size()).isEqualTo(1);
        String after = first.at("next").asString().replace(" ", "%20").replace(":", "%3A");
        Answer second = server.get("/alarms?limit=1&after=" + after);
        assertThat(second.at("items").get(0).get("product").asString()).isEqualTo("a1");
        assertThat(second.json().has("next")).isFalse();

        server.alarms.clear("event-log");
        assertThat(server.get("/alarms?state=cleared")
                        .at("items")
                        .get(0)
                        .get("source")
                        .asString())
                .isEqualTo("event-log");
        assertThat(server.get("/alarms?state=active").at("items").size()).isEqualTo(1);
        assertThat(server.get("/alarms?state=over").status()).isEqualTo(400);
    }

    @Test
    void one_is_acknowledged_cleared_and_shown_with_its_history() {
        String alarm = "/alarms/scene:hot:a1:pump";
        Answer seen = server.post(alarm + "/acknowledge", "{}");
        assertThat(seen.at("state").asString()).isEqualTo("acknowledged");
        assertThat(seen.at("acknowledged").asString()).isNotBlank();
        assertThat(server.post(alarm + "/clear", "{}").at("state").asString()).isEqualTo("cleared");

        assertThat(server.get(alarm).at("severity").asString()).isEqualTo("major");
        Answer history = server.get(alarm + "/history");
        assertThat(history.at("items").size()).isEqualTo(3);
        assertThat(history.at("items").get(0).get("change").asString()).isEqualTo("cleared");
        assertThat(history.at("items").get(0).get("by").asString()).isNotBlank();
        assertThat(history.at("items").get(2).has("by")).isFalse();
        assertThat(server.post(alarm + "/acknowledge", "{}").status()).isEqualTo(409);
        assertThat(server.get("/alarms/none").status()).isEqualTo(404);
    }
}
