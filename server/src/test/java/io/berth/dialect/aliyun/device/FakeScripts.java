package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.product.Scripts;
import io.berth.json.ValueJson;
import org.jspecify.annotations.Nullable;

/// The script of a product whose bytes are the message itself with `B` before it. What begins with `!` fails
/// with the fault named after it.
final class FakeScripts implements Scripts {
    /// What becomes of messages on their way to bytes; null for success.
    @Nullable
    Fault whenWriting;

    @Override
    public Result toMessage(String product, Payload bytes) {
        String text = bytes.text();
        return text.startsWith("!")
                ? new Result.Failed(Fault.valueOf(text.substring(1)), "as told")
                : new Result.Message(
                        ValueJson.readFields(Payload.of(text.substring(1))).orElseThrow());
    }

    @Override
    public Result toBytes(String product, Value.Fields message) {
        return whenWriting != null
                ? new Result.Failed(whenWriting, "as told")
                : new Result.Bytes(Payload.of("B" + ValueJson.write(message)));
    }

    @Override
    public Result transform(String product, String topic, Payload bytes) {
        String text = bytes.text();
        return text.startsWith("!")
                ? new Result.Failed(Fault.valueOf(text.substring(1)), "as told")
                : new Result.Message(Value.Fields.of(topic, new Value.Text(text)));
    }
}
