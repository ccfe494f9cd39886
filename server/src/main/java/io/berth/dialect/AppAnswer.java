package io.berth.dialect;

import io.berth.core.Payload;
import java.util.Map;

/// What an application is answered.
///
/// @param contentType empty when there is no body
/// @param headers beside content type and length
public record AppAnswer(int status, String contentType, Map<String, String> headers, Payload body) {
    public AppAnswer {
        headers = Map.copyOf(headers);
    }
}
