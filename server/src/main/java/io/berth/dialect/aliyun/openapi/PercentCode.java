package io.berth.dialect.aliyun.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;

/// Texts as they stand in queries and in what is signed (spec aliyun-openapi 2): everything but
/// `A-Z a-z 0-9 - _ . ~` is percent and capital hexadecimal.
final class PercentCode {
    private PercentCode() {}

    static String encode(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /// Takes `+` for a blank, as forms mean it. Throws an IllegalArgumentException when a percent stands alone.
    static String decode(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
