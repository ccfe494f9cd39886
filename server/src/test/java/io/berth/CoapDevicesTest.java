package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices on CoAP against a whole server, with an independent client.
final class CoapDevicesTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    static Path data;

    private static RunningBerth berth;

    @BeforeAll
    static void start() {
        berth = RunningBerth.on(data);
        berth.operator().does("product", "create", "Meter", "--key", "a1pk");
    }

    @AfterAll
    static void stop() {
        berth.close();
    }

    /// A new device, which has not logged in.
    private static CoapDevice device(String name) {
        berth.operator().does("device", "create", "a1pk", name, "--secret", SECRET);
        return CoapDevice.inClear(berth.port("coap-sym"), "a1pk", name, SECRET);
    }

    @Test
    void what_a_device_encrypts_itself_reaches_whoever_follows_it() {
        try (Tail tail = berth.tail("a1pk");
                CoapDevice device = device("enc").logsIn()) {
            Response answer = device.publishes("/a1pk/enc/user/update", "{\"id\":\"1\"}");

            assertThat(answer.getCode()).isEqualTo(ResponseCode.CONTENT);
            assertThat(answer.getPayload()).isEmpty();
            await().until(tail::line, line -> line.contains("\"enc\"") && line.contains("online"));
            await().until(
                            tail::line,
                            line -> line.contains("/a1pk/enc/user/update") && line.contains("{\\\"id\\\":\\\"1\\\"}"));
        }
    }

    @Test
    void a_message_that_is_sent_again_is_refused_and_the_operator_learns_why() {
        try (CoapDevice device = device("again").logsIn()) {
            assertThat(device.publishes("/a1pk/again/user/update", "one", 1).getCode())
                    .isEqualTo(ResponseCode.CONTENT);

            assertThat(device.publishes("/a1pk/again/user/update", "one", 1).getCode())
                    .isEqualTo(ResponseCode.UNAUTHORIZED);

            assertThat(explained("again", "replayed"))
                    .contains("sequence number 1 came before")
                    .contains("coap-sym");
        }
    }

    @Test
    void a_wrong_secret_is_refused_and_the_operator_learns_why() {
        device("wrong").close();
        try (CoapDevice device =
                CoapDevice.inClear(berth.port("coap-sym"), "a1pk", "wrong", "fedcba9876543210fedcba9876543210")) {
            byte[] body = device.body("clientIdcdeviceNamewrongproductKeya1pkseq10", "");

            assertThat(device.post("/auth", body, request -> {}).getCode()).isEqualTo(ResponseCode.FORBIDDEN);

            assertThat(explained("wrong", "wrong-signature")).contains("clientIdcdeviceNamewrongproductKeya1pkseq10");
        }
    }

    /// What the operator is told of the device, once it is on record.
    private static String explained(String name, String fault) {
        return await("a refusal with " + fault)
                .until(() -> berth.operator().types("explain", "a1pk", name).out(), text -> text.contains(fault));
    }

    @Test
    void a_token_survives_a_restart_and_dies_with_the_device_disabled() {
        CoapDevice before = device("restart").logsIn();
        before.publishes("/a1pk/restart/user/update", "before");
        berth.close();
        berth = RunningBerth.on(data);
        // at another port: the old one may be somebody else's by now
        try (before;
                CoapDevice device = CoapDevice.inClear(berth.port("coap-sym"), "a1pk", "restart", SECRET)
                        .goesOnAs(before)) {
            assertThat(device.publishes("/a1pk/restart/user/update", "overheard", 1)
                            .getCode())
                    .isEqualTo(ResponseCode.UNAUTHORIZED);
            assertThat(device.publishes("/a1pk/restart/user/update", "after").getCode())
                    .isEqualTo(ResponseCode.CONTENT);

            berth.operator().does("device", "disable", "a1pk", "restart");
            assertThat(device.publishes("/a1pk/restart/user/update", "disabled").getCode())
                    .isEqualTo(ResponseCode.UNAUTHORIZED);
        }
    }

    @Test
    void a_device_is_online_after_a_report() {
        try (CoapDevice device = device("online").logsIn()) {
            device.publishes("/sys/a1pk/online/thing/event/property/post", "{\"id\":\"1\",\"params\":{}}");

            await().untilAsserted(() -> assertThat(berth.operator()
                            .does("device", "show", "a1pk", "online")
                            .path("status")
                            .stringValue())
                    .isEqualTo("online"));
        }
    }

    @Test
    void a_body_too_long_for_one_datagram_comes_in_blocks() {
        String text = "x".repeat(3_000);
        try (Tail tail = berth.tail("a1pk");
                CoapDevice device = device("blocks").logsIn()) {
            assertThat(device.publishes("/a1pk/blocks/user/update", text).getCode())
                    .isEqualTo(ResponseCode.CONTENT);

            await().until(tail::line, line -> line.contains(text));
        }
    }

    @Test
    void a_device_that_asks_for_it_is_answered_apart_from_the_acknowledgement() {
        try (CoapDevice device = device("apart").logsIn(",\"ackMode\":1")) {
            Response answer = device.publishes("/a1pk/apart/user/update", "hello");

            assertThat(answer.getCode()).isEqualTo(ResponseCode.CONTENT);
            assertThat(answer.isConfirmable()).isTrue();
        }
    }

    @Test
    void nothing_is_listed_for_who_looks_around() {
        try (CoapDevice device = device("looker")) {
            Request look = Request.newGet();
            look.setURI(device.url() + "/.well-known/core");

            assertThat(device.sends(look).getCode()).isEqualTo(ResponseCode.NOT_FOUND);
        }
    }
}
