package io.berth.simulator.wire;

/// A request with a body that is known.
///
/// @param target path and query
/// @param headers lines of them, each with its end
public record HttpCall(String method, String target, String headers, String body) {
    public static HttpCall post(String path, String json) {
        return new HttpCall("POST", path, "Content-Type: application/json\r\n", json);
    }
}
