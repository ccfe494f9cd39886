package io.berth.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.product.ScriptBench.Call;
import io.berth.core.product.ScriptBench.Trial;
import io.berth.core.product.Scripts.Fault;
import io.berth.core.product.Scripts.Result;
import io.berth.testing.MemoryScripts;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a script may try, in processes that allow 500 ms: each costs itself an error, and the next call is
/// answered.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class AbuseTest {
    private static final ScriptConfig SHORT = new ScriptConfig(
            1, Duration.ofMillis(500), 32 * 1024 * 1024, 100, 100, Duration.ofSeconds(10), Duration.ofMinutes(1));

    private final SandboxedScripts scripts =
            new SandboxedScripts(new MemoryScripts(), SHORT, new CountedTraffic(), new TestClock());

    @AfterAll
    void stop() {
        scripts.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) {}",
                "for (;;) { try { (function f() { f(); })(); } catch (e) {} }",
                "(function f() { try { f(); } finally { f(); } })()",
                "var s = 'x'; while (true) s += s",
                "(function f() { return f() + 1; })()",
                "var a = []; while (true) a.push(new Uint8Array(1e6))",
                "var a = []; while (true) a.push(a.length)",
                "var a = [1]; while (true) a = a.concat(a)",
                "var o = {}; while (true) o[Math.random()] = 1",
                "new ArrayBuffer(2e9)",
                "/(a+)+\\1$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')",
                // loops of the engine's own that look at nothing until they are done
                "Array.from({length: 1e9})",
                "Array.prototype.indexOf.call({length: 9e15}, 0)",
                "Array.prototype.splice.call({length: 9e15}, 0, 1)",
                "var s = 'a'.repeat(2e6); s.indexOf('a'.repeat(1e6) + 'b')",
                "eval('while (true);')",
                "new Function('while (true);')()",
                "Promise.resolve().then(function () { while (true); }); while (true);",
                "return {get method() { while (true); }}",
                "return new Proxy({}, {ownKeys: function () { while (true); }})"
            })
    void a_runaway_is_stopped_and_the_next_call_is_answered(String body) {
        Result result = run(body).result();

        assertThat(result).isInstanceOf(Result.Failed.class);
        assertThat(((Result.Failed) result).fault()).as(result.toString()).isEqualTo(Fault.EXHAUSTED);
        assertThat(answers()).isEqualTo(new Value.Whole(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new Array(1e9)",
                "new Array(4294967295).join('')",
                "/(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')"
            })
    void what_only_looks_dangerous_is_answered(String body) {
        assertThat(run(body + "; return {n: 1}").result()).isEqualTo(message("n", new Value.Whole(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "(a=", "[", "{a:", "(a=>", "`${", "function f(){", "!", "a?b:", "for(;;)"})
    void a_source_that_is_hard_to_read_is_given_up(String piece) {
        Trial trial = scripts.run(piece.repeat(48_000 / piece.length()), Call.toMessage(Payload.EMPTY));

        assertThat(trial.result()).isInstanceOf(Result.Failed.class);
        assertThat(answers()).isEqualTo(new Value.Whole(3));
    }

    @Test
    void nothing_of_the_host_is_in_reach() {
        String names = "Java load loadWithNewGlobal Polyglot Packages java javax org com print console Graal Atomics "
                + "SharedArrayBuffer WebAssembly require process fetch XMLHttpRequest importScripts BigInt Worker";

        Trial trial = run("var found = []; '" + names
                + "'.split(' ').forEach(function (n) { if (n in (0, eval)('this')) found.push(n); });"
                + "return {found: found}");

        assertThat(trial.result()).isEqualTo(message("found", new Value.Items(java.util.List.of())));
    }

    @Test
    void modules_cannot_be_imported() {
        Trial trial = run("var p = import('fs'); return {is: typeof p.then}");

        assertThat(trial.result()).isEqualTo(message("is", new Value.Text("function")));
        assertThat(answers()).isEqualTo(new Value.Whole(3));
    }

    private Value answers() {
        Result result = run("return {n: bytes.length}").result();
        return ((Result.Message) result).fields().get("n");
    }

    private Trial run(String body) {
        return scripts.run(
                "function rawDataToProtocol(bytes) {" + body + "}", Call.toMessage(Payload.of(new byte[] {1, 2, 3})));
    }

    private static Result message(String name, Value value) {
        return new Result.Message(Value.Fields.of(name, value));
    }
}
