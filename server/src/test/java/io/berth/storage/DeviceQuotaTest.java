package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.DeviceStore.ImportVerdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// How many devices a product may have, whoever registers them.
@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // made before each test
final class DeviceQuotaTest {
    private static final int MOST = 10;

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private DeviceStore devices;

    DeviceQuotaTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        StorageConfig config = Samples.config(engine.newDatabase(directory), MOST);
        storage = Storage.open(config, directory, MasterKey.load(directory, Samples.KEY), () -> NOW);
        storage.products().insert(product("pk"));
        storage.products().insert(product("other"));
        devices = storage.devices();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void the_last_device_fits_and_the_next_does_not_until_one_is_deleted() {
        assertThat(devices.insertAll(several(0, MOST - 1), false)).containsOnly(ImportVerdict.CREATED);
        assertThat(devices.room("pk")).isEqualTo(1);
        devices.insert(device("last"));
        assertThat(devices.room("pk")).isZero();

        assertRefused(Problem.LIMIT_REACHED, () -> devices.insert(device("more")));
        assertThat(devices.find(id("more"))).isEmpty();
        devices.delete(id("last"));
        devices.insert(device("more"));
        assertRefused(Problem.LIMIT_REACHED, () -> devices.insert(device("last")));
    }

    @Test
    void other_products_have_room_of_their_own() {
        devices.insertAll(several(0, MOST), false);
        Device other =
                new Device(new DeviceId("other", "o"), "o", "n", device("x").secret(), true, NOW, null, null, null);

        assertThat(devices.insertAll(List.of(device("more"), other), false))
                .containsExactly(ImportVerdict.PRODUCT_FULL, ImportVerdict.CREATED);
        assertThat(devices.room("other")).isEqualTo(MOST - 1);
        assertThat(devices.room("none")).isZero();
    }

    @Test
    void what_is_there_already_takes_no_room_and_is_told_so_even_when_the_product_is_full() {
        devices.insertAll(several(0, MOST - 2), false);
        List<Device> list = new ArrayList<>(several(0, MOST - 2));
        list.add(device("d0", "alias_d0", "another"));
        list.add(device("new", "alias_d1", "s"));
        list.addAll(several(MOST - 2, MOST + 1));

        List<ImportVerdict> verdicts = devices.insertAll(list, false);

        assertThat(verdicts.subList(0, MOST - 2)).containsOnly(ImportVerdict.UNCHANGED);
        assertThat(verdicts.subList(MOST - 2, verdicts.size()))
                .containsExactly(
                        ImportVerdict.DEVICE_EXISTS,
                        ImportVerdict.ALIAS_TAKEN,
                        ImportVerdict.CREATED,
                        ImportVerdict.CREATED,
                        ImportVerdict.PRODUCT_FULL);
        assertThat(devices.insertAll(several(0, 1), false)).containsExactly(ImportVerdict.UNCHANGED);
    }

    @Test
    void a_dry_run_takes_no_room() {
        assertThat(devices.insertAll(several(0, MOST + 1), true)).endsWith(ImportVerdict.PRODUCT_FULL);

        assertThat(devices.room("pk")).isEqualTo(MOST);
    }

    @Test
    void many_who_register_at_once_do_not_pass_it_together() throws Exception {
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 8 * MOST; i++) {
            Device one = device("d" + i);
            attempts.add(
                    i % 2 == 0
                            ? () -> inserted(one)
                            : () -> devices.insertAll(List.of(one), false).contains(ImportVerdict.CREATED));
        }
        int created = 0;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> attempt : executor.invokeAll(attempts)) {
                created += attempt.get() ? 1 : 0;
            }
        }

        assertThat(created).isEqualTo(MOST);
        assertThat(devices.count(DeviceCondition.ofProduct("pk"))).isEqualTo(MOST);
    }

    private boolean inserted(Device device) {
        try {
            devices.insert(device);
            return true;
        } catch (ProblemException e) {
            assertThat(e.problem()).isEqualTo(Problem.LIMIT_REACHED);
            return false;
        }
    }

    private static List<Device> several(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> device("d" + i)).toList();
    }
}
