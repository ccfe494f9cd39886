package io.berth.core.product;

import io.berth.core.Payload;
import io.berth.core.Value;

/// Runs the scripts of products. Blocks until the script is done or stopped, each call by itself: nothing of
/// one call is left for the next. Any thread but an event loop.
public interface Scripts {
    /// Bytes of a device as a message of its protocol.
    Result toMessage(String product, Payload bytes);

    /// A message of the protocol as bytes for the device.
    Result toBytes(String product, Value.Fields message);

    /// Bytes of a custom topic as an object.
    Result transform(String product, String topic, Payload bytes);

    /// The functions a script may have, and how it must spell them.
    enum Function {
        RAW_DATA_TO_PROTOCOL("rawDataToProtocol"),
        PROTOCOL_TO_RAW_DATA("protocolToRawData"),
        TRANSFORM_PAYLOAD("transformPayload");

        private final String word;

        Function(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /// What became of one call.
    sealed interface Result {
        record Message(Value.Fields fields) implements Result {}

        record Bytes(Payload bytes) implements Result {}

        record Failed(Fault fault, String detail) implements Result {}
    }

    enum Fault {
        /// The product has no script.
        MISSING,
        /// It is no JavaScript, or threw.
        BROKEN,
        /// It lacks the function.
        FUNCTION_MISSING,
        /// It answered something of the wrong type.
        WRONG_RESULT,
        /// It took too long or too much memory.
        EXHAUSTED,
        /// Too many wait for a turn.
        OVERLOADED
    }
}
