package io.berth.dialect.aliyun.device;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A client id `text|key=value,key=value|` (spec aliyun-device 1.2). The last `|` may be missing, unknown
/// keys are kept, names of keys count without case (R13), and of a key that comes twice the first counts.
///
/// @param text what stands before the first `|`: the only part that is signed
/// @param parameters lower-case names, values as they came
record AliyunClientId(String text, Map<String, String> parameters) {
    static final int MAX_LENGTH = 1024;

    AliyunClientId {
        parameters = Collections.unmodifiableMap(parameters);
    }

    static AliyunClientId parse(String clientId) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int bar = clientId.indexOf('|');
        if (bar < 0) {
            return new AliyunClientId(clientId, parameters);
        }
        int close = clientId.indexOf('|', bar + 1);
        int end = close < 0 ? clientId.length() : close;
        for (int from = bar + 1; from < end; ) {
            int comma = clientId.indexOf(',', from);
            int to = comma < 0 || comma > end ? end : comma;
            put(parameters, clientId.substring(from, to));
            from = to + 1;
        }
        return new AliyunClientId(clientId.substring(0, bar), parameters);
    }

    private static void put(Map<String, String> parameters, String pair) {
        int equals = pair.indexOf('=');
        String name = (equals < 0 ? pair : pair.substring(0, equals)).toLowerCase(Locale.ROOT);
        if (!name.isEmpty()) {
            parameters.putIfAbsent(name, equals < 0 ? "" : pair.substring(equals + 1));
        }
    }

    @Nullable
    String parameter(String lowerCaseName) {
        return parameters.get(lowerCaseName);
    }

    /// How the device wants to prove itself, empty for its secret. The vendor's manual misspells the name
    /// once.
    String authType() {
        String value = parameters.getOrDefault("authtype", parameters.getOrDefault("authype", ""));
        return value.toLowerCase(Locale.ROOT);
    }

    /// The client will not subscribe to system topics and expects them all the same (R9).
    boolean subscribesImplicitly() {
        return "1".equals(parameters.get("_ss"));
    }

    /// Bit 0 of `ext`: requests come on `/ext/rrpc/…` (R10).
    boolean takesExtendedRequests() {
        String ext = parameters.getOrDefault("ext", "");
        return !ext.isEmpty() && "13579".indexOf(ext.charAt(ext.length() - 1)) >= 0;
    }
}
