package io.berth.dialect.huawei.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.dialect.AppAnswer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vendor's bounds, and one beyond (spec huawei-iotda 7.4, 7.5, 9).
@SuppressWarnings("NullAway.Init") // made before each test
final class LimitsTest {
    @TempDir
    Path directory;

    private TestRest rest;

    @BeforeEach
    void start() throws InterruptedException {
        rest = new TestRest(directory);
        rest.call(
                "POST",
                "products",
                "{\"product_id\":\"lamp\",\"name\":\"Lamp\",\"device_type\":\"Lamp\",\"protocol_type\":\"MQTT\","
                        + "\"data_format\":\"json\"}");
        rest.call("POST", "devices", "{\"product_id\":\"lamp\",\"node_id\":\"n1\"}");
    }

    @AfterEach
    void stop() {
        rest.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 201", "128, 201", "129, 400"})
    void the_name_of_a_message_has_128_characters(int length, int status) throws InterruptedException {
        assertAnswered(
                status,
                rest.call(
                        "POST",
                        "devices/lamp_n1/messages",
                        "{\"name\":\"" + "灯".repeat(length) + "\",\"message\":\"hello\"}"));
    }

    @ParameterizedTest
    @CsvSource({"100, 201", "101, 400"})
    void the_id_of_a_message_has_100_characters(int length, int status) throws InterruptedException {
        assertAnswered(
                status,
                rest.call(
                        "POST",
                        "devices/lamp_n1/messages",
                        "{\"message_id\":\"" + "i".repeat(length) + "\",\"message\":\"hello\"}"));
    }

    @ParameterizedTest
    @CsvSource({"131068, 201", "131072, 201", "131076, 400"})
    void a_broadcast_has_128_kilobytes_of_base64(int characters, int status) throws InterruptedException {
        assertAnswered(
                status,
                rest.call(
                        "POST",
                        "broadcast-messages",
                        "{\"topic_full_name\":\"$oc/broadcast/news\",\"message\":\"" + "A".repeat(characters) + "\"}"));
    }

    @ParameterizedTest
    @CsvSource({"32767, 201", "32768, 201", "32769, 400"})
    void the_parameters_of_a_command_have_32_kilobytes_as_json(int bytes, int status) throws InterruptedException {
        String frame = "{\"text\":\"\",\"list\":[1,2]}";
        String paras = frame.replace("\"\"", "\"" + "x".repeat(bytes - frame.length()) + "\"");
        assertThat(paras).hasSize(bytes);
        assertAnswered(
                status,
                rest.call(
                        "POST",
                        "devices/lamp_n1/async-commands",
                        "{\"service_id\":\"lamp\",\"command_name\":\"blink\",\"paras\":" + paras
                                + ",\"send_strategy\":\"delay\"}"));
    }

    private static void assertAnswered(int status, AppAnswer answer) {
        assertThat(answer.status()).as(answer.body().text()).isEqualTo(status);
    }
}
