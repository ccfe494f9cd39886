package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.Alarm.Severity;
import io.berth.core.alarm.AlarmStep;
import io.berth.core.alarm.AlarmStep.Change;
import io.berth.core.alarm.AlarmStore;
import io.berth.core.alarm.AlarmStore.Changes;
import io.berth.core.device.DeviceId;
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
@SuppressWarnings("NullAway.Init") // made before each test
final class AlarmStoreTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private AlarmStore alarms;

    AlarmStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        alarms = storage.alarms();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void alarms_are_kept_as_they_are_and_replaced_by_their_source() {
        Alarm active = new Alarm("event-log", null, Severity.CRITICAL, "满", NOW, NOW, 1, null, null);
        Alarm of = new Alarm(
                "scene:hot:a1:d",
                new DeviceId("a1", "d"),
                Severity.MINOR,
                "hot",
                NOW,
                NOW,
                3,
                "ann",
                NOW.plusMillis(1));
        await(alarms.save(new Changes(List.of(active, of), List.of(), List.of()), 10));
        assertThat(alarms.list()).containsExactlyInAnyOrder(active, of);

        Alarm over =
                new Alarm("event-log", null, Severity.MAJOR, "", NOW, NOW.plusMillis(5), 7, null, NOW.plusMillis(9));
        await(alarms.save(new Changes(List.of(over), List.of("scene:hot:a1:d"), List.of()), 10));
        assertThat(alarms.list()).containsExactly(over);
    }

    @Test
    void the_newest_steps_of_all_alarms_are_kept() {
        List<AlarmStep> steps = IntStream.range(0, 5)
                .mapToObj(i -> new AlarmStep(
                        i % 2 == 0 ? "even" : "odd", NOW.plusMillis(i), Change.RAISED, "", Severity.MINOR, "t" + i))
                .toList();
        await(alarms.save(new Changes(List.of(), List.of(), steps), 3));

        assertThat(alarms.history("even", 10)).containsExactly(steps.get(4), steps.get(2));
        assertThat(alarms.history("odd", 10)).containsExactly(steps.get(3));
        assertThat(alarms.history("even", 1)).containsExactly(steps.get(4));
    }
}
