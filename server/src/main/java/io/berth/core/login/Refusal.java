package io.berth.core.login;

import io.berth.core.device.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The record of one refused login, for the operator only. Holds no secret: of digests just their first eight
/// digits.
///
/// @param dialect which dialect read the login, `none` when none did
/// @param device the device it claimed to be, null when it could not be told
/// @param claimed the device as the client named it
/// @param cause what is wrong, in words
/// @param fix what to do about it, in words
/// @param fields what was read from the login, in reading order
/// @param check how the credential was checked, null when it did not come to that
public record Refusal(
        Instant time,
        String dialect,
        @Nullable DeviceId device,
        String claimed,
        LoginFault fault,
        String cause,
        String fix,
        Map<String, String> fields,
        @Nullable SignatureCheck check,
        Channel channel) {

    public Refusal {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /// @param algorithm for example `hmacsha256`
    /// @param content the exact text that had to be signed, its beginning where it is very long; null when
    /// the wire signs none
    /// @param expectedPrefix the first eight hex digits of the right digest
    /// @param givenPrefix the first eight characters of what came
    /// @param skew how far the client's clock is ahead of ours, null when it sent no time that counts
    public record SignatureCheck(
            String algorithm,
            @Nullable String content,
            String expectedPrefix,
            String givenPrefix,
            @Nullable Duration skew) {
        static final int PREFIX = 8;

        /// As much as is kept of it.
        private static final int MAX_CONTENT = 4_000;

        public SignatureCheck {
            content = content == null ? null : content.substring(0, Math.min(MAX_CONTENT, content.length()));
            expectedPrefix = prefix(expectedPrefix);
            givenPrefix = prefix(givenPrefix);
        }

        private static String prefix(String text) {
            return text.substring(0, Math.min(PREFIX, text.length()));
        }
    }

    /// Where the login came from.
    ///
    /// @param listener the name of the listener, for example `mqtt`
    /// @param address the peer's address and port
    /// @param transport `tcp`, `tls`, `ws`, `wss`, `http` or `https`
    /// @param tls protocol, cipher suite and server name as negotiated, null in clear
    public record Channel(
            String listener,
            String address,
            String transport,
            @Nullable String tls) {
        /// The peer's address without port.
        public String host() {
            int colon = address.lastIndexOf(':');
            return colon < 0 ? address : address.substring(0, colon);
        }
    }
}
