package io.berth.dialect;

import io.berth.core.Payload;
import io.berth.core.certificate.Presented;
import io.berth.core.login.Refusal.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A CONNECT as it came, before anyone read it.
///
/// @param username null when the packet has none
/// @param password null when the packet has none
/// @param protocolLevel 3 (MQTT 3.1), 4 (3.1.1) or 5
/// @param cleanSession clean session of 3.x, clean start of 5
/// @param keepAliveSeconds 0 to 65535
/// @param secure whether the connection is encrypted
/// @param presented what the client showed of itself when the encryption began
public record MqttConnect(
        String clientId,
        @Nullable String username,
        @Nullable Payload password,
        int protocolLevel,
        boolean cleanSession,
        int keepAliveSeconds,
        boolean secure,
        Instant time,
        Channel channel,
        Presented presented) {
    /// One whose client showed no certificate.
    public MqttConnect(
            String clientId,
            @Nullable String username,
            @Nullable Payload password,
            int protocolLevel,
            boolean cleanSession,
            int keepAliveSeconds,
            boolean secure,
            Instant time,
            Channel channel) {
        this(
                clientId,
                username,
                password,
                protocolLevel,
                cleanSession,
                keepAliveSeconds,
                secure,
                time,
                channel,
                Presented.NOTHING);
    }

    public boolean hasPassword() {
        return password != null && password.size() > 0;
    }
}
