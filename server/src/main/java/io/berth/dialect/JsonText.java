package io.berth.dialect;

import io.berth.core.Payload;

/// Writes small JSON documents by hand, without a blank: some device SDKs find `"key":` by searching bytes
/// and take what follows as the value (spec aliyun-device R1). The order of the calls is the order on the
/// wire.
public final class JsonText {
    private final StringBuilder out;

    private JsonText(int capacity) {
        out = new StringBuilder(capacity).append('{');
    }

    /// Opens an object.
    public static JsonText object() {
        return new JsonText(160);
    }

    public JsonText text(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    public JsonText number(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    /// A member whose value is JSON already.
    public JsonText json(String name, CharSequence value) {
        name(name);
        out.append(value);
        return this;
    }

    /// Closes the object.
    public String end() {
        return out.append('}').toString();
    }

    public Payload payload() {
        return Payload.of(end());
    }

    /// Removes the blanks between the tokens of a valid JSON document and changes nothing else.
    public static String compact(String json) {
        StringBuilder compact = new StringBuilder(json.length());
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted && c == '\\') {
                compact.append(c).append(json.charAt(++i));
                continue;
            }
            if (c == '"') {
                quoted = !quoted;
            }
            if (quoted || c > ' ') {
                compact.append(c);
            }
        }
        return compact.toString();
    }

    private void name(String name) {
        if (out.length() > 1) {
            out.append(',');
        }
        out.append('"').append(name).append("\":");
    }

    private void quote(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
