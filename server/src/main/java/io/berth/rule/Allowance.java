package io.berth.rule;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/// One entry of `rule.allow`: what may be reached although it lies inside.
///
/// @param host a name, `*.` and a domain, or empty when it is a network
/// @param network the addresses, null when it is a name
/// @param port 0 for any
record Allowance(String host, Optional<Network> network, int port) {
    /// INVALID_ARGUMENT when the entry is neither a network, an address nor a name, with or without a port.
    static Allowance parse(String entry) {
        String text = entry.strip().toLowerCase(Locale.ROOT);
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > 0
                && (text.charAt(colon - 1) == ']' || text.indexOf(':') == colon)
                && text.substring(colon + 1).matches("[0-9]{1,5}");
        String host = hasPort ? text.substring(0, colon) : text;
        int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : 0;
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        Optional<Network> network = Network.parse(bare);
        if (port > 65_535 || (network.isEmpty() && !bare.matches("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*"))) {
            throw new ProblemException(
                    Problem.INVALID_ARGUMENT,
                    "rule.allow: \"" + entry + "\" is no network (10.0.0.0/8), address or host name (*.example.org)");
        }
        return new Allowance(network.isPresent() ? "" : bare, network, port);
    }

    boolean allows(String name, InetAddress address, int wantedPort) {
        return (port == 0 || port == wantedPort)
                && network.map(known -> known.contains(address)).orElseGet(() -> names(name));
    }

    private boolean names(String name) {
        return host.startsWith("*.") ? name.endsWith(host.substring(1)) : name.equals(host);
    }
}
