package io.berth.front.mqtt;

import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.dialect.ConnectAnswer;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A CONNECT that the decoder does not read to its end, and that is answered nevertheless.
enum UnreadConnect {
    UNKNOWN_VERSION(
            ConnectAnswer.UNSUPPORTED_VERSION,
            LoginFault.UNSUPPORTED_PROTOCOL_VERSION,
            "neither MQTT 3.1, 3.1.1 nor 5"),
    BAD_CLIENT_ID(ConnectAnswer.MALFORMED, LoginFault.MALFORMED_CLIENT_ID, "the client id is empty or has a NUL");

    private final ConnectAnswer answer;
    private final LoginFault fault;
    private final String cause;

    UnreadConnect(ConnectAnswer answer, LoginFault fault, String cause) {
        this.answer = answer;
        this.fault = fault;
        this.cause = cause;
    }

    /// Null when there is nothing to say to such bytes.
    static @Nullable UnreadConnect of(Throwable failure) {
        return switch (failure) {
            case MqttUnacceptableProtocolVersionException _ -> UNKNOWN_VERSION;
            case MqttIdentifierRejectedException _ -> BAD_CLIENT_ID;
            default -> null;
        };
    }

    ConnectAnswer answer() {
        return answer;
    }

    Refusal refusal(Instant time, Refusal.Channel channel) {
        String fix = "check the MQTT library of the firmware";
        return new Refusal(time, "none", null, "", fault, cause, fix, Map.of(), null, channel);
    }
}
