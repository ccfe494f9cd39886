package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Consumer groups of a whole server: what waits for them outlives it, and a tail can look back at it.
final class ConsumerGroupsTest {
    private static final String SECRET = "13579bdf02468ace13579bdf02468ace";

    @TempDir
    static Path data;

    @Test
    void what_a_group_wants_is_kept_over_a_restart() throws Exception {
        try (RunningBerth berth = RunningBerth.on(data)) {
            Operator operator = berth.operator();
            operator.does("product", "create", "Pump", "--key", "pump");
            operator.does("device", "create", "pump", "d1", "--secret", SECRET);
            JsonNode made = operator.does("group", "create", "app", "--kinds", "message,status", "--product", "pump");
            assertThat(made.propertyNames()).containsExactly("id", "name");

            try (TestDevice device = berth.alibaba("pump", "d1", SECRET).connects()) {
                device.publishes("/pump/d1/user/update", "kept").leaves();
            }
            // online, the message, offline
            await().until(() -> waiting(operator) == 3);
        }
        try (RunningBerth berth = RunningBerth.on(data)) {
            Operator operator = berth.operator();
            await().until(() -> waiting(operator) == 3);
            assertThat(operator.types("--json", "tail", "--from", "10m", "--count", "3")
                            .out())
                    .contains("online", "kept", "offline");
            assertThat(metrics(berth)).contains("berth_group_waiting{group=\"app\"} 3.0");

            operator.does("group", "reset", "app", "--to", "now");
            assertThat(waiting(operator)).isZero();
            operator.does("group", "delete", "app", "--yes");
            assertThat(operator.isRefused("group", "show", "app")).contains("no consumer group");
            assertThat(metrics(berth)).doesNotContain("berth_group_waiting");
        }
    }

    private static String metrics(RunningBerth berth) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(berth.url() + "/metrics")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static long waiting(Operator operator) {
        return operator.does("group", "show", "app").get("waiting").asLong();
    }
}
