package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.device.DeviceLogStore;
import io.berth.core.device.DeviceLogStore.Line;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class DeviceLogStoreTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private DeviceLogStore logs;

    DeviceLogStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        storage.products().insert(product("pk"));
        storage.devices().insert(device("d"));
        logs = storage.deviceLogs();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void lines_are_listed_newest_first_in_pages() {
        logs.append(id("d"), lines(1, 3));
        logs.append(id("d"), lines(4, 5));

        Page<Line> first = logs.list(id("d"), new Page.Request(null, 3));
        Page<Line> second = logs.list(id("d"), new Page.Request(first.next(), 3));

        assertThat(first.items()).containsExactly(line(5), line(4), line(3));
        assertThat(second.items()).containsExactly(line(2), line(1));
        assertThat(second.next()).isNull();
        assertRefused(Problem.INVALID_ARGUMENT, () -> logs.list(id("d"), new Page.Request("x", 3)));
    }

    @Test
    void the_ten_newest_lines_stay() {
        logs.append(id("d"), lines(1, 8));
        logs.append(id("d"), lines(9, 12));
        assertThat(all()).containsExactlyElementsOf(lines(3, 12).reversed());

        logs.append(id("d"), lines(13, 40));
        assertThat(all()).containsExactlyElementsOf(lines(31, 40).reversed());
    }

    @Test
    void a_log_is_wanted_once_someone_said_so() {
        assertThat(logs.isWanted(id("d"))).isFalse();
        logs.want(id("d"), true);
        logs.want(id("d"), true);
        assertThat(logs.isWanted(id("d"))).isTrue();

        logs.want(id("d"), false);

        assertThat(logs.isWanted(id("d"))).isFalse();
        assertRefused(Problem.DEVICE_NOT_FOUND, () -> logs.want(id("none"), true));
    }

    @Test
    void a_log_and_the_wish_for_it_go_with_the_device() {
        logs.append(id("d"), lines(1, 3));
        logs.want(id("d"), true);

        storage.devices().delete(id("d"));

        assertRefused(Problem.DEVICE_NOT_FOUND, () -> logs.append(id("d"), lines(1, 1)));
        storage.devices().insert(device("d"));
        assertThat(all()).isEmpty();
        assertThat(logs.isWanted(id("d"))).isFalse();
    }

    private List<Line> all() {
        return logs.list(id("d"), new Page.Request(null, 100)).items();
    }

    private static List<Line> lines(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(DeviceLogStoreTest::line)
                .toList();
    }

    private static Line line(int number) {
        return new Line(NOW.plusSeconds(number), "WARN", "ALK-LK", "1001", "trace", "第 " + number + " line\n");
    }
}
