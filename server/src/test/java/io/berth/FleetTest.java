package io.berth;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.TestDevice.Heard;
import io.berth.storage.PostgresServer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A product and a device come with the keys they had at their vendor, and the same device works on both wires.
@Tag("slow")
final class FleetTest {
    private static final String SECRET = "f4c1f0e4b9b24d3c8c7ad0e1f2a3b4c5";

    @TempDir
    Path data;

    @Test
    void a_device_talks_on_both_wires_on_sqlite() {
        try (RunningBerth berth = RunningBerth.on(data)) {
            theWholeWay(berth);
        }
    }

    @Test
    void a_device_talks_on_both_wires_on_postgresql() {
        String url = PostgresServer.running().newSchema();
        try (RunningBerth berth = RunningBerth.on(data, "storage.url=" + url)) {
            theWholeWay(berth);
        }
        assertThat(data.resolve("berth.db")).doesNotExist();
    }

    private static void theWholeWay(RunningBerth berth) {
        Operator operator = berth.operator();
        createsTheFleet(operator);
        try (Tail app = berth.tail("a1Meter");
                TestDevice device = berth.alibaba("a1Meter", "d1", SECRET).connects()) {
            assertThat(app.event().path("kind").stringValue()).isEqualTo("status");
            sendsUp(device, app);
            takesDownOnAlibabasWire(device, operator);
            answersOnAlibabasWire(device, operator);
            try (TestDevice same = berth.huawei("65f0_d1", SECRET).connects()) {
                device.losesItsConnection();
                takesDownOnHuaweisWire(same, operator);
                answersOnHuaweisWire(same, operator);
            }
        }
    }

    private static void createsTheFleet(Operator operator) {
        var product = operator.does(
                "product",
                "create",
                "Meter",
                "--key",
                "a1Meter",
                "--secret",
                "pr0ductSecret000",
                "--huawei-id",
                "65f0");
        assertThat(product.path("key").stringValue()).isEqualTo("a1Meter");
        assertThat(product.path("secret").stringValue()).isEqualTo("pr0ductSecret000");
        assertThat(product.path("huaweiId").stringValue()).isEqualTo("65f0");

        var device = operator.does(
                "device", "create", "a1Meter", "d1", "--secret", SECRET, "--huawei-id", "65f0_d1", "--node-id", "d1");
        assertThat(device.path("secret").stringValue()).isEqualTo(SECRET);
        assertThat(device.path("huaweiId").stringValue()).isEqualTo("65f0_d1");
        assertThat(device.path("status").stringValue()).isEqualTo("never-seen");

        operator.does("topic", "add", "a1Meter", "user/update", "--allow", "pub");
        operator.does("topic", "add", "a1Meter", "user/get", "--allow", "sub");
    }

    private static void sendsUp(TestDevice device, Tail app) {
        device.publishes("/a1Meter/d1/user/update", "{\"t\":21}");
        assertThat(app.line())
                .matches("\\{\"id\":\"[0-9]+\","
                        + "\"time\":\"[0-9T:.-]+Z\",\"product\":\"a1Meter\",\"device\":\"d1\",\"dialect\":\"aliyun\","
                        + "\"kind\":\"message\",\"topic\":\"/a1Meter/d1/user/update\",\"qos\":1,"
                        + "\"payload\":\"\\{\\\\\"t\\\\\":21\\}\"\\}");
        device.publishes("/a1Meter/d1/user/update", 0, new byte[] {(byte) 0xff, 0});
        assertThat(app.line()).endsWith("\"qos\":0,\"payloadBase64\":\"/wA=\"}");
    }

    private static void takesDownOnAlibabasWire(TestDevice device, Operator operator) {
        assertThat(device.subscribes("/a1Meter/d1/user/get")).isEqualTo(1);
        assertThat(device.subscribes("/broadcast/a1Meter/#")).isEqualTo(1);

        assertThat(publish(operator, "/a1Meter/d1/user/get", "0", "on")).isEqualTo("sent");
        assertThat(device.hears()).isEqualTo(new Heard("/a1Meter/d1/user/get", 0, "on"));
        assertThat(publish(operator, "/a1Meter/d1/user/get", "1", "off")).isEqualTo("acknowledged");
        assertThat(device.hears()).isEqualTo(new Heard("/a1Meter/d1/user/get", 1, "off"));

        var offered = operator.does("broadcast", "a1Meter", "news", "--text", "hello");
        assertThat(offered.path("offered").intValue()).isEqualTo(1);
        assertThat(device.hears()).isEqualTo(new Heard("/broadcast/a1Meter/news", 0, "hello"));
    }

    private static void answersOnAlibabasWire(TestDevice device, Operator operator) {
        assertThat(device.subscribes("/sys/a1Meter/d1/rrpc/request/+")).isEqualTo(1);
        var answer = CompletableFuture.supplyAsync(
                () -> operator.does("rrpc", "a1Meter", "d1", "--text", "state?", "--timeout", "30s"));

        Heard request = device.hears();
        assertThat(request.text()).isEqualTo("state?");
        device.publishes(request.topic().replace("/request/", "/response/"), "{\"on\":true}");

        assertThat(answer.join().path("text").stringValue()).isEqualTo("{\"on\":true}");
    }

    private static void takesDownOnHuaweisWire(TestDevice device, Operator operator) {
        var shown = operator.does("device", "show", "--huawei-id", "65f0_d1");
        assertThat(shown.path("status").stringValue()).isEqualTo("online");
        assertThat(shown.path("dialect").stringValue()).isEqualTo("huawei");

        assertThat(device.subscribes("$oc/devices/65f0_d1/user/get")).isEqualTo(1);
        assertThat(publish(operator, "user/get", "1", "on")).isEqualTo("acknowledged");
        assertThat(device.hears()).isEqualTo(new Heard("$oc/devices/65f0_d1/user/get", 1, "on"));

        // nobody subscribed the system topic: it comes all the same, at QoS 0
        var sent = operator.does("publish", "a1Meter", "d1", "$oc/devices/65f0_d1/sys/messages/down", "--text", "hi");
        assertThat(sent.path("state").stringValue()).isEqualTo("sent");
        assertThat(device.hears()).isEqualTo(new Heard("$oc/devices/65f0_d1/sys/messages/down", 0, "hi"));
    }

    private static void answersOnHuaweisWire(TestDevice device, Operator operator) {
        var answer = CompletableFuture.supplyAsync(
                () -> operator.does("rrpc", "a1Meter", "d1", "--text", "{\"value\":1}", "--timeout", "30s"));

        Heard command = device.hears();
        assertThat(command.topic()).startsWith("$oc/devices/65f0_d1/sys/commands/request_id=");
        assertThat(command.text())
                .isEqualTo("{\"object_device_id\":\"65f0_d1\",\"service_id\":\"\",\"command_name\":\"request\","
                        + "\"paras\":{\"value\":1}}");
        device.publishes(
                command.topic().replace("/commands/request_id=", "/commands/response/request_id="),
                "{\"result_code\":0}");

        assertThat(answer.join().path("text").stringValue()).isEqualTo("{\"result_code\":0}");
    }

    private static String publish(Operator operator, String topic, String qos, String text) {
        return operator.does("publish", "a1Meter", "d1", topic, "--qos", qos, "--text", text, "--wait", "30s")
                .path("state")
                .stringValue();
    }
}
