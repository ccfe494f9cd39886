package io.berth.script.host;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.product.ScriptBench;
import io.berth.core.product.Scripts.Result;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

/// The process that calls scripts, one call at a time. Its argument is the processor time in milliseconds
/// that a call may take.
public final class Host {
    /// What the virtual machine ends with when memory is out (`-XX:+ExitOnOutOfMemoryError`).
    public static final int MEMORY_EXIT = 3;

    public static final int TIME_EXIT = CpuWatch.EXIT;

    private static final int BUFFER_BYTES = 64 * 1024;

    /// Room for a script that recurses some ten thousand times.
    private static final long STACK_BYTES = 4 * 1024 * 1024;

    private final Map<Long, Script> scripts = new HashMap<>();
    private final Engine engine = Realm.engine();
    private final CpuWatch watch;

    private Host(Duration limit) {
        this.watch = new CpuWatch(limit);
    }

    public static void main(String[] arguments) {
        Duration limit = Duration.ofMillis(Long.parseLong(arguments[0]));
        new Thread(null, () -> run(limit), "scripts", STACK_BYTES).start();
    }

    // the server ends a process by closing its input, or is gone
    private static void run(Duration limit) {
        try {
            new Host(limit)
                    .serve(
                            new DataInputStream(new BufferedInputStream(System.in, BUFFER_BYTES)),
                            new DataOutputStream(new BufferedOutputStream(System.out, BUFFER_BYTES)));
        } catch (IOException e) {
            Runtime.getRuntime().halt(e instanceof EOFException ? 0 : 1);
        }
    }

    /// The engine reads most of itself at its first use, which no script shall pay for.
    private void warmUp() {
        Program program = new Program("""
                function rawDataToProtocol(bytes) { return {id: '' + bytes.length, list: [1.5, true, null]}; }
                function protocolToRawData(message) { return [parseInt(message.id, 10)]; }
                """);
        for (boolean kept : new boolean[] {true, false}) {
            try (Context context = Realm.newContext(engine)) {
                Realm realm = new Realm(context, program, kept);
                var _ = realm.call(ScriptBench.Call.toMessage(Payload.of("x")));
                var _ = realm.call(ScriptBench.Call.toBytes(Value.Fields.of("id", new Value.Text("1"))));
                var _ = realm.clean();
            }
        }
    }

    private void serve(DataInputStream in, DataOutputStream out) throws IOException {
        warmUp();
        while (true) {
            Request request = Request.read(in);
            Wire.writeTrial(answer(request), out);
            if (in.available() == 0) { // requests come in batches; so do the answers
                out.flush();
            }
        }
    }

    private ScriptBench.Trial answer(Request request) {
        Script forgotten = scripts.remove(request.forget());
        if (forgotten != null) {
            forgotten.drop();
        }
        Script script = scripts.computeIfAbsent(
                request.script(), _ -> new Script(new Program(request.source().orElseThrow())));
        long before = watch.cpu();
        Outcome outcome = request.call().map(script::call).orElseGet(script::inspect);
        return new ScriptBench.Trial(outcome.result(), outcome.line(), Duration.ofNanos(watch.cpu() - before));
    }

    @FunctionalInterface
    private interface Work {
        Result in(Realm realm);
    }

    /// One source, and the realm it is kept in once it was called.
    private final class Script {
        private final Program program;
        private boolean needsOwnRealm;
        private @Nullable Realm kept;

        Script(Program program) {
            this.program = program;
            this.needsOwnRealm = program.needsOwnRealm();
        }

        Outcome inspect() {
            return inOwnRealm(Realm::inspect);
        }

        Outcome call(ScriptBench.Call call) {
            if (needsOwnRealm) {
                return inOwnRealm(realm -> realm.call(call));
            }
            Outcome outcome = inKeptRealm(call);
            if (outcome.kind() != Outcome.Kind.MAY_BLAME_HARDENING) {
                return outcome;
            }
            Outcome second = inOwnRealm(realm -> realm.call(call));
            needsOwnRealm = !(second.result() instanceof Result.Failed);
            return second;
        }

        private Outcome inKeptRealm(ScriptBench.Call call) {
            Context context = kept == null ? Realm.newContext(engine) : kept.context();
            watch.begin(context);
            Outcome outcome = outcome(() -> {
                if (kept == null) {
                    kept = new Realm(context, program, true);
                }
                return kept.call(call);
            });
            boolean sound = outcome.leavesRealmSound() && isClean();
            if (!(watch.end() && sound)) {
                context.close(true);
                kept = null;
            }
            return outcome;
        }

        // even reading a source may take for ever: a realm is watched from its beginning
        private Outcome inOwnRealm(Work work) {
            Context context = Realm.newContext(engine);
            watch.begin(context);
            Outcome outcome = outcome(() -> work.in(new Realm(context, program, false)));
            watch.end();
            context.close(true);
            return outcome;
        }

        private static Outcome outcome(Supplier<Result> work) {
            try {
                return Outcome.of(work.get());
            } catch (PolyglotException e) {
                return Outcome.of(e);
            }
        }

        private boolean isClean() {
            try {
                return kept != null && kept.clean();
            } catch (PolyglotException _) {
                return false; // stopped at this very moment
            }
        }

        private void drop() {
            if (kept != null) {
                kept.context().close(true);
                kept = null;
            }
        }
    }
}
