package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // made before each test
final class RiskCommandsTest {
    private static final String UNITS = "/products/a1pk/devices/twins/units";
    private static final String TWINS = "{\"product\":\"a1pk\",\"device\":\"twins\",\"units\":["
            + "{\"clientId\":\"one\",\"created\":\"2026-11-21T08:00:00Z\",\"seen\":\"2026-11-21T09:00:00Z\"},"
            + "{\"clientId\":\"two\",\"created\":\"2026-11-21T08:30:00Z\"}]}";

    private FakeApi api;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void lists_all_or_those_of_a_product() {
        api.on("GET /risks", "{\"items\":[" + TWINS + "]}").on("GET /products/a1pk/risks", "{\"items\":[]}");

        assertThat(Terminal.of(api).berth("risk", "list").out()).contains("PRODUCT", "DEVICE", "a1pk", "twins");
        Terminal.of(api).berth("risk", "list", "--product", "a1pk");
        assertThat(api.lastCall().target()).startsWith("/products/a1pk/risks");
    }

    @Test
    void shows_who_goes_by_a_name() {
        api.on("GET " + UNITS, TWINS);

        assertThat(Terminal.of(api).berth("risk", "show", "a1pk", "twins").out())
                .contains("CLIENT ID", "SEEN", "one", "two");

        api.on("GET " + UNITS, TWINS);
        assertThat(Terminal.of(api)
                        .berth("risk", "show", "a1pk", "twins", "--json")
                        .out())
                .contains("\"units\":[");
    }

    @Test
    void keeps_one() {
        api.on("POST " + UNITS + "/keep", TWINS);

        assertThat(Terminal.of(api)
                        .berth("risk", "keep", "a1pk", "twins", "two")
                        .out())
                .isEqualTo("only two logs in as a1pk/twins\n");
        assertThat(api.lastCall().body()).isEqualTo("{\"clientId\":\"two\"}");
    }

    @Test
    void clears_all_when_told_so() {
        api.on("DELETE " + UNITS, 204, "");

        assertThat(Terminal.of(api)
                        .berth("risk", "clear", "a1pk", "twins", "--yes")
                        .out())
                .isEqualTo("cleared a1pk/twins\n");
    }

    @Test
    void switches_registration_of_a_product() {
        api.on("POST /products/a1pk", "{\"key\":\"a1pk\"}");

        Terminal.of(api)
                .berth("product", "update", "a1pk", "--dynamic-registration", "on", "--without-preregistration", "off");

        assertThat(api.lastCall().body()).isEqualTo("{\"dynamicRegistration\":true,\"withoutPreregistration\":false}");
    }
}
