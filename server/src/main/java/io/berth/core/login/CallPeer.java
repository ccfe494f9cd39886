package io.berth.core.login;

/// Where a call of an application came from.
///
/// @param address without port
/// @param encrypted whether the connection is, up to this server
public record CallPeer(String address, boolean encrypted) {
    private static final String LISTENER = "web";

    Refusal.Channel channel() {
        return new Refusal.Channel(LISTENER, address, encrypted ? "https" : "http", null);
    }
}
