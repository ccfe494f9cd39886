package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Unit;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Names that several physical devices go by, and the switches that let them.
@SuppressWarnings("NullAway.Init") // made before each test
final class RiskApiTest {
    private static final String UNITS = "/products/a1pk/devices/twins/units";

    private ApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer();
        server.post("/products", "{\"name\":\"Lamp\",\"key\":\"a1pk\"}");
        server.post("/products/a1pk/devices", "{\"name\":\"twins\"}");
        for (String id : new String[] {"one", "two"}) {
            Unit unit = Unit.of(id, new Secret("token"), server.clock.instant());
            server.registry.units().add(new DeviceId("a1pk", "twins"), unit, 5);
            server.units.loggedIn(new DeviceId("a1pk", "twins"), unit);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void risks_are_listed_with_who_they_are_and_never_a_token() {
        String twins = "{\"product\":\"a1pk\",\"device\":\"twins\",\"units\":["
                + "{\"clientId\":\"one\",\"created\":\"2026-11-21T08:00:00Z\",\"seen\":\"2026-11-21T08:00:00Z\"},"
                + "{\"clientId\":\"two\",\"created\":\"2026-11-21T08:00:00Z\",\"seen\":\"2026-11-21T08:00:00Z\"}]}";

        assertThat(server.get("/risks").text()).isEqualTo("{\"items\":[" + twins + "]}");
        assertThat(server.get("/products/a1pk/risks").text()).isEqualTo("{\"items\":[" + twins + "]}");
        assertThat(server.get(UNITS).text()).isEqualTo(twins);
        assertThat(server.get("/risks?limit=1&after=a1pk/twins").text()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void one_is_kept() {
        assertThat(server.post(UNITS + "/keep", "{\"clientId\":\"two\"}")
                        .at("units")
                        .findValuesAsString("clientId"))
                .containsExactly("two");
        assertThat(server.get("/risks").text()).isEqualTo("{\"items\":[]}");
        assertThat(server.post(UNITS + "/keep", "{\"clientId\":\"one\"}").problem())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void all_are_cleared() {
        assertThat(server.delete(UNITS).status()).isEqualTo(204);
        assertThat(server.get(UNITS).at("units")).isEmpty();
        assertThat(server.delete("/products/a1pk/devices/nobody/units").problem())
                .isEqualTo("DEVICE_NOT_FOUND");
    }

    @Test
    void registration_is_switched_for_a_released_product_too() {
        server.post("/products/a1pk/release", "{\"released\":true}");

        assertThat(server.post("/products/a1pk", "{\"dynamicRegistration\":true,\"withoutPreregistration\":true}")
                        .status())
                .isEqualTo(200);
        assertThat(server.post("/products/a1pk", "{\"dynamicRegistration\":false}")
                        .at("withoutPreregistration")
                        .asBoolean())
                .isTrue();
        assertThat(server.get("/products/a1pk").at("dynamicRegistration").asBoolean())
                .isFalse();
        assertThat(server.post("/products/a1pk", "{\"name\":\"x\",\"dynamicRegistration\":true}")
                        .problem())
                .isEqualTo("PRODUCT_RELEASED");
        assertThat(server.get("/products/a1pk").at("dynamicRegistration").asBoolean())
                .isFalse();
    }
}
