package io.berth.dialect.huawei;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Texts of a URL.
public final class PercentText {
    private PercentText() {}

    /// INVALID_ARGUMENT when it is no percent-encoded UTF-8: nothing is replaced or guessed.
    public static String decode(String raw) {
        return raw.indexOf('%') < 0 ? raw : decoded(raw);
    }

    private static String decoded(String raw) {
        ByteBuffer bytes = ByteBuffer.allocate(raw.length() * 3);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                require(isHex(raw, i + 1) && isHex(raw, i + 2), "the URL is not percent-encoded at \"" + raw + "\"");
                bytes.put((byte) HexFormat.fromHexDigits(raw, i + 1, i + 3));
                i += 2;
            } else {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "the URL is no UTF-8 at \"" + raw + "\"", e);
        }
    }

    private static boolean isHex(String text, int at) {
        return at < text.length() && HexFormat.isHexDigit(text.charAt(at));
    }

    /// As the vendor's SDKs encode what they sign: everything but letters, digits and `- _ . ~`.
    public static String encode(String text) {
        return isPlain(text)
                ? text
                : URLEncoder.encode(text, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A")
                        .replace("%7E", "~");
    }

    private static boolean isPlain(String text) {
        return text.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '-'
                        || c == '_'
                        || c == '.'
                        || c == '~');
    }
}
