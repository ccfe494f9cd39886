package io.berth.dialect.aliyun.openapi;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.message.Qos;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What calls say of a message to devices.
final class MessageText {
    private MessageText() {}

    /// The bytes of a message that came as Base64.
    static Payload bytes(String base64, int most) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(
                    Problem.INVALID_ARGUMENT,
                    "messagebroker.MessageContentIsNotBase64Encode",
                    "the message is not Base64");
        }
        Refusal.require(
                bytes.length <= most,
                "messagebroker.PublishMessageFailed",
                "the message has " + bytes.length + " bytes: at most " + most + " are allowed");
        return Payload.owned(bytes);
    }

    static Qos qos(@Nullable Integer number) {
        if (number != null && number != 0 && number != 1) {
            throw GatewayException.invalid("Qos", "it is 0 or 1");
        }
        return number == null ? Qos.AT_MOST_ONCE : Qos.of(number);
    }
}
