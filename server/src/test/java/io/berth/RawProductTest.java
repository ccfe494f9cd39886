package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.TestDevice.Heard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A device that speaks bytes and the script of its product, the sample of spec aliyun-device 8, on a whole
/// server: one for all, with a device for each.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RawProductTest {
    private static final String SECRET = "f4c1f0e4b9b24d3c8c7ad0e1f2a3b4c5";
    private static final String SAMPLE = """
            function rawDataToProtocol(b){return b[0]===0?{method:"thing.event.property.post",version:"1.0",id:""+((b[1]<<8)|b[2]),params:{Temp:((b[3]<<8)|b[4])/10}}:{method:"thing.service.property.set",id:""+((b[1]<<8)|b[2]),code:b[3]===0?200:460,data:{}};}
            function protocolToRawData(o){var n=parseInt(o.id,10)||0;return o.method==="thing.service.property.set"?[1,n>>8&255,n&255,Math.round(o.params.Temp*10)>>8&255,Math.round(o.params.Temp*10)&255]:[2,n>>8&255,n&255,o.code===200?0:1];}
            """;
    private static final String TRANSFORMING =
            SAMPLE + "function transformPayload(topic, bytes) { return {topic: topic, length: bytes.length}; }";
    private static final String ENDLESS =
            "function rawDataToProtocol(b) { for (;;); } function protocolToRawData(o) { return []; }";

    private static final String TSL = """
            {"profile":{"productKey":"meter"},"properties":[
            {"identifier":"Temp","accessMode":"rw","dataType":{"type":"float","specs":{"min":"-40","max":"120"}}}]}""";

    private Path folder;
    private RunningBerth berth;
    private Operator operator;
    private int devices;
    private String name;
    private String model;
    private TestDevice device;

    @BeforeAll
    void start(@TempDir Path data, @TempDir Path folder) {
        this.folder = folder;
        berth = RunningBerth.on(data);
        operator = berth.operator();
        createProduct("meter", SAMPLE);
    }

    @BeforeEach
    void connect() {
        name = "m" + ++devices;
        model = "/sys/meter/" + name + "/thing/model/";
        device = deviceOf("meter", name);
    }

    @AfterEach
    void disconnect() {
        device.close();
    }

    @AfterAll
    void stop() {
        berth.close();
    }

    @Test
    void bytes_are_a_value_and_are_answered_in_bytes() {
        device.publishesHex(model + "up_raw", "00000c00d7");

        Heard answer = device.hears();
        assertThat(answer.topic()).isEqualTo(model + "up_raw_reply");
        assertThat(answer.hex()).isEqualTo("02000c00");
        assertThat(temperature("meter", name)).isEqualTo(21.5);
    }

    @Test
    void a_value_to_set_goes_down_as_bytes_and_is_answered_in_bytes() {
        CompletableFuture<JsonNode> set = CompletableFuture.supplyAsync(
                () -> operator.does("thing", "set", "meter", name, "Temp=23", "--wait", "30s"));

        Heard asked = device.hears();
        assertThat(asked.topic()).isEqualTo(model + "down_raw");
        assertThat(asked.hex()).matches("01[0-9a-f]{4}00e6");
        device.publishesHex(model + "down_raw_reply", "01" + id(asked) + "00");

        assertThat(set.join().path("state").stringValue()).isEqualTo("answered");
    }

    @Test
    void a_refusal_in_bytes_reaches_the_operator() {
        CompletableFuture<JsonNode> set = CompletableFuture.supplyAsync(
                () -> operator.types("--json", "thing", "set", "meter", name, "Temp=23", "--wait", "30s")
                        .json());

        device.publishesHex(model + "down_raw_reply", "01" + id(device.hears()) + "01");

        assertThat(set.join().path("code").stringValue()).isEqualTo("460");
    }

    @Test
    void a_script_that_never_ends_costs_its_message_an_error_and_nobody_else_anything() {
        createProduct("trap", ENDLESS);
        try (TestDevice caught = deviceOf("trap", "t1")) {
            caught.publishes("/sys/trap/t1/thing/model/up_raw", 0, new byte[] {0, 0, 1, 0, 1});
            device.publishesHex(model + "up_raw", "00000d00d8");

            assertThat(device.hears().hex()).isEqualTo("02000d00");
            assertThat(temperature("meter", name)).isEqualTo(21.6);
            assertThat(caught.hears().text()).startsWith("{\"code\":26002,");
            assertThat(caught.isConnected()).isTrue();
            assertThat(operator.does("thing", "show", "trap", "t1").path("properties"))
                    .isEmpty();
        }
    }

    @Test
    void a_script_is_tried_on_sample_bytes() {
        JsonNode message = operator.does("script", "try", "--product", "meter", "--up", "00 000c 00d7")
                .path("message");
        assertThat(message.path("method").stringValue()).isEqualTo("thing.event.property.post");
        assertThat(message.path("params").path("Temp").doubleValue()).isEqualTo(21.5);

        String set = "{\"method\":\"thing.service.property.set\",\"id\":\"7\",\"params\":{\"Temp\":23}}";
        assertThat(operator.types("script", "try", "--product", "meter", "--down", set)
                        .out()
                        .strip())
                .isEqualTo("01 00 07 00 e6");
    }

    @Test
    void bytes_on_a_custom_topic_go_through_the_script_when_their_sender_asks_for_it() {
        createProduct("sorter", TRANSFORMING);
        try (TestDevice sorter = deviceOf("sorter", "s1");
                Tail tail = berth.tail("sorter", "message")) {
            sorter.publishesHex("/sorter/s1/user/update?_sn=default", "0102ff");

            String event = tail.line();
            assertThat(event).contains("\"/sorter/s1/user/update\"").doesNotContain("_sn");
            assertThat(event).contains("\\\"length\\\":3");
        }
    }

    private void createProduct(String key, String script) {
        operator.does("product", "create", key, "--key", key, "--format", "raw");
        operator.does("thing", "import", key, file(key + ".json", TSL), "--publish");
        operator.does("script", "put", key, file(key + ".js", script));
    }

    private TestDevice deviceOf(String product, String name) {
        operator.does("device", "create", product, name, "--secret", SECRET);
        return berth.alibaba(product, name, SECRET, ",_ss=1").connects();
    }

    private double temperature(String product, String name) {
        return await().until(
                        () -> operator.does("thing", "show", product, name)
                                .path("properties")
                                .path("Temp")
                                .path("value"),
                        JsonNode::isNumber)
                .doubleValue();
    }

    private String file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The two bytes of a request that say which it is.
    private static String id(Heard request) {
        return request.hex().substring(2, 6);
    }
}
