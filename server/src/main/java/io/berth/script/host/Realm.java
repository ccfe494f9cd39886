package io.berth.script.host;

import io.berth.core.Payload;
import io.berth.core.product.ScriptBench;
import io.berth.core.product.Scripts.Fault;
import io.berth.core.product.Scripts.Function;
import io.berth.core.product.Scripts.Result;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/// A global object with its built-ins, and one program in it. A kept realm is hardened: its built-ins are
/// frozen, the program is evaluated anew inside a function at each call, and what the call left on the global
/// object is taken away again. Any other serves one call.
final class Realm {
    /// No byte string a device can be sent is longer (spec aliyun-device 6).
    private static final int MAX_BYTES = 256 * 1024;

    private static final Source DRIVER = driverSource();

    /// No way out, nothing that blocks, no single allocation beyond what a process has.
    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("engine.WarnInterpreterOnly", "false"),
            Map.entry("js.ecmascript-version", "2020"),
            Map.entry("js.bigint", "false"),
            Map.entry("js.intl-402", "false"),
            Map.entry("js.shared-array-buffer", "false"),
            Map.entry("js.atomics", "false"),
            Map.entry("js.webassembly", "false"),
            Map.entry("js.console", "false"),
            Map.entry("js.print", "false"),
            Map.entry("js.load", "false"),
            Map.entry("js.graal-builtin", "false"),
            Map.entry("js.polyglot-builtin", "false"),
            Map.entry("js.java-package-globals", "false"),
            Map.entry("js.global-arguments", "false"),
            Map.entry("js.regexp-static-result", "false"),
            // a function is called without an object, as a script calls its own
            Map.entry("js.bind-member-functions", "false"),
            Map.entry("js.string-length-limit", "4194304"),
            Map.entry("js.max-typed-array-length", "8388608"));

    private final Context context;
    private final Driver driver;
    private final boolean kept;
    private final Source program;
    private final Value enclosed;

    Realm(Context context, Program program, boolean kept) {
        this.context = context;
        this.driver = new Driver(context, kept);
        this.kept = kept;
        this.program = program.plain();
        var _ = context.parse(program.bare());
        this.enclosed = kept ? context.eval(program.enclosed()) : context.asValue(null);
    }

    static Engine engine() {
        return Engine.newBuilder("js")
                .allowExperimentalOptions(true)
                .options(OPTIONS)
                .build();
    }

    static Context newContext(Engine engine) {
        return Context.newBuilder("js").engine(engine).build();
    }

    Context context() {
        return context;
    }

    /// The functions a script must have (spec aliyun-device 8).
    Result inspect() {
        Value functions = functions();
        for (Function function : new Function[] {Function.RAW_DATA_TO_PROTOCOL, Function.PROTOCOL_TO_RAW_DATA}) {
            if (functions.getMember(function.word()).isNull()) {
                return missing(function);
            }
        }
        return new Result.Message(io.berth.core.Value.Fields.NONE);
    }

    Result call(ScriptBench.Call call) {
        context.enter(); // once, not with each of some hundred steps into the realm
        try {
            return entered(call);
        } finally {
            context.leave();
        }
    }

    private Result entered(ScriptBench.Call call) {
        Value function = functions().getMember(call.function().word());
        if (function.isNull()) {
            return missing(call.function());
        }
        return switch (call.function()) {
            case RAW_DATA_TO_PROTOCOL -> message(function.execute(driver.bytes(call.bytes())));
            case TRANSFORM_PAYLOAD -> message(function.execute(call.topic(), driver.bytes(call.bytes())));
            case PROTOCOL_TO_RAW_DATA -> bytes(function.execute(GuestValues.write(call.message(), driver)));
        };
    }

    /// Whether the realm is as it was before the call.
    boolean clean() {
        return kept && driver.clean();
    }

    private Value functions() {
        return kept ? enclosed.execute() : context.eval(program);
    }

    private static Result missing(Function function) {
        return new Result.Failed(Fault.FUNCTION_MISSING, "there is no function " + function.word());
    }

    private static Result message(Value answer) {
        if (!answer.hasMembers() || answer.hasArrayElements() || answer.canExecute() || answer.isString()) {
            return wrong("it answered " + kind(answer) + " where an object is due");
        }
        try {
            return new Result.Message(GuestValues.readFields(answer));
        } catch (GuestValues.TooLargeException e) {
            return wrong(Objects.requireNonNullElse(e.getMessage(), "the answer is too large"));
        }
    }

    private Result bytes(Value answer) {
        if (answer.hasArrayElements() && answer.getArraySize() > MAX_BYTES) {
            return wrong("the answer has more than " + MAX_BYTES + " bytes");
        }
        Value codes = driver.codes(answer);
        if (codes.isNumber()) {
            return wrong("element " + codes.asInt() + " of the answer is no number");
        }
        if (!codes.isString()) {
            return wrong("it answered " + kind(answer) + " where an array of bytes is due");
        }
        return new Result.Bytes(Payload.owned(codes.asString().getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static Result wrong(String detail) {
        return new Result.Failed(Fault.WRONG_RESULT, detail);
    }

    private static String kind(Value answer) {
        if (answer.isNull()) {
            return "nothing";
        }
        if (answer.hasArrayElements()) {
            return "an array";
        }
        return answer.isString() ? "a text" : answer.isNumber() ? "a number" : "no such thing";
    }

    /// What `driver.js` hands out.
    static final class Driver {
        private final Value bytes;
        private final Value codes;
        private final Value object;
        private final Value array;
        private final Value put;
        private final Value clean;
        private final Value nothing;

        private Driver(Context context, boolean kept) {
            Value handles = context.eval(DRIVER).execute(kept);
            this.bytes = handles.getMember("bytes");
            this.codes = handles.getMember("codes");
            this.object = handles.getMember("object");
            this.array = handles.getMember("array");
            this.put = handles.getMember("put");
            this.clean = handles.getMember("clean");
            this.nothing = handles.getMember("nothing");
        }

        Value bytes(Payload payload) {
            return bytes.execute(new String(payload.toBytes(), StandardCharsets.ISO_8859_1));
        }

        Value codes(Value answer) {
            return codes.execute(answer);
        }

        Value object() {
            return object.execute();
        }

        Value array() {
            return array.execute();
        }

        void put(Value object, String name, Object value) {
            put.executeVoid(object, name, value);
        }

        /// The realm's own null: the host's would be a foreign object.
        Value nothing() {
            return nothing;
        }

        boolean clean() {
            return clean.execute().asBoolean();
        }
    }

    private static Source driverSource() {
        try (var in = Objects.requireNonNull(Realm.class.getResourceAsStream("driver.js"), "driver.js")) {
            return Source.newBuilder("js", new InputStreamReader(in, StandardCharsets.UTF_8), "driver.js")
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
