package io.berth.dialect.aliyun.openapi;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.dialect.AppAnswer;
import io.berth.dialect.AppRequest;
import io.berth.json.ValueJson;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// How a caller wants to be answered (spec aliyun-openapi 1.1).
enum Format {
    JSON("application/json;charset=utf-8"),
    XML("text/xml;charset=utf-8");

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    private static final Pattern JSON_IN_QUERY = Pattern.compile("(?i)(?:^|&)Format=json(?:&|$)");

    /// For a request that was not taken apart, perhaps because it cannot be: what query or headers seem to
    /// want.
    static Format of(AppRequest request) {
        if (JSON_IN_QUERY.matcher(request.query()).find()) {
            return JSON;
        }
        String accept = request.header("Accept");
        boolean isSignedInHeader = request.header("Authorization") != null;
        return isSignedInHeader
                        && accept != null
                        && accept.toLowerCase(Locale.ROOT).contains("json")
                ? JSON
                : XML;
    }

    static Format of(Received received) {
        String word = received.all().get("Format");
        return switch (word == null ? "" : word.toUpperCase(Locale.ROOT)) {
            case "" -> of(received.request());
            case "JSON" -> JSON;
            case "XML" -> XML;
            default -> throw new GatewayException(GatewayCode.INVALID_FORMAT);
        };
    }

    /// @param root the element that XML has around everything
    AppAnswer write(int status, String root, Value.Fields answer) {
        String text = switch (this) {
            case JSON -> ValueJson.write(answer);
            case XML -> XmlText.write(root, answer);
        };
        return new AppAnswer(status, contentType, Map.of(), Payload.of(text));
    }
}
