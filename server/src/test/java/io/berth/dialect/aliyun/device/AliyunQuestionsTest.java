package io.berth.dialect.aliyun.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Page;
import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.DeviceLogStore.Line;
import io.berth.core.product.RemoteConfig;
import io.berth.core.state.ThingState;
import io.berth.dialect.Attempt;
import io.berth.dialect.aliyun.AliyunTsl;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a device asks of the platform: wishes, tags, its model, configuration, log (spec aliyun-device 5.3,
/// 5.6).
final class AliyunQuestionsTest {
    private final MeterDevice device = MeterDevice.lenient();

    @Test
    void wishes_are_told_in_the_wires_own_form_with_their_version() {
        SequencedMap<String, Value> wishes = new LinkedHashMap<>();
        wishes.put("Temp", new Value.Decimal(23));
        wishes.put("Since", new Value.Moment(Instant.ofEpochMilli(1_700_000_000_123L)));
        wishes.put("lamp:Lum", new Value.Whole(7));
        wants(new Value.Fields(wishes));

        assertThat(data("thing/property/desired/get", "[\"Temp\",\"Since\",\"Door\",\"lamp:Lum\",\"Volt\"]"))
                .isEqualTo("{\"Temp\":{\"value\":23.0,\"version\":1},"
                        + "\"Since\":{\"value\":\"1700000000123\",\"version\":1},"
                        + "\"lamp:Lum\":{\"value\":7,\"version\":1}}");
    }

    @Test
    void a_wish_goes_only_in_the_version_the_device_saw() {
        wants(Value.Fields.of("Temp", new Value.Decimal(23)));
        wants(Value.Fields.of("Temp", new Value.Decimal(24)));

        assertThat(data("thing/property/desired/delete", "{\"Temp\":{\"version\":1}}"))
                .isEqualTo("{}");
        assertThat(data("thing/property/desired/get", "[\"Temp\"]"))
                .isEqualTo("{\"Temp\":{\"value\":24.0,\"version\":2}}");

        data("thing/property/desired/delete", "{\"Temp\":{\"version\":2},\"Door\":{}}");
        assertThat(data("thing/property/desired/get", "[\"Temp\"]")).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "thing/property/desired/get~{}",
                "thing/property/desired/get~[1]",
                "thing/property/desired/delete~[]",
                "thing/property/desired/delete~{\"Temp\":1}",
                "thing/property/desired/delete~{\"Temp\":{\"version\":\"1\"}}",
                "thing/deviceinfo/update~{}",
                "thing/deviceinfo/update~[{\"attrKey\":\"a b\",\"attrValue\":\"x\"}]",
                "thing/deviceinfo/update~[{\"attrKey\":\"a\"}]",
                "thing/deviceinfo/update~[1]",
                "thing/deviceinfo/delete~[{\"key\":\"a\"}]",
                "thing/deviceinfo/get~[1]",
                "thing/config/get~{\"configScope\":\"device\"}",
                "thing/config/get~{\"getType\":\"content\"}",
                "thing/log/post~{}",
                "thing/log/post~[1]",
                "thing/log/post~[{\"utcTime\":\"today\",\"logContent\":\"x\"}]",
                "thing/log/post~[{\"logContent\":\"x\"}]",
                "thing/dsltemplate/get~[]",
            })
    void what_has_another_form_is_a_parameter_error(String suffix, String params) {
        assertThat(device.code(suffix, body(params))).isEqualTo(460);
    }

    @Test
    void tags_are_kept_replaced_told_and_forgotten() {
        data(
                "thing/deviceinfo/update",
                "[{\"attrKey\":\"Model\",\"attrValue\":\"X1\"},"
                        + "{\"attrKey\":\"SYS_SDK_LANGUAGE\",\"attrValue\":\"C\",\"domain\":\"SYSTEM\"}]");
        data("thing/deviceinfo/update", "[{\"attrKey\":\"Model\",\"attrValue\":\"X2\"}]");

        assertThat(data("thing/deviceinfo/get", "[\"Model\",\"None\"]"))
                .isEqualTo("[{\"attrKey\":\"Model\",\"attrValue\":\"X2\"}]");
        assertThat(data("thing/deviceinfo/get", "[{\"attrKey\":\"SYS_SDK_LANGUAGE\"}]"))
                .isEqualTo("[{\"attrKey\":\"SYS_SDK_LANGUAGE\",\"attrValue\":\"C\"}]");

        data("thing/deviceinfo/delete", "[{\"attrKey\":\"SYS_SDK_LANGUAGE\"}]");
        assertThat(data("thing/deviceinfo/get", "[]")).isEqualTo("[{\"attrKey\":\"Model\",\"attrValue\":\"X2\"}]");
    }

    @Test
    void a_device_has_at_most_200_tags() {
        String many = IntStream.range(0, 201)
                .mapToObj(i -> "{\"attrKey\":\"k" + i + "\",\"attrValue\":\"v\"}")
                .collect(Collectors.joining(",", "[", "]"));

        assertThat(device.code("thing/deviceinfo/update", body(many))).isEqualTo(460);
        assertThat(data("thing/deviceinfo/get", "[]")).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"thing/dsltemplate/get", "thing/dynamicTsl/get"})
    void the_model_is_told_as_tsl(String suffix) {
        assertThat(data(suffix, "{}")).isEqualTo(AliyunTsl.write(device.wire.product()));
    }

    @Test
    void a_configuration_is_told_with_where_to_fetch_it() {
        assertThat(device.code("thing/config/get", body("{}"))).isEqualTo(6713);
        device.platform.belongings.configs.enable("a1pk", true);
        assertThat(device.code("thing/config/get", body("{}"))).isEqualTo(6710);
        device.platform.belongings.configs.put(
                new RemoteConfig("c1", "a1pk", Payload.of("{\"interval\":5}"), "0f", Attempt.NOW));

        assertThat(data("thing/config/get", "{\"configScope\":\"product\",\"getType\":\"file\"}"))
                .isEqualTo("{\"configId\":\"c1\",\"configSize\":14,\"sign\":\"0f\",\"signMethod\":\"Sha256\","
                        + "\"url\":\"http://127.0.0.1:8080/files/config/c1\",\"getType\":\"file\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-01-02T03:04:05.678+0800",
                "2024-01-02T03:04:05.678+08:00",
                "2024-01-01T19:04:05.678Z",
                "2024-01-01T19:04:05.678",
            })
    void log_lines_are_kept_whatever_form_their_time_has(String time) {
        data(
                "thing/log/post",
                "[{\"utcTime\":\"" + time + "\",\"logLevel\":\"ERROR\",\"module\":\"m\",\"code\":\"4103\","
                        + "\"traceContext\":\"7\",\"logContent\":\"it broke\"}]");

        assertThat(device.platform
                        .belongings
                        .logs
                        .list(MeterDevice.ID, new Page.Request(null, 10))
                        .items())
                .containsExactly(
                        new Line(Instant.parse("2024-01-01T19:04:05.678Z"), "ERROR", "m", "4103", "7", "it broke"));
    }

    @Test
    void a_log_line_has_at_most_4096_bytes() {
        assertThat(device.code("thing/log/post", body(lineOf(4096)))).isEqualTo(200);
        assertThat(device.code("thing/log/post", body(lineOf(4097)))).isEqualTo(460);
    }

    @Test
    void a_device_is_told_whether_to_send_its_log() {
        device.platform.belongings.logs.want(MeterDevice.ID, true);

        assertThat(data("thing/config/log/get", "{\"configScope\":\"device\",\"getType\":\"content\"}"))
                .isEqualTo("{\"getType\":\"content\",\"content\":{\"mode\":1}}");
    }

    private void wants(Value.Fields wishes) {
        device.platform.things.change(MeterDevice.ID, (ThingState before) -> before.withDesired(wishes, Attempt.NOW));
    }

    /// The data of the answer to a question that succeeds.
    private String data(String suffix, String params) {
        String answer = device.hears(suffix, body(params));
        assertThat(answer).startsWith("{\"code\":200,\"id\":\"1\",\"message\":\"success\",");
        return answer.substring(answer.indexOf(",\"data\":") + 8, answer.length() - 1);
    }

    private static String body(String params) {
        return "{\"id\":\"1\",\"version\":\"1.0\",\"params\":" + params + "}";
    }

    private static String lineOf(int bytes) {
        return "[{\"utcTime\":\"2024-01-02T03:04:05Z\",\"logContent\":\"" + "x".repeat(bytes) + "\"}]";
    }
}
