package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.batch.BatchStore.Filter;
import io.berth.core.device.DeviceCondition;
import io.berth.core.product.Product.NodeType;
import io.berth.storage.StorageConfig;
import io.berth.storage.ThingStateConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the vendor's applications hear when a product has as many devices as it may have.
final class DeviceQuotaActionsTest {
    private static final String FULL = "iot.device.DeviceCountExceeded";
    private static final StorageConfig TWO_DEVICES =
            new StorageConfig("", "", "", 1, 1, 1_000, 1_000, 10, 10, 10, 10, 2, ThingStateConfig.DEFAULT);

    @Test
    void every_way_of_registering_is_refused_in_the_vendors_word(@TempDir Path directory) {
        try (TestOpenApi api = new TestOpenApi(directory, TWO_DEVICES)) {
            api.makeProduct("a1pk", NodeType.DIRECT);
            api.makeDevice("a1pk", "lamp1");

            assertThat(code(api, "BatchRegisterDevice", "ProductKey", "a1pk", "Count", "2"))
                    .isEqualTo(FULL);
            assertThat(code(
                            api,
                            "BatchCheckDeviceNames",
                            "ProductKey",
                            "a1pk",
                            "DeviceName.1",
                            "lamp2",
                            "DeviceName.2",
                            "lamp3"))
                    .isEqualTo(FULL);
            assertThat(api.batches.count(Filter.ALL)).isZero();
            api.makeDevice("a1pk", "lamp2");
            assertThat(code(api, "RegisterDevice", "ProductKey", "a1pk", "DeviceName", "lamp3"))
                    .isEqualTo(FULL);
            assertThat(code(
                            api,
                            "ImportDevice",
                            "ProductKey",
                            "a1pk",
                            "DeviceName",
                            "lamp3",
                            "DeviceSecret",
                            "0123456789abcdef"))
                    .isEqualTo(FULL);
            assertThat(api.devices.count(DeviceCondition.ofProduct("a1pk"))).isEqualTo(2);
        }
    }

    private static String code(TestOpenApi api, String action, String... parameters) {
        return api.call(action, parameters).path("Code").asString();
    }
}
