package io.berth.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FleetTest {
    @Test
    void the_same_seed_gives_the_same_identities() {
        assertThat(new Fleet(7, 50, Mix.MIXED).csv()).isEqualTo(new Fleet(7, 50, Mix.ALIYUN).csv());
        assertThat(new Fleet(8, 50, Mix.MIXED).csv()).isNotEqualTo(new Fleet(7, 50, Mix.MIXED).csv());
    }

    @Test
    void an_import_has_a_line_per_device_below_its_header() {
        assertThat(new Fleet(1, 2, Mix.ALIYUN).csv().lines())
                .hasSize(3)
                .first()
                .isEqualTo("ProductKey,DeviceName,DeviceSecret,HuaweiDeviceId");
        assertThat(new Fleet(1, 2, Mix.ALIYUN).csv())
                .contains("\nsim1,d000001,")
                .contains(",sim1_d000001\n");
    }

    @Test
    void a_mixed_fleet_speaks_both_wires() {
        assertThat(new Fleet(1, 4, Mix.MIXED).devices())
                .extracting(Device::dialect)
                .containsExactly(Dialect.ALIYUN, Dialect.HUAWEI, Dialect.ALIYUN, Dialect.HUAWEI);
    }

    @Test
    void an_empty_fleet_is_refused() {
        assertThatThrownBy(() -> new Fleet(1, 0, Mix.ALIYUN)).hasMessageContaining("1 to 1000000");
    }
}
