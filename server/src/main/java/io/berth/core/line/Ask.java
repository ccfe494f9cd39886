package io.berth.core.line;

import io.berth.core.certificate.CertificateFacts;
import io.berth.core.certificate.Presented;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.login.CallPeer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request to the desk, as it came.
///
/// @param deviceId as the device wrote it
/// @param isPrivate whether nobody on the way could read it
/// @param proof null when it has none
public record Ask(
        String deviceId,
        CallPeer from,
        boolean isPrivate,
        @Nullable Proof proof) {
    private static final int MAX_TOLD = 128;

    /// What is asked for: a signature is for one of them.
    public enum Purpose {
        ISSUE("issue"),
        CONFIRM("confirm");

        final String word;

        Purpose(String word) {
            this.word = word;
        }
    }

    /// How the requester shows who it is.
    public sealed interface Proof {
        /// What an operator wants to read of it.
        Map<String, String> facts();

        record Token(String station, Secret secret) implements Proof {
            /// `station.secret`, null when it is no such thing.
            public static @Nullable Token read(String text) {
                int dot = text.indexOf('.');
                String secret = text.substring(dot + 1);
                boolean readable = dot > 0
                        && !secret.isEmpty()
                        && secret.length() <= 64
                        && secret.chars().allMatch(c -> c > ' ' && c < 0x7f);
                return readable ? new Token(text.substring(0, dot), new Secret(secret)) : null;
            }

            @Override
            public Map<String, String> facts() {
                return named(station);
            }
        }

        /// @param time in milliseconds since 1970
        /// @param signature HMAC-SHA256 in hexadecimal
        record Signature(String station, String nonce, long time, String signature) implements Proof {
            boolean isMadeWith(Secret key, Purpose purpose, String deviceId) {
                String content = String.join("\n", purpose.word, deviceId, nonce, Long.toString(time));
                byte[] expected = Hmac.SHA256.sign(key.bytes(), content.getBytes(StandardCharsets.UTF_8));
                return Hmac.matches(expected, signature);
            }

            @Override
            public Map<String, String> facts() {
                return named(station);
            }
        }

        /// TLS proved that the requester holds the key.
        ///
        /// @param shown with one certificate at least
        record Certificate(Presented shown) implements Proof {
            X509Certificate own() {
                return shown.certificates().getFirst();
            }

            @Override
            public Map<String, String> facts() {
                return CertificateFacts.of(shown);
            }
        }

        private static Map<String, String> named(String station) {
            return Map.of("station", station.substring(0, Math.min(MAX_TOLD, station.length())));
        }
    }
}
