package io.berth.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.product.Scripts.Fault;
import io.berth.core.product.Scripts.Result;
import io.berth.testing.MemoryScripts;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a runaway script costs its own product, and what it does not cost the others.
@Tag("slow")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class RunawayTest {
    private static final ScriptConfig ONE_WORKER = new ScriptConfig(
            1, Duration.ofMillis(500), 32 * 1024 * 1024, 3, 2, Duration.ofSeconds(10), Duration.ofMinutes(1));
    private static final String SOUND = "function rawDataToProtocol(b) { return {ok: true}; }";

    /// Runs away with bytes, and answers when there are none.
    private static final String WILD =
            "function rawDataToProtocol(b) { while (b.length) { Array.from({length: 1e9}); } return {ok: true}; }";

    private final TestClock clock = new TestClock();
    private final MemoryScripts store = new MemoryScripts();
    private final CountedTraffic traffic = new CountedTraffic();
    private final SandboxedScripts scripts = new SandboxedScripts(store, ONE_WORKER, traffic, clock);

    @AfterEach
    void stop() {
        scripts.close();
    }

    @Test
    void a_product_rests_after_its_script_was_stopped_and_then_goes_on() {
        store.put("wild", WILD);
        store.put("sound", SOUND);

        assertThat(faultOf("wild", "x")).isEqualTo(Fault.EXHAUSTED);
        assertThat(scripts.standing("wild").stopped()).isEqualTo(1);
        assertThat(scripts.standing("wild").restsUntil()).contains(TestClock.START.plusSeconds(10));
        assertThat(faultOf("wild", "")).as("while it rests").isEqualTo(Fault.EXHAUSTED);
        assertThat(scripts.toMessage("sound", Payload.of("x"))).isEqualTo(ok());

        clock.advance(Duration.ofSeconds(10));
        assertThat(scripts.toMessage("wild", Payload.EMPTY)).isEqualTo(ok());
        assertThat(scripts.standing("wild").stopped()).isEqualTo(1);
        assertThat(traffic.ended).hasValue(1);
        assertThat(traffic.failed).hasValue(2);
        assertThat(traffic.converted).hasValue(2);
    }

    @Test
    void a_changed_script_need_not_rest() {
        store.put("wild", WILD);
        assertThat(faultOf("wild", "x")).isEqualTo(Fault.EXHAUSTED);

        store.put("wild", SOUND);
        scripts.scriptChanged("wild");

        assertThat(scripts.toMessage("wild", Payload.of("x"))).isEqualTo(ok());
        assertThat(scripts.standing("wild").stopped()).isZero();
    }

    @Test
    void calls_on_their_way_behind_a_runaway_are_answered() {
        store.put("wild", WILD);
        store.put("sound", SOUND);
        CompletableFuture<Fault> wild = CompletableFuture.supplyAsync(() -> faultOf("wild", "x"));
        CompletableFuture<Result> first =
                CompletableFuture.supplyAsync(() -> scripts.toMessage("sound", Payload.of("x")));
        CompletableFuture<Result> second =
                CompletableFuture.supplyAsync(() -> scripts.toMessage("sound", Payload.of("x")));

        assertThat(wild.join()).isEqualTo(Fault.EXHAUSTED);
        assertThat(first.join()).isEqualTo(ok());
        assertThat(second.join()).isEqualTo(ok());
    }

    @Test
    void what_waits_at_a_stop_is_answered() {
        store.put("wild", WILD);
        CompletableFuture<Result> first =
                CompletableFuture.supplyAsync(() -> scripts.toMessage("wild", Payload.of("x")));
        CompletableFuture<Result> second =
                CompletableFuture.supplyAsync(() -> scripts.toMessage("wild", Payload.of("x")));

        scripts.close();

        assertThat(first.join()).isInstanceOf(Result.Failed.class);
        assertThat(second.join()).isInstanceOf(Result.Failed.class);
    }

    private Fault faultOf(String product, String bytes) {
        Result result = scripts.toMessage(product, Payload.of(bytes));
        assertThat(result).isInstanceOf(Result.Failed.class);
        return ((Result.Failed) result).fault();
    }

    private static Result ok() {
        return new Result.Message(Value.Fields.of("ok", new Value.Flag(true)));
    }
}
