package io.berth.dialect.aliyun.device;

import io.berth.core.credential.Hmac;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What a device sends to log in without MQTT: named values and a signature over them (spec aliyun-device 3.1).
///
/// @param members as they came, numbers as their decimal text
record AliyunSignedBody(SequencedMap<String, String> members) {
    private static final int MAX_MEMBERS = 32;
    private static final String SIGN = "sign";
    private static final Set<String> UNSIGNED = Set.of("version", SIGN, "resources", "signmethod");

    /// Empty when it is no object of plain values.
    static Optional<AliyunSignedBody> read(JsonParser parser) {
        try (parser) {
            SequencedMap<String, String> members = new LinkedHashMap<>();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken value = parser.nextToken();
                if (members.size() == MAX_MEMBERS || value == null) {
                    return Optional.empty();
                }
                if (value.isStructStart()) {
                    parser.skipChildren();
                } else if (value != JsonToken.VALUE_NULL) {
                    members.put(name, parser.getString());
                }
            }
            return parser.nextToken() == null ? Optional.of(new AliyunSignedBody(members)) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// Of a member, in whatever letter case it is named; empty when there is none.
    String value(String name) {
        String exact = members.get(name);
        if (exact != null) {
            return exact;
        }
        return members.entrySet().stream()
                .filter(member -> member.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    String sign() {
        return value(SIGN);
    }

    /// Empty when the method is one nobody defines.
    Optional<Hmac> method() {
        String named = value("signmethod");
        return AliyunSign.method(named.isEmpty() ? null : named);
    }

    /// What has to be signed: names and values, sorted by name, nothing between them.
    String content() {
        return content(AliyunSignedBody::isSigned);
    }

    static boolean isSigned(String name) {
        return !UNSIGNED.contains(name.toLowerCase(Locale.ROOT));
    }

    /// The same of other members, as a device may have signed by mistake.
    String content(Predicate<String> signed) {
        StringBuilder content = new StringBuilder();
        new TreeMap<>(members).forEach((name, value) -> {
            if (signed.test(name)) {
                content.append(name).append(value);
            }
        });
        return content.toString();
    }

    /// For the operator: everything but the signature.
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>(members);
        fields.keySet().removeIf(name -> name.equalsIgnoreCase(SIGN));
        return fields;
    }

    /// Whether a member is there.
    boolean has(String name) {
        return !value(name).isEmpty();
    }
}
