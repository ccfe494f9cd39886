package io.berth.rule;

import static io.berth.core.ProblemException.require;

import java.util.regex.Pattern;

/// Where a destination is, as its configuration says. The host is a name or an address and nothing else: some
/// libraries make an address with parameters of it, in which more text would choose parameters.
public record Server(String host, int port) {
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._-]+|\\[?[0-9A-Fa-f:.]+]?");

    /// INVALID_ARGUMENT when it is none.
    public Server {
        require(HOST.matcher(host).matches(), "\"host\": \"" + host + "\" is no name of a host");
        require(port >= 1 && port <= 65_535, "\"port\" is 1 to 65535");
    }

    /// The host as addresses with a port after it have it.
    public String bracketed() {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
