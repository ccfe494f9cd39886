package io.berth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.dialect.huawei.rest.HuaweiRest;
import io.berth.testing.KafkaPeer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A rule of one resource space, made as Huawei's applications do, into a Kafka cluster that knows no users (the
/// channel `MRS_KAFKA_FORWARDING`).
final class HuaweiForwardingTest {
    private static final String SECRET = "13579bdf02468ace13579bdf02468ace";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path data;

    @TempDir
    Path kafka;

    @Test
    void a_rule_of_a_space_forwards_what_its_products_report_and_no_others_to_kafka() throws Exception {
        try (KafkaPeer broker = KafkaPeer.start(kafka);
                RunningBerth berth = RunningBerth.configured(data, "rule.allow = [\"" + broker.servers() + "\"]")) {
            Rest rest = new Rest(
                    berth.url(),
                    berth.operator()
                            .does("token", "create", "app")
                            .path("token")
                            .stringValue());
            String ours =
                    rest.post("apps", "{\"app_name\":\"ours\"}").path("app_id").asString();
            String theirs = rest.post("apps", "{\"app_name\":\"theirs\"}")
                    .path("app_id")
                    .asString();
            rest.makeDevice("lamp", ours);
            rest.makeDevice("tank", theirs);
            String rule = rest.post(
                            "routing-rule/rules",
                            "{\"rule_name\":\"r\",\"subject\":{\"resource\":\"device.property\",\"event\":\"report\"},"
                                    + "\"app_type\":\"APP\",\"app_id\":\"" + ours + "\"}")
                    .path("rule_id")
                    .asString();
            JsonNode action = rest.post(
                    "routing-rule/actions",
                    "{\"rule_id\":\"" + rule + "\",\"channel\":\"MRS_KAFKA_FORWARDING\",\"channel_detail\":"
                            + "{\"mrs_kafka_forwarding\":{\"addresses\":[{\"ip\":\"127.0.0.1\",\"port\":"
                            + broker.servers().substring("127.0.0.1:".length()) + "}],\"topic\":\"reports\"}}}");
            assertThat(action.at("/channel_detail/mrs_kafka_forwarding/topic").asString())
                    .isEqualTo("reports");
            assertThat(action.path("channel").asString()).isEqualTo("MRS_KAFKA_FORWARDING");
            assertThat(rest.put("routing-rule/rules/" + rule, "{\"active\":true}")
                            .path("app_id")
                            .asString())
                    .isEqualTo(ours);

            try (TestDevice other = berth.huawei("tank_n1", SECRET).connects();
                    TestDevice one = berth.huawei("lamp_n1", SECRET).connects()) {
                report(other, "tank_n1", 1);
                report(one, "lamp_n1", 2);
                report(other, "tank_n1", 3);
                report(one, "lamp_n1", 4);
            }

            List<JsonNode> forwarded = read(broker, "reports", 2);
            assertThat(forwarded)
                    .extracting(each -> each.at("/notify_data/header/device_id").asString())
                    .containsExactly("lamp_n1", "lamp_n1");
            assertThat(forwarded)
                    .extracting(each -> each.at("/notify_data/header/app_id").asString())
                    .containsOnly(ours);
        }
    }

    private static void report(TestDevice device, String id, int level) {
        device.publishes(
                "$oc/devices/" + id + "/sys/properties/report",
                "{\"services\":[{\"service_id\":\"s\",\"properties\":{\"level\":" + level + "}}]}");
    }

    /// Waits for so many, and a moment for more.
    private static List<JsonNode> read(KafkaPeer broker, String topic, int count) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<JsonNode> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.servers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(500))
                        .forEach(record -> found.add(JsonMapper.shared().readTree(record.value())));
                return found.size() >= count;
            });
            consumer.poll(Duration.ofMillis(500))
                    .forEach(record -> found.add(JsonMapper.shared().readTree(record.value())));
        }
        return found;
    }

    /// Huawei's REST interface for the holder of a token.
    private record Rest(String url, String token) {
        void makeDevice(String product, String space) throws IOException, InterruptedException {
            post(
                    "products",
                    "{\"product_id\":\"" + product + "\",\"name\":\"" + product + "\",\"app_id\":\"" + space
                            + "\",\"device_type\":\"d\",\"protocol_type\":\"MQTT\",\"data_format\":\"json\"}");
            post(
                    "devices",
                    "{\"product_id\":\"" + product + "\",\"node_id\":\"n1\",\"auth_info\":{\"secret\":\"" + SECRET
                            + "\"}}");
        }

        JsonNode post(String path, String body) throws IOException, InterruptedException {
            return call("POST", path, body);
        }

        JsonNode put(String path, String body) throws IOException, InterruptedException {
            return call("PUT", path, body);
        }

        private JsonNode call(String method, String path, String body) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(url + "/v5/iot/" + HuaweiRest.Rules.DEFAULT.projectId() + "/" + path))
                    .header("X-Auth-Token", token)
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 299);
            return JsonMapper.shared().readTree(answer.body());
        }
    }
}
