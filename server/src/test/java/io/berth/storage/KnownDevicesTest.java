package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.DeviceStore.Presence;
import io.berth.core.device.Versions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class KnownDevicesTest {
    private final TestEngine engine;
    private final AtomicInteger queries = new AtomicInteger();

    @TempDir
    Path directory;

    private Storage storage;
    private CachedDeviceDirectory memory;
    private DeviceStore devices;

    KnownDevicesTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        storage.products().insert(product("pk"));
        DeviceStore stored = storage.devices();
        memory = new CachedDeviceDirectory(
                (ids, _) -> {
                    queries.incrementAndGet();
                    return ids.stream()
                            .flatMap(id -> stored.find(id).stream())
                            .map(found -> new DeviceSnapshot(found, product("pk"), false))
                            .toList();
                },
                10,
                CacheAge.of(false, () -> NOW));
        devices = new KnownDevices(stored, memory);
        devices.insert(device("d"));
    }

    @AfterEach
    void close() {
        memory.close();
        storage.close();
    }

    @Test
    void a_second_look_at_a_device_asks_nobody() {
        assertThat(devices.find(id("d"))).contains(device("d"));
        assertThat(devices.find(id("d"))).contains(device("d"));
        assertThat(devices.findByAlias(device("d").alias())).contains(device("d"));

        assertThat(queries).hasValue(1);
    }

    @Test
    void it_shows_when_the_device_was_last_seen_and_older_news_not() {
        record(new Presence(id("d"), NOW, "192.0.2.6:4711", true));
        var _ = devices.find(id("d"));
        record(new Presence(id("d"), NOW.plusSeconds(5), "192.0.2.7:4711", true));
        record(new Presence(id("d"), NOW.plusSeconds(2), "192.0.2.8:4711", true));

        Device seen = devices.find(id("d")).orElseThrow();
        assertThat(seen.lastSeen()).isEqualTo(NOW.plusSeconds(5));
        assertThat(seen.address()).isEqualTo("192.0.2.7:4711");
        assertThat(queries).hasValue(1);
        assertThat(storage.devices().find(id("d"))).contains(seen);
    }

    @Test
    void it_shows_every_change() {
        var _ = devices.find(id("d"));
        devices.update(device("d").withSecret(new Secret("another-secret")));
        assertThat(devices.find(id("d")).orElseThrow().secret()).isEqualTo(new Secret("another-secret"));

        devices.updateVersions(id("d"), new Versions("fw", "sw", "sdk"));
        assertThat(devices.find(id("d")).orElseThrow().versions()).isEqualTo(new Versions("fw", "sw", "sdk"));

        devices.delete(id("d"));
        assertThat(devices.find(id("d"))).isEmpty();
        devices.insert(device("d"));
        assertThat(devices.find(id("d"))).contains(device("d"));
    }

    private void record(Presence presence) {
        devices.recordPresence(List.of(presence)).toCompletableFuture().join();
    }
}
