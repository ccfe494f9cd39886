package io.berth.core.topic;

import static io.berth.core.ProblemException.require;

import java.nio.charset.StandardCharsets;

/// The name a message is published under: 1 to 65,535 bytes of UTF-8, no wildcard, no NUL (MQTT 3.1.1 section 4.7).
public record Topic(String text) {
    static final int MAX_BYTES = 65_535;

    public Topic {
        require(isValid(text), "a topic has 1 to 65535 bytes and no +, # or NUL");
    }

    /// The same rule without an exception, for bytes of a peer.
    public static boolean isValid(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '+' || c == '#' || c == 0) {
                return false;
            }
        }
        return !text.isEmpty() && fits(text);
    }

    static boolean fits(String text) {
        return text.length() <= MAX_BYTES / 3 || text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    @Override
    public String toString() {
        return text;
    }
}
