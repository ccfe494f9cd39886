package io.berth.dialect.aliyun.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The user name of an AMQP client taken apart (spec aliyun-openapi 4.1):
/// `clientId|authMode=aksign,signMethod=hmacsha1,…|`.
///
/// @param parameters in the order they came; the last of two with one name counts
/// @param isClosed whether there is a bar behind them too
record SubscriberName(String clientId, Map<String, String> parameters, boolean isClosed) {
    /// Empty when it is not of this form: a bar, and parameters one of which is `authMode` or `consumerGroupId`.
    static Optional<SubscriberName> parse(String user) {
        int bar = user.indexOf('|');
        if (bar < 0) {
            return Optional.empty();
        }
        String rest = user.substring(bar + 1);
        boolean isClosed = rest.endsWith("|");
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter :
                rest.substring(0, rest.length() - (isClosed ? 1 : 0)).split(",")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        parameter.substring(0, equals).strip(),
                        parameter.substring(equals + 1).strip());
            }
        }
        boolean isMine = parameters.containsKey("authMode") || parameters.containsKey("consumerGroupId");
        return isMine
                ? Optional.of(new SubscriberName(user.substring(0, bar), parameters, isClosed))
                : Optional.empty();
    }

    /// Empty when it is missing.
    String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    /// What was read, in the order a person checks it. A session token is as good as a secret.
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("clientId", clientId);
        parameters.forEach((name, value) -> fields.put(name, name.equals("securityToken") ? "hidden" : value));
        return fields;
    }
}
