package io.berth;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.TestDevice.Heard;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a connection may do, what ends it, and what outlives it. Each test has a device of its own.
@Tag("slow")
final class DeviceSessionsTest {
    private static final String SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    private static final String NEW_SECRET = "ffeeddccbbaa99887766554433221100";

    @TempDir
    static Path data;

    private static RunningBerth berth;
    private static Operator operator;

    @BeforeAll
    static void start() {
        berth = RunningBerth.on(data);
        operator = berth.operator();
        operator.does("product", "create", "Pump", "--key", "pump", "--huawei-id", "hw");
        operator.does("topic", "add", "pump", "user/update", "--allow", "pub");
        operator.does("topic", "add", "pump", "user/get", "--allow", "sub");
    }

    @AfterAll
    static void stop() {
        berth.close();
    }

    @Test
    void another_devices_topics_are_refused_and_the_connection_stays() {
        create("own");
        create("other");
        try (Tail app = berth.tail("pump", "message");
                TestDevice device = berth.alibaba("pump", "own", SECRET).connects()) {
            assertThat(device.subscribes("/pump/other/user/get")).isEqualTo(TestDevice.FOREIGN);
            assertThat(device.subscribes("/sys/pump/+/rrpc/request/+")).isEqualTo(TestDevice.FOREIGN);
            assertThat(device.subscribes("#")).isEqualTo(TestDevice.FOREIGN);
            device.publishes("/pump/other/user/update", "foreign")
                    .publishes("/pump/own/user/undeclared", "undeclared")
                    .publishes("/pump/own/user/update", "own");

            assertThat(app.event().path("payload").stringValue()).isEqualTo("own");
        }
        try (TestDevice device = berth.huawei("hw_own", SECRET).connects()) {
            assertThat(device.subscribes("$oc/devices/hw_other/user/get")).isEqualTo(TestDevice.FOREIGN);
            assertThat(device.subscribes("$oc/devices/hw_other/sys/commands/#")).isEqualTo(TestDevice.FOREIGN);
            assertThat(device.isConnected()).isTrue();
        }
    }

    @Test
    void a_topic_added_or_removed_counts_at_once_for_a_connected_device() {
        create("grown");
        try (Tail app = berth.tail("pump", "message");
                Tail changes = berth.tail("pump", "lifecycle");
                TestDevice device = berth.alibaba("pump", "grown", SECRET).connects()) {
            device.publishes("/pump/grown/user/later", "too early");
            assertThat(device.subscribes("/pump/grown/user/hear")).isEqualTo(TestDevice.FOREIGN);

            operator.does("topic", "add", "pump", "user/later", "--allow", "pub");
            operator.does("topic", "add", "pump", "user/hear", "--allow", "sub");
            assertThat(lifecycle(changes)).isEqualTo("updated");
            assertThat(lifecycle(changes)).isEqualTo("updated");
            device.publishes("/pump/grown/user/later", "in time");
            assertThat(device.subscribes("/pump/grown/user/hear")).isEqualTo(1);
            assertThat(app.event().path("payload").stringValue()).isEqualTo("in time");

            operator.does("topic", "remove", "pump", "user/later", "--yes");
            assertThat(lifecycle(changes)).isEqualTo("updated");
            device.publishes("/pump/grown/user/later", "too late").publishes("/pump/grown/user/update", "still there");
            assertThat(app.event().path("payload").stringValue()).isEqualTo("still there");
        }
    }

    /// What the next event says of the product.
    private static String lifecycle(Tail changes) {
        return changes.event().path("data").path("change").stringValue();
    }

    @Test
    void a_disabled_device_is_cut_off_and_refused_until_it_is_enabled() {
        create("stopped");
        try (TestDevice device = berth.alibaba("pump", "stopped", SECRET).connects()) {
            operator.does("device", "disable", "pump", "stopped");
            device.losesItsConnection();

            assertThat(berth.alibaba("pump", "stopped", SECRET).isRefusedWith()).isEqualTo(5);
            assertThat(explained("stopped")).isEqualTo("device-disabled");
            assertThat(berth.huawei("hw_stopped", SECRET).isRefusedWith()).isIn(4, 5);
            assertThat(operator.isRefused("publish", "pump", "stopped", "user/get", "--text", "x"))
                    .contains("is disabled");

            operator.does("device", "enable", "pump", "stopped");
            device.connects();
        }
    }

    @Test
    void a_deleted_device_is_cut_off_and_unknown_from_then_on() {
        create("gone");
        try (TestDevice device = berth.alibaba("pump", "gone", SECRET).connects()) {
            operator.does("device", "delete", "pump", "gone", "--yes");
            device.losesItsConnection();

            assertThat(device.isRefusedWith()).isEqualTo(4);
            assertThat(explained("gone")).isEqualTo("unknown-device");
            assertThat(berth.huawei("hw_gone", SECRET).isRefusedWith()).isEqualTo(4);
        }
    }

