package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Unit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Physical devices of a name that were activated without having been registered (spec aliyun-openapi 3.2).
final class ClientIdActionsTest extends ActionBed {
    private static final DeviceId DEVICE = new DeviceId("a1pk", "twins");

    private String iotId = "";

    @BeforeEach
    void twins() {
        api.makeDevice("a1pk", "twins");
        for (String id : List.of("one", "two")) {
            api.storage.units().add(DEVICE, Unit.of(id, new Secret("token"), api.clock.instant()), 5);
        }
        iotId = api.devices.get(DEVICE).alias();
    }

    @Test
    void client_ids_are_told_with_the_time_they_were_made() {
        JsonNode data = done("QueryClientIds", "IotId", iotId).path("Data");

        assertThat(data.path("IotId").asString()).isEqualTo(iotId);
        assertThat(data.path("DynamicRegClientIds"))
                .hasToString("[{\"ClientId\":\"one\",\"CreateTime\":" + api.clock.millis()
                        + "},{\"ClientId\":\"two\",\"CreateTime\":" + api.clock.millis() + "}]");
    }

    @Test
    void one_client_id_is_kept_and_the_others_are_refused() {
        done("TransformClientId", "IotId", iotId, "ClientId", "two");

        assertThat(api.storage.units().of(DEVICE)).extracting(Unit::id).containsExactly("two");
        assertRefused("iot.device.NotExistedDevice", "TransformClientId", "IotId", iotId, "ClientId", "one");
    }

    @Test
    void all_client_ids_are_refused() {
        done("DeleteClientIds", "IotId", iotId);

        assertThat(api.storage.units().of(DEVICE)).isEmpty();
    }

    @Test
    void an_unknown_device_has_none() {
        assertRefused("iot.device.NotExistedDevice", "QueryClientIds", "IotId", "nobody");
        assertThat(api.call("DeleteClientIds").path("Code").asString()).isEqualTo("MissingIotId");
    }
}
