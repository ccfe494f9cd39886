package io.berth.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.Value.Fields;
import io.berth.core.product.ScriptBench.Call;
import io.berth.core.product.ScriptBench.Trial;
import io.berth.core.product.Scripts.Fault;
import io.berth.core.product.Scripts.Result;
import io.berth.testing.MemoryScripts;
import io.berth.testing.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What scripts are given, what their answers become, and what is left of a call.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConversionTest {
    private static final ScriptConfig PATIENT = new ScriptConfig(
            1, Duration.ofSeconds(10), 32 * 1024 * 1024, 1000, 1000, Duration.ofSeconds(10), Duration.ofMinutes(1));

    /// The sample of spec aliyun-device 8.
    private static final String SAMPLE = """
            function rawDataToProtocol(b){return b[0]===0?{method:"thing.event.property.post",version:"1.0",\
            id:""+((b[1]<<8)|b[2]),params:{Temp:((b[3]<<8)|b[4])/10}}:{method:"thing.service.property.set",\
            id:""+((b[1]<<8)|b[2]),code:b[3]===0?200:460,data:{}};}
            function protocolToRawData(o){var n=parseInt(o.id,10)||0;return o.method==="thing.service.property.set"\
            ?[1,n>>8&255,n&255,Math.round(o.params.Temp*10)>>8&255,Math.round(o.params.Temp*10)&255]\
            :[2,n>>8&255,n&255,o.code===200?0:1];}
            """;

    private final MemoryScripts store = new MemoryScripts();
    private final CountedTraffic traffic = new CountedTraffic();
    private final SandboxedScripts scripts = new SandboxedScripts(store, PATIENT, traffic, new TestClock());

    @AfterAll
    void stop() {
        scripts.close();
    }

    @Test
    void the_sample_script_reads_a_report() {
        assertThat(up(SAMPLE, "00000c00d7"))
                .isEqualTo(new Result.Message(fields(
                        "method", new Value.Text("thing.event.property.post"),
                        "version", new Value.Text("1.0"),
                        "id", new Value.Text("12"),
                        "params", Fields.of("Temp", new Value.Decimal(21.5)))));
    }

    @Test
    void the_sample_script_reads_an_answer() {
        assertThat(up(SAMPLE, "01010200"))
                .isEqualTo(new Result.Message(fields(
                        "method", new Value.Text("thing.service.property.set"),
                        "id", new Value.Text("258"),
                        "code", new Value.Whole(200),
                        "data", Fields.NONE)));
    }

    @Test
    void the_sample_script_writes_a_request_and_a_reply() {
        Fields set = fields(
                "method", new Value.Text("thing.service.property.set"),
                "id", new Value.Text("300"),
                "params", Fields.of("Temp", new Value.Decimal(23.4)));
        Fields reply = fields("id", new Value.Text("12"), "code", new Value.Whole(200));

        assertThat(scripts.run(SAMPLE, Call.toBytes(set)).result()).isEqualTo(bytes("01012c00ea"));
        assertThat(scripts.run(SAMPLE, Call.toBytes(reply)).result()).isEqualTo(bytes("02000c00"));
    }

    @Test
    void a_custom_topic_is_transformed_with_its_name() {
        String source = "function transformPayload(topic, bytes) { return {topic: topic, n: bytes.length}; }";

        assertThat(scripts.run(source, Call.transform("/a1/d1/user/up", Payload.of("abc")))
                        .result())
                .isEqualTo(
                        new Result.Message(fields("topic", new Value.Text("/a1/d1/user/up"), "n", new Value.Whole(3))));
    }

    @Test
    void bytes_are_an_ordinary_array_of_numbers_from_0_to_255() {
        assertThat(answer("{array: Array.isArray(bytes), first: bytes[0], last: bytes.slice(-1)[0]}", "00ff"))
                .isEqualTo(fields(
                        "array", new Value.Flag(true), "first", new Value.Whole(0), "last", new Value.Whole(255)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[256, -1, 1.9, -1.9, 4294967297] | 00ff01ff01",
                "[] | ''",
                "new Uint8Array([1, 2]) | 0102",
                "new Int8Array([-1]) | ff"
            })
    void numbers_are_taken_modulo_256(String answer, String hex) {
        assertThat(down("return " + answer)).isEqualTo(bytes(hex));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'abc'", "{}", "null", "7", "undefined", "[1, 'x']", "[NaN]", "[1, , 3]", "[[1]]"})
    void an_answer_that_is_no_array_of_numbers_is_wrong(String answer) {
        assertThat(fault(down("return " + answer))).isEqualTo(Fault.WRONG_RESULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"return 'abc'", "return [1]", "return null", "return 7", "", "return function () {}"})
    void a_message_that_is_no_object_is_wrong(String body) {
        Result result = up("function rawDataToProtocol(bytes) {" + body + "}", "00");

        assertThat(fault(result)).isEqualTo(Fault.WRONG_RESULT);
    }

    @Test
    void an_answer_has_bounds_of_depth_and_size() {
        String deep = "var o = {}, p = o; for (var i = 0; i < 30; i++) { p.x = {}; p = p.x; } return o;";
        String endless = "var o = {}; o.o = o; return o;";
        String wide = "return {a: new Array(1e6)}";

        assertThat(List.of(deep, endless, wide))
                .allSatisfy(body -> assertThat(fault(up("function rawDataToProtocol(b) {" + body + "}", "00")))
                        .isEqualTo(Fault.WRONG_RESULT));
    }

    @Test
    void values_become_what_json_would_make_of_them() {
        Fields answer = answer(
                "{whole: 3, also: 3.0, half: 0.5, big: 1e20, none: null, gone: undefined, bad: NaN, zero: -0,"
                        + " yes: true, text: '温', list: [1, undefined, 'x'], f: function () {}, at: new Date(0)}",
                "00");

        assertThat(answer)
                .isEqualTo(fields(
                        "whole", new Value.Whole(3),
                        "also", new Value.Whole(3),
                        "half", new Value.Decimal(0.5),
                        "big", new Value.Decimal(1e20),
                        "none", Value.Nothing.NOTHING,
                        "bad", Value.Nothing.NOTHING,
                        "zero", new Value.Whole(0),
                        "yes", new Value.Flag(true),
                        "text", new Value.Text("温"),
                        "list",
                                new Value.Items(
                                        List.of(new Value.Whole(1), Value.Nothing.NOTHING, new Value.Text("x"))),
                        "at", new Value.Text("1970-01-01T00:00:00.000Z")));
    }

    @Test
    void faults_name_their_line() {
        Trial thrown = scripts.run("function rawDataToProtocol(b) {\n\n  return b.x.y;\n}", call("00"));
        Trial broken = scripts.run("var a = 1;\nfunction rawDataToProtocol(b) { return {; }", call("00"));
        Trial none = scripts.run("function other() {}", call("00"));

        assertThat(thrown.line()).isEqualTo(3);
        assertThat(fault(thrown.result())).isEqualTo(Fault.BROKEN);
        assertThat(broken.line()).isEqualTo(2);
        assertThat(fault(broken.result())).isEqualTo(Fault.BROKEN);
        assertThat(fault(none.result())).isEqualTo(Fault.FUNCTION_MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "var n = 0; function rawDataToProtocol(b) { n++; return {n: n}; }",
                "function rawDataToProtocol(b) { if (typeof n === 'undefined') n = 0; n++; return {n: n}; }",
                "function rawDataToProtocol(b) { this.n = (this.n || 0) + 1; return {n: this.n}; }",
                "function rawDataToProtocol(b) { Array.n = (Array.n || 0) + 1; return {n: Array.n}; }",
                "function rawDataToProtocol(b) { var p = Array.prototype; p.n = (p.n || 0) + 1; return {n: p.n}; }",
                "function rawDataToProtocol(b) { var o = {}.__proto__; o.n = (o.n || 0) + 1; return {n: o.n}; }",
                "function rawDataToProtocol(b) { var m = globalThis; m.n = (m.n || 0) + 1; return {n: m.n}; }",
                "function rawDataToProtocol(b) { var g = (0, eval)('this'); g.n = (g.n || 0) + 1; return {n: g.n}; }",
                "function rawDataToProtocol(b) { rawDataToProtocol.n = (rawDataToProtocol.n || 0) + 1;"
                        + " return {n: rawDataToProtocol.n}; }"
            })
    void nothing_of_one_call_is_left_for_the_next(String source) {
        for (int i = 0; i < 3; i++) {
            assertThat(up(source, "00")).as("call " + i).isEqualTo(message("n", new Value.Whole(1)));
        }
    }

    @Test
    void a_hidden_way_to_the_built_ins_leaves_nothing_either() {
        String sly = "function rawDataToProtocol(b) { var c = 'con' + 'structor', p = [][c]['proto' + 'type'];"
                + " try { p.n = (p.n || 0) + 1; p.push = null; } catch (e) {}"
                + " return {n: p.n || 0, push: typeof [].push}; }";

        for (int i = 0; i < 3; i++) {
            Result result = up(sly, "00");
            assertThat(((Result.Message) result).fields().get("push")).isEqualTo(new Value.Text("function"));
            assertThat(((Result.Message) result).fields().get("n")).isEqualTo(new Value.Whole(0));
        }
    }

    @Test
    void one_product_sees_nothing_of_another() {
        String poison = "Array.prototype.push = null; Object.prototype.evil = 1; leaked = 1;"
                + "function rawDataToProtocol(b) { return {n: 1}; }";
        String victim = "function rawDataToProtocol(b) {"
                + " return {push: typeof [].push, evil: typeof {}.evil, leaked: typeof leaked}; }";

        assertThat(up(poison, "00")).isEqualTo(message("n", new Value.Whole(1)));
        assertThat(up(victim, "00"))
                .isEqualTo(new Result.Message(fields(
                        "push", new Value.Text("function"),
                        "evil", new Value.Text("undefined"),
                        "leaked", new Value.Text("undefined"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // extends a built-in object, as old scripts do
                "String.prototype.twice = function () { return this + this; };"
                        + "function rawDataToProtocol(b) { return {t: 'ab'.twice()}; }",
                "Math.twice = function (s) { return s + s; };"
                        + "function rawDataToProtocol(b) { return {t: Math.twice('ab')}; }",
                // the same by an alias: refused by the hardened realm, run in one of its own
                "function rawDataToProtocol(b) { var S = String, p = S['proto' + 'type'];"
                        + " p.twice = function () { return this + this; }; return {t: 'ab'.twice()}; }",
                // an object of its own takes what built-in objects have frozen
                "function rawDataToProtocol(b) { var o = {}; o.toString = function () { return 'abab'; };"
                        + " o.constructor = 1; return {t: '' + o}; }",
                "function Pair(s) { this.s = s; } Pair.prototype.both = function () { return this.s + this.s; };"
                        + "function rawDataToProtocol(b) { return {t: new Pair('ab').both()}; }",
                "var helper = 'ab'; function rawDataToProtocol(b) { var self = this; return {t: self.helper + helper}; }",
                "function rawDataToProtocol(b) { var e = new Error('ab'); e.name = 'ab'; return {t: e.name + e.message}; }",
                "function rawDataToProtocol(b) { undeclared = 'ab'; return {t: undeclared + undeclared}; }",
                "'use strict'; const half = 'ab'; function rawDataToProtocol(b) { return {t: `${half}${half}`}; }",
                "function rawDataToProtocol(b) { var a = new Uint8Array(4); a[3] = 7;"
                        + " return {t: new DataView(a.buffer).getInt32(0) === 7 ? 'abab' : ''}; } // no newline",
                "function rawDataToProtocol(b) { return {t: 'abab'}; } /* \" this globalThis' */"
            })
    void scripts_written_for_an_open_global_run(String source) {
        assertThat(up(source, "00")).isEqualTo(message("t", new Value.Text("abab")));
        assertThat(up(source, "00")).isEqualTo(message("t", new Value.Text("abab")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"})(); (function () {", "} function rawDataToProtocol(b) { return {}; } {", "return {}; /*"})
    void a_source_cannot_end_what_encloses_it(String source) {
        assertThat(fault(up(source, "00"))).isIn(Fault.BROKEN, Fault.FUNCTION_MISSING);
    }

    @Test
    void a_large_message_is_converted() {
        String hex = HexFormat.of().formatHex(new byte[256 * 1024]);
        String source = "function rawDataToProtocol(b) { var s = 0; for (var i = 0; i < b.length; i++)"
                + " s = (s + b[i] + 1) & 0xffff; return {sum: s, n: b.length}; }";

        assertThat(up(source, hex))
                .isEqualTo(new Result.Message(fields("sum", new Value.Whole(0), "n", new Value.Whole(256 * 1024))));
    }

    @Test
    void the_script_of_a_product_is_read_once_until_it_changes() {
        store.put("p1", "function rawDataToProtocol(b) { return {v: 1}; }");
        int before = store.reads.get();

        assertThat(scripts.toMessage("p1", Payload.EMPTY)).isEqualTo(message("v", new Value.Whole(1)));
        assertThat(scripts.toMessage("p1", Payload.EMPTY)).isEqualTo(message("v", new Value.Whole(1)));
        assertThat(store.reads.get()).isEqualTo(before + 1);

        store.put("p1", "function rawDataToProtocol(b) { return {v: 2}; }");
        scripts.scriptChanged("p1");
        assertThat(scripts.toMessage("p1", Payload.EMPTY)).isEqualTo(message("v", new Value.Whole(2)));
    }

    @Test
    void a_product_without_a_script_is_told_so() {
        assertThat(fault(scripts.toMessage("nobody", Payload.EMPTY))).isEqualTo(Fault.MISSING);
    }

    @Test
    void a_hundred_scripts_take_turns_in_one_process() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 100; i++) {
                String source = "function rawDataToProtocol(b) { return {v: " + i + "}; }";
                assertThat(up(source, "00")).isEqualTo(message("v", new Value.Whole(i)));
            }
        }
    }

    @Test
    void many_ask_at_once_and_each_has_its_own_answer() {
        store.put("echo", "function rawDataToProtocol(b) { return {v: b[0] * 256 + b[1]}; }");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Result>> asked = IntStream.range(0, 300)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> scripts.toMessage("echo", Payload.of(new byte[] {(byte) (i >> 8), (byte) i})),
                            threads))
                    .toList();
            for (int i = 0; i < asked.size(); i++) {
                assertThat(asked.get(i).join()).isEqualTo(message("v", new Value.Whole(i)));
            }
        }
    }

    @Test
    void the_meter_sample_reads_its_frame() throws IOException {
        byte[] frame = new byte[60];
        frame[2] = 7;
        frame[4] = (byte) 215;
        frame[7] = 99;
        frame[59] = (byte) (7 + 215 + 99);

        Result.Message message = (Result.Message) up(meter(), HexFormat.of().formatHex(frame));

        Fields params = (Fields) message.fields().get("params");
        assertThat(params.get("Temperature")).isEqualTo(new Value.Decimal(21.5));
        assertThat(params.get("Battery")).isEqualTo(new Value.Whole(99));
        assertThat(((Value.Items) params.get("Samples")).items()).hasSize(23);
    }

    static String meter() throws IOException {
        try (var in = Objects.requireNonNull(ConversionTest.class.getResourceAsStream("meter.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Fields answer(String expression, String hex) {
        Result result = up("function rawDataToProtocol(bytes) { return (" + expression + "); }", hex);
        assertThat(result).isInstanceOf(Result.Message.class);
        return ((Result.Message) result).fields();
    }

    private Result up(String source, String hex) {
        return scripts.run(source, call(hex)).result();
    }

    private static Call call(String hex) {
        return Call.toMessage(Payload.of(HexFormat.of().parseHex(hex)));
    }

    private Result down(String body) {
        return scripts.run("function protocolToRawData(o) {" + body + "}", Call.toBytes(Fields.NONE))
                .result();
    }

    private static Result bytes(String hex) {
        return new Result.Bytes(Payload.of(HexFormat.of().parseHex(hex)));
    }

    private static Result message(String name, Value value) {
        return new Result.Message(Fields.of(name, value));
    }

    private static Fault fault(Result result) {
        assertThat(result).isInstanceOf(Result.Failed.class);
        return ((Result.Failed) result).fault();
    }

    private static Fields fields(Object... namesAndValues) {
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], (Value) namesAndValues[i + 1]);
        }
        return new Fields((Map<String, Value>) fields);
    }
}
