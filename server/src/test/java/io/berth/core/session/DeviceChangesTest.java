package io.berth.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.Devices.Change;
import io.berth.core.state.Things;
import io.berth.testing.MemoryBelongings;
import io.berth.testing.MemoryThings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeviceChangesTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final DeviceId DEVICE = new DeviceId("a1pk", "dev1");

    private final RecordingLog log = new RecordingLog();
    private final RecordingLink link = new RecordingLink();
    private final Sessions sessions = new Sessions(log, _ -> {}, CLOCK);
    private final ForgetfulDirectory directory = new ForgetfulDirectory();
    private final Downlinks downlinks = new Downlinks(sessions, new NoSessionStore());
    private final Topology topology = new Topology(
            new MemoryBelongings().topology,
            directory,
            sessions,
            new Requests(downlinks, sessions, 10, 0),
            downlinks,
            log,
            10,
            CLOCK);
    private final DeviceChanges changes =
            new DeviceChanges(directory, sessions, topology, new Things(new MemoryThings(), CLOCK), log, CLOCK);

    @ParameterizedTest
    @CsvSource({"DISABLED,DEVICE_DISABLED", "RESET,DEVICE_RESET", "DELETED,DEVICE_DELETED"})
    void a_device_that_lost_its_right_loses_its_session(Change change, CloseCause cause) {
        sessions.attach(new Session(DEVICE, "test", "127.0.0.1:1", Instant.EPOCH, link));

        changes.deviceChanged(DEVICE, change);

        assertThat(link.closed).containsExactly(cause);
        assertThat(directory.forgotten).containsExactly(DEVICE);
    }

    @Test
    void a_new_or_enabled_device_is_only_announced() {
        sessions.attach(new Session(DEVICE, "test", "127.0.0.1:1", Instant.EPOCH, link));
        log.events.clear();

        changes.deviceChanged(DEVICE, Change.CREATED);
        changes.deviceChanged(DEVICE, Change.ENABLED);

        assertThat(link.closed).isEmpty();
        assertThat(log.payloads()).containsExactly("{\"change\":\"created\"}", "{\"change\":\"enabled\"}");
    }

    private static final class ForgetfulDirectory implements DeviceDirectory {
        final List<DeviceId> forgotten = new ArrayList<>();

        @Override
        public @Nullable DeviceSnapshot ifPresent(DeviceRef ref) {
            return null;
        }

        @Override
        public CompletionStage<Optional<DeviceSnapshot>> find(DeviceRef ref) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public int changes() {
            return forgotten.size();
        }

        @Override
        public void forget(DeviceId id) {
            forgotten.add(id);
        }

        @Override
        public void forgetProduct(String key) {}
    }
}