    @Test
    void a_reset_device_is_cut_off_and_needs_its_new_secret() {
        create("renewed");
        try (TestDevice device = berth.alibaba("pump", "renewed", SECRET).connects();
                TestDevice renewed = berth.alibaba("pump", "renewed", NEW_SECRET)) {
            operator.does("device", "reset", "pump", "renewed", "--secret", NEW_SECRET);
            device.losesItsConnection();

            assertThat(device.isRefusedWith()).isEqualTo(4);
            assertThat(explained("renewed")).isEqualTo("wrong-signature");
            renewed.connects();
        }
    }

    @Test
    void a_second_login_closes_the_first_and_the_device_stays_online() {
        create("twice");
        try (TestDevice first = berth.alibaba("pump", "twice", SECRET).connects();
                TestDevice second = berth.alibaba("pump", "twice", SECRET).connects()) {
            first.losesItsConnection();

            assertThat(second.isConnected()).isTrue();
            assertThat(operator.does("device", "show", "pump", "twice")
                            .path("status")
                            .stringValue())
                    .isEqualTo("online");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 29, 1201})
    void a_keep_alive_out_of_bounds_is_refused(int seconds) {
        create("hasty" + seconds);
        assertThat(berth.alibaba("pump", "hasty" + seconds, SECRET)
                        .keepAlive(seconds)
                        .isRefusedWith())
                .isEqualTo(2);
        assertThat(explained("hasty" + seconds)).isEqualTo("keep-alive-out-of-range");
        assertThat(berth.huawei("hw_hasty" + seconds, SECRET).keepAlive(seconds).isRefusedWith())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 1200})
    void a_keep_alive_at_the_bounds_is_accepted(int seconds) {
        create("calm" + seconds);
        berth.alibaba("pump", "calm" + seconds, SECRET)
                .keepAlive(seconds)
                .connects()
                .close();
        berth.huawei("hw_calm" + seconds, SECRET).keepAlive(seconds).connects().close();
    }

    @Test
    void a_device_that_asks_for_it_gets_system_topics_without_subscribing() {
        create("implicit");
        try (TestDevice asks =
                berth.alibaba("pump", "implicit", SECRET, ",_ss=1").connects()) {
            asks.publishes(
                    "/sys/pump/implicit/thing/event/property/post",
                    "{\"id\":\"7\",\"version\":\"1.0\",\"params\":{\"t\":1}}");

            Heard reply = asks.hears();
            assertThat(reply.topic()).isEqualTo("/sys/pump/implicit/thing/event/property/post_reply");
            assertThat(reply.text()).contains("\"id\":\"7\"", "\"code\":200");
        }
        try (TestDevice doesNot = berth.alibaba("pump", "implicit", SECRET).connects()) {
            doesNot.subscribes("/ext/ntp/pump/implicit/response");
            doesNot.publishes(
                            "/sys/pump/implicit/thing/event/property/post",
                            "{\"id\":\"8\",\"version\":\"1.0\",\"params\":{\"t\":1}}")
                    .publishes("/ext/ntp/pump/implicit/request", "{\"deviceSendTime\":\"1\"}");

            assertThat(doesNot.hears().topic()).isEqualTo("/ext/ntp/pump/implicit/response");
        }
    }

    @Test
    void what_came_while_the_device_was_away_waits_in_its_session() {
        create("away");
        try (TestDevice device = berth.alibaba("pump", "away", SECRET).keepingItsSession()) {
            assertThat(device.findsItsSession()).isFalse();
            device.subscribes("/pump/away/user/get");
            device.leaves();
            operator.sees("pump", "away", "offline");

            assertThat(publish("away", "1", "first")).isEqualTo("queued");
            assertThat(publish("away", "1", "second")).isEqualTo("queued");
            assertThat(operator.isRefused("publish", "pump", "away", "user/get", "--text", "at QoS 0"))
                    .contains("not online");

            assertThat(device.findsItsSession()).isTrue();
            assertThat(device.hears()).isEqualTo(new Heard("/pump/away/user/get", 1, "first"));
            assertThat(device.hears()).isEqualTo(new Heard("/pump/away/user/get", 1, "second"));
            assertThat(publish("away", "0", "live")).isEqualTo("sent");
            assertThat(device.hears().text()).isEqualTo("live");
        }
    }

    @Test
    void a_clean_session_leaves_nothing_behind() {
        create("clean");
        try (TestDevice device = berth.alibaba("pump", "clean", SECRET).connects()) {
            device.subscribes("/pump/clean/user/get");
            device.leaves();
            operator.sees("pump", "clean", "offline");

            assertThat(operator.isRefused(
                            "publish", "pump", "clean", "/pump/clean/user/get", "--qos", "1", "--text", "x"))
                    .contains("keeps no session");
        }
    }

    private static void create(String name) {
        operator.does("device", "create", "pump", name, "--secret", SECRET, "--huawei-id", "hw_" + name);
    }

    private static String publish(String name, String qos, String text) {
        return operator.does("publish", "pump", name, "/pump/" + name + "/user/get", "--qos", qos, "--text", text)
                .path("state")
                .stringValue();
    }

    /// The fault of the newest refusal the server remembers.
    private static String explained(String name) {
        return org.awaitility.Awaitility.await()
                .until(
                        () -> operator.types("--json", "explain", "pump", name, "--limit", "1")
                                .lines(),
                        lines -> !lines.isEmpty())
                .getFirst()
                .path("fault")
                .stringValue();
    }
}
