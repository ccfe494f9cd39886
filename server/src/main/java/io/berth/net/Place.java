package io.berth.net;

import static io.berth.core.ProblemException.require;

/// Where a listener is to be bound.
///
/// @param name for example `mqtt`: names the settings `listener.<name>.…`
/// @param bind a host name or address; every address it resolves to is bound
/// @param port 0 for any free one, the same on every address
public record Place(String name, String bind, int port) {
    public Place {
        require(port >= 0 && port <= 65_535, "listener." + name + ".port is between 0 and 65535");
        require(!bind.isBlank(), "listener." + name + ".bind names no address");
    }
}
