package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices on CoAP against a whole server, with an independent client.
final class CoapDevicesTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path data;

    private RunningBerth berth;

    @BeforeEach
    void start() {
        berth = RunningBerth.on(data);
        Operator operator = berth.operator();
        operator.does("product", "create", "Meter", "--key", "a1pk");
        operator.does("device", "create", "a1pk", "dev1", "--secret", SECRET);
    }

    @AfterEach
    void stop() {
        berth.close();
    }

    private CoapDevice device() {
        return CoapDevice.inClear(berth.port("coap-sym"), "a1pk", "dev1", SECRET);
    }

    @Test
    void what_a_device_encrypts_itself_reaches_whoever_follows_it() {
        try (Tail tail = berth.tail("a1pk");
                CoapDevice device = device().logsIn()) {
            Response answer = device.publishes("/a1pk/dev1/user/update", "{\"id\":\"1\"}");

            assertThat(answer.getCode()).isEqualTo(ResponseCode.CONTENT);
            assertThat(answer.getPayload()).isEmpty();
            assertThat(tail.line()).contains("online");
            assertThat(tail.line()).contains("/a1pk/dev1/user/update").contains("{\\\"id\\\":\\\"1\\\"}");
        }
    }
}
