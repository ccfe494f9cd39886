package io.berth.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.credential.Secret;
import io.berth.core.device.Devices.Change;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.Products;
import io.berth.testing.MemoryRegistry;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DevicesTest {
    private static final DeviceId ID = new DeviceId("pk", "d");

    private final MemoryRegistry registry = new MemoryRegistry();
    private final TestClock clock = new TestClock();
    private final List<Change> told = new ArrayList<>();
    private final Products products = new Products(registry.products(), clock, _ -> {});
    private final Devices devices = new Devices(registry.devices(), products, clock, (_, change) -> told.add(change));

    @BeforeEach
    void create() {
        products.create(
                new Products.Draft("p", "pk", null, null, AuthKind.SECRET, NodeType.DIRECT, DataFormat.JSON, false));
        devices.create(new Devices.Draft(ID, new Secret("first"), null, null));
        told.clear();
    }

    @Test
    void a_device_says_what_it_runs_with_every_connection_and_only_news_are_written() {
        devices.says(ID, new Versions("1.0", "", "java"));
        devices.says(ID, new Versions("1.0", "", ""));
        devices.says(ID, new Versions("", "2", ""));

        assertThat(devices.get(ID).versions()).isEqualTo(new Versions("1.0", "2", "java"));
        assertThat(told).containsExactly(Change.UPDATED, Change.UPDATED);
    }

    @Test
    void what_a_deleted_device_still_says_is_nobodys() {
        devices.delete(ID);

        devices.says(ID, new Versions("1.0", "", ""));

        assertThat(told).containsExactly(Change.DELETED);
    }

    @Test
    void a_spare_secret_leaves_the_first_one_and_both_can_be_changed() {
        devices.changeSecret(ID, new Secret("spare"), true);
        Device changed = devices.changeSecret(ID, new Secret("second"), false);

        assertThat(changed.secret()).isEqualTo(new Secret("second"));
        assertThat(changed.spareSecret()).isEqualTo(new Secret("spare"));
    }

    @Test
    void a_device_that_did_not_log_in_in_time_is_deleted() {
        Instant deadline = clock.instant().plusSeconds(60);
        create("late", deadline);
        create("in-time", deadline);
        create("whenever", null);
        registry.devices()
                .recordPresence(
                        List.of(new DeviceStore.Presence(new DeviceId("pk", "in-time"), clock.instant(), "x", true)));

        clock.advance(Duration.ofSeconds(59));
        assertThat(devices.deleteOverdue()).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(devices.deleteOverdue()).isOne();

        assertThat(devices.count(DeviceCondition.ofProduct("pk"))).isEqualTo(3);
        assertThat(registry.devices().find(new DeviceId("pk", "late"))).isEmpty();
    }

    private void create(String name, @Nullable Instant activateBy) {
        DeviceProfile profile = new DeviceProfile("", "", "", false, activateBy);
        devices.create(new Devices.Draft(new DeviceId("pk", name), null, null, null, profile));
    }
}
