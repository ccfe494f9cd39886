package io.berth.rule;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.SocketFactory;

/// What every connection of a rule goes through. Whoever may make rules may make this server call addresses
/// of his choice: without a guard also those that only this server can reach (databases on loopback, the
/// metadata service of a cloud). So only public addresses are let through, and what the operator lists in
/// `rule.allow`.
///
/// A name is resolved here, all its addresses are checked, and the connection is made to one of these: a name
/// that answers differently the second time gains nothing. Any thread; blocks while a name is looked up.
public final class OutboundGate {
    private static final List<Network> INSIDE = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10", // carriers, and the metadata service of one vendor
            "127.0.0.0/8",
            "169.254.0.0/16", // link-local, and the metadata service of the others
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/128",
            "::1/128",
            "100::/64",
            "2001:db8::/32",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");
    private static final List<Network> CARRIES_V4_LAST = networks("::/96", "64:ff9b::/96", "64:ff9b:1::/48");
    private static final Network TEREDO = network("2001::/32");
    private static final Network SIX_TO_FOUR = network("2002::/16");

    private final List<Allowance> allowed;
    private final Names names;

    /// Looks names up. Tests answer what they like.
    @FunctionalInterface
    public interface Names {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    public OutboundGate(List<String> allowed) {
        this(allowed, InetAddress::getAllByName);
    }

    OutboundGate(List<String> allowed, Names names) {
        this.allowed = allowed.stream().map(Allowance::parse).toList();
        this.names = names;
    }

    /// A host that no rule may reach. The message names the setting that lets it through.
    public static final class ForbiddenException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?::|$)");

        ForbiddenException(String host, InetAddress address, int port) {
            super(host + " is " + address.getHostAddress() + ", inside the network: rules may not go there unless"
                    + " rule.allow names it, as in rule.allow = [\"" + written(address) + ":" + port + "\"]");
        }

        /// As an address stands before a port: one of IPv6 in brackets, its longest run of zeros left out.
        private static String written(InetAddress address) {
            if (!(address instanceof Inet6Address)) {
                return address.getHostAddress();
            }
            String full = address.getHostAddress().replaceFirst("%.*", "");
            return "["
                    + ZEROS.matcher(full)
                            .results()
                            .map(MatchResult::group)
                            .max(Comparator.comparingInt(String::length))
                            .map(zeros -> full.replaceFirst(zeros, "::"))
                            .orElse(full)
                    + "]";
        }
    }

    /// Where the host may be reached: connect to these addresses and to nothing else. Refuses the host as
    /// soon as one of its addresses is forbidden.
    public List<InetAddress> resolve(String host, int port) throws UnknownHostException {
        String name = normal(host);
        InetAddress[] found = names.resolve(name);
        for (InetAddress address : found) {
            check(name, address, port);
        }
        return List.of(found);
    }

    /// For libraries that look names up themselves and connect by a socket factory: its sockets check again
    /// what they are connected to.
    public SocketFactory sockets() {
        return new GuardedSockets(this);
    }

    /// Where to connect to when somebody wants this address: it itself or, where it is not resolved, one of its
    /// addresses; none that is forbidden.
    public InetSocketAddress checked(InetSocketAddress wanted) throws UnknownHostException {
        InetAddress address = wanted.getAddress();
        if (address == null) {
            return new InetSocketAddress(
                    resolve(wanted.getHostString(), wanted.getPort()).getFirst(), wanted.getPort());
        }
        check(normal(wanted.getHostString()), address, wanted.getPort());
        return wanted;
    }

    private void check(String name, InetAddress address, int port) throws ForbiddenException {
        if (isInside(address) && allowed.stream().noneMatch(entry -> entry.allows(name, address, port))) {
            throw new ForbiddenException(name, address, port);
        }
    }

    static boolean isInside(InetAddress address) {
        return INSIDE.stream().anyMatch(network -> network.contains(address))
                || (address instanceof Inet6Address wide
                        && carried(wide).stream().anyMatch(OutboundGate::isInside));
    }

    /// The IPv4 addresses an IPv6 address leads to.
    private static List<InetAddress> carried(Inet6Address address) {
        List<InetAddress> inner = new ArrayList<>();
        if (CARRIES_V4_LAST.stream().anyMatch(network -> network.contains(address))) {
            inner.add(part(address, 12, 0));
        }
        if (SIX_TO_FOUR.contains(address)) {
            inner.add(part(address, 2, 0));
        }
        if (TEREDO.contains(address)) {
            inner.add(part(address, 4, 0));
            inner.add(part(address, 12, 0xFF));
        }
        return inner;
    }

    private static InetAddress part(Inet6Address address, int from, int mask) {
        byte[] four = Arrays.copyOfRange(address.getAddress(), from, from + 4);
        for (int i = 0; i < four.length; i++) {
            four[i] ^= (byte) mask;
        }
        try {
            return InetAddress.getByAddress(four);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /// As names are compared and looked up: without a last dot, in ASCII, in lower case.
    private static String normal(String host) throws UnknownHostException {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        String name = bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
        try {
            return java.net.IDN.toASCII(name).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new UnknownHostException(host + " is no host name");
        }
    }

    private static List<Network> networks(String... texts) {
        return Arrays.stream(texts).map(OutboundGate::network).toList();
    }

    private static Network network(String text) {
        return Network.parse(text).orElseThrow();
    }

    /// Unconnected sockets that let themselves be connected only to where the gate lets them.
    private static final class GuardedSockets extends SocketFactory {
        private final OutboundGate gate;

        GuardedSockets(OutboundGate gate) {
            this.gate = gate;
        }

        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public void connect(SocketAddress wanted, int timeout) throws IOException {
                    if (!(wanted instanceof InetSocketAddress address)) {
                        throw new IOException("no address of the internet: " + wanted);
                    }
                    super.connect(gate.checked(address), timeout);
                }
            };
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            Socket socket = createSocket();
            socket.connect(InetSocketAddress.createUnresolved(host, port));
            return socket;
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            Socket socket = createSocket();
            socket.connect(new InetSocketAddress(host, port));
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            Socket socket = createSocket();
            socket.bind(new InetSocketAddress(local, localPort));
            socket.connect(InetSocketAddress.createUnresolved(host, port));
            return socket;
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            Socket socket = createSocket();
            socket.bind(new InetSocketAddress(local, localPort));
            socket.connect(new InetSocketAddress(host, port));
            return socket;
        }
    }
}
