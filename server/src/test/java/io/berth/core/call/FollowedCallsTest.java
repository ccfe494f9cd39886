package io.berth.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Page;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.CallState;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import io.berth.testing.FakeLog;
import io.berth.testing.MemoryCalls;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class FollowedCallsTest {
    private static final DeviceId LAMP = new DeviceId("lamps", "lamp");
    private static final Instant NOW = TestClock.START;
    private static final CallStore.Bounds BOUNDS = new CallStore.Bounds(10, 10);

    private final FakeLog log = new FakeLog();
    private final SlowCalls slow = new SlowCalls();
    private final FollowedCalls calls = new FollowedCalls(slow, new Events(log, new TestClock()));

    @Test
    void states_are_told_in_the_order_they_took_effect_whichever_is_heard_first() {
        calls.add(created(), BOUNDS);
        calls.change(LAMP, "1", call -> call.sent(NOW));
        calls.change(LAMP, "1", call -> call.acknowledged(NOW));
        assertThat(told()).isEmpty();

        slow.kept.get(2).run();
        slow.kept.get(1).run();
        assertThat(told()).isEmpty();
        slow.kept.get(0).run();

        assertThat(told()).containsExactly(CallState.CREATED, CallState.SENT, CallState.ACKNOWLEDGED);
    }

    @Test
    void a_step_that_leaves_the_state_as_it_is_is_not_told() {
        calls.add(created(), BOUNDS);
        calls.change(LAMP, "1", call -> call.sent(NOW));
        calls.change(LAMP, "1", call -> call.sent(NOW));
        calls.change(LAMP, "none", call -> call.sent(NOW));
        slow.kept.forEach(Runnable::run);

        assertThat(told()).containsExactly(CallState.CREATED, CallState.SENT);
    }

    private List<CallState> told() {
        return log.events.stream()
                .map(event -> ((Fact.CallProgress) event.fact()).state())
                .toList();
    }

    private static Call created() {
        return new Call(
                "1",
                LAMP,
                Call.Kind.SERVICE,
                "blink",
                Value.Fields.NONE,
                new Call.Terms(true, Duration.ofSeconds(5), Duration.ZERO),
                CallState.CREATED,
                "7",
                new Call.Times(NOW, null, null, null, NOW.plusSeconds(5)),
                Call.Outcome.NONE);
    }

    /// Does everything at once and says so only when told to.
    private static final class SlowCalls implements CallStore {
        private final MemoryCalls calls = new MemoryCalls();
        final List<Runnable> kept = new ArrayList<>();

        private <T> CompletionStage<T> later(CompletionStage<T> done) {
            CompletableFuture<T> said = new CompletableFuture<>();
            kept.add(() -> said.complete(done.toCompletableFuture().join()));
            return said;
        }

        @Override
        public CompletionStage<Void> add(Call call, Bounds bounds) {
            return later(calls.add(call, bounds));
        }

        @Override
        public CompletionStage<Optional<Call>> change(DeviceId device, String id, UnaryOperator<Call> change) {
            return later(calls.change(device, id, change));
        }

        @Override
        public Optional<Call> find(DeviceId device, String id) {
            return calls.find(device, id);
        }

        @Override
        public Page<Call> list(DeviceId device, Page.Request page) {
            return calls.list(device, page);
        }

        @Override
        public List<Call> open(String requestId) {
            return calls.open(requestId);
        }

        @Override
        public List<Call> awaited(int limit) {
            return calls.awaited(limit);
        }

        @Override
        public List<Call> queued(DeviceId device, int limit) {
            return calls.queued(device, limit);
        }

        @Override
        public List<DeviceId> waiting() {
            return calls.waiting();
        }

        @Override
        public List<Call> overdue(Instant now, int limit) {
            return calls.overdue(now, limit);
        }

        @Override
        public int purge(Instant before) {
            return calls.purge(before);
        }
    }
}
