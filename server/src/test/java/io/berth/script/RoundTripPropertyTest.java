package io.berth.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.product.ScriptBench.Call;
import io.berth.core.product.Scripts.Result;
import io.berth.testing.MemoryScripts;
import io.berth.testing.TestClock;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/// What goes into a script and comes out again is the same.
final class RoundTripPropertyTest {
    private static final String ECHO = "function rawDataToProtocol(b) { return {bytes: b}; }"
            + " function protocolToRawData(o) { kept = o; return o.bytes || []; }";

    private static final SandboxedScripts SCRIPTS =
            new SandboxedScripts(new MemoryScripts(), ScriptConfig.DEFAULT, new CountedTraffic(), new TestClock());

    @AfterContainer
    static void stop() {
        SCRIPTS.close();
    }

    @Property(tries = 200)
    void bytes_come_back(@ForAll byte[] bytes) {
        Result.Message up = (Result.Message)
                SCRIPTS.run(ECHO, Call.toMessage(Payload.of(bytes))).result();
        Result down = SCRIPTS.run(ECHO, Call.toBytes(up.fields())).result();

        assertThat(down).isEqualTo(new Result.Bytes(Payload.of(bytes)));
    }

    @Property(tries = 200)
    void an_object_is_written_as_the_script_sees_it(@ForAll("objects") Value.Fields object) {
        String length = "function protocolToRawData(o) { var n = 0; for (var k in o) { n++; } return [n >> 8, n]; }";
        int size = object.fields().size();

        assertThat(SCRIPTS.run(length, Call.toBytes(object)).result())
                .isEqualTo(new Result.Bytes(Payload.of(new byte[] {(byte) (size >> 8), (byte) size})));
    }

    @Provide
    Arbitrary<Value.Fields> objects() {
        Arbitrary<Value> single = Arbitraries.oneOf(
                Arbitraries.longs().map(Value.Whole::new),
                Arbitraries.doubles().map(Value.Decimal::new),
                Arbitraries.strings().map(Value.Text::new),
                Arbitraries.of(true, false).map(Value.Flag::new),
                Arbitraries.just(Value.Nothing.NOTHING));
        Arbitrary<Value> items = single.list().ofMaxSize(5).map(list -> new Value.Items(List.copyOf(list)));
        // integer-like names and __proto__ are where objects and maps part; UTF-8 cannot tell halves of pairs apart
        Arbitrary<String> names = Arbitraries.oneOf(
                Arbitraries.strings()
                        .filter(text -> text.chars().noneMatch(each -> Character.isSurrogate((char) each))),
                Arbitraries.of("__proto__", "constructor", "0", "toString"));
        return Arbitraries.maps(names, Arbitraries.oneOf(single, items))
                .ofMaxSize(20)
                .map(map -> new Value.Fields(Map.copyOf(map)));
    }
}
