package io.berth.core.product;

import io.berth.core.Payload;
import io.berth.core.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Where whoever writes a script tries it, and sees how the scripts of products fare. Blocking; any thread.
public interface ScriptBench {
    /// Runs a source that need not be stored.
    Trial run(String source, Call call);

    /// Whether the source can be a product's script: it compiles, runs to its end and has what it must have.
    /// Empty when it can.
    Optional<Trial> objection(String source);

    /// To be told after the script of a product was stored or deleted.
    void scriptChanged(String product);

    Standing standing(String product);

    /// One call of a script. Those that turn bytes into something have bytes, the other has a message.
    record Call(Scripts.Function function, String topic, Payload bytes, Value.Fields message) {
        public static Call toMessage(Payload bytes) {
            return new Call(Scripts.Function.RAW_DATA_TO_PROTOCOL, "", bytes, Value.Fields.NONE);
        }

        public static Call toBytes(Value.Fields message) {
            return new Call(Scripts.Function.PROTOCOL_TO_RAW_DATA, "", Payload.EMPTY, message);
        }

        public static Call transform(String topic, Payload bytes) {
            return new Call(Scripts.Function.TRANSFORM_PAYLOAD, topic, bytes, Value.Fields.NONE);
        }
    }

    /// How a call went.
    ///
    /// @param line of the source that is to blame for a failure, from 1; 0 when none is
    /// @param time processor time it took
    record Trial(Scripts.Result result, int line, Duration time) {}

    /// @param stopped how often the product's script was stopped since the server started
    /// @param restsUntil set while its messages are refused, because it was
    record Standing(long stopped, Optional<Instant> restsUntil) {}
}
