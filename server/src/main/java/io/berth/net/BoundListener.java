package io.berth.net;

import java.util.List;

/// A listener that accepts connections.
///
/// @param addresses the addresses it is bound to, as text
public record BoundListener(String name, List<String> addresses, int port) {
    public BoundListener {
        addresses = List.copyOf(addresses);
    }
}
