package io.berth.dialect.aliyun.openapi;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The decoded parameters of one request by their names, which are case-sensitive. Sorted as signatures want
/// them.
record Parameters(SortedMap<String, String> values) {
    static final Parameters NONE = new Parameters(Collections.emptySortedMap());

    /// A thousand devices with name and nickname, and room for the rest.
    private static final int MAX = 4096;

    Parameters {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /// Reads `a=1&b=2`.
    static Parameters read(String encoded) {
        SortedMap<String, String> values = new TreeMap<>();
        for (int start = 0; start < encoded.length(); ) {
            int ampersand = encoded.indexOf('&', start);
            int end = ampersand < 0 ? encoded.length() : ampersand;
            if (end > start) {
                int equals = encoded.indexOf('=', start);
                int nameEnd = equals < 0 || equals > end ? end : equals;
                put(values, decode(encoded, start, nameEnd), decode(encoded, Math.min(nameEnd + 1, end), end));
            }
            start = end + 1;
        }
        return new Parameters(values);
    }

    /// One name in query and form at once would leave open which of the two was signed.
    Parameters with(Parameters others) {
        SortedMap<String, String> all = new TreeMap<>(values);
        others.values.forEach((name, value) -> put(all, name, value));
        return new Parameters(all);
    }

    /// The same for those who may read everything but secrets that are sent along: of imported devices.
    Parameters withoutSecrets() {
        SortedMap<String, String> shown = new TreeMap<>(values);
        shown.replaceAll((name, value) -> name.endsWith("Secret") ? "***" : value);
        return new Parameters(shown);
    }

    /// Null when it is missing or empty, which SDKs mean to be the same.
    @Nullable
    String get(String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    boolean hasEmpty() {
        return values.containsValue("");
    }

    /// `name=value&…` of those wanted, in order, encoded.
    String canonical(Predicate<Map.Entry<String, String>> wanted) {
        return values.entrySet().stream()
                .filter(wanted)
                .map(each -> PercentCode.encode(each.getKey()) + "=" + PercentCode.encode(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static void put(Map<String, String> values, String name, String value) {
        if (values.put(name, value) != null) {
            throw GatewayException.invalid(name, "it is given twice");
        }
        if (values.size() > MAX) {
            throw new GatewayException(GatewayCode.TOO_LARGE, "more than " + MAX + " parameters");
        }
    }

    private static String decode(String encoded, int start, int end) {
        try {
            return PercentCode.decode(encoded.substring(start, end));
        } catch (IllegalArgumentException e) {
            throw new GatewayException(GatewayCode.MALFORMED, "a parameter is not percent-encoded", e);
        }
    }
}
