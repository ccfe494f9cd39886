package io.berth.net;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Binds one listener to every address its name resolves to, all with the same port, whatever its sockets are.
public final class AddressBinding {
    private static final Logger LOG = LoggerFactory.getLogger(AddressBinding.class);
    private static final int ATTEMPTS = 10;

    private final Place place;
    private final Sockets sockets;

    public AddressBinding(Place place, Sockets sockets) {
        this.place = place;
        this.sockets = sockets;
    }

    /// What listens.
    public interface Sockets {
        /// Binds one more address; the port it got comes back.
        int open(InetSocketAddress address) throws IOException;

        void closeAll();
    }

    public BoundListener bind() {
        // a free port of the first address may be taken on the second: then another is tried
        int attempts = place.port() == 0 ? ATTEMPTS : 1;
        while (true) {
            try {
                return bindAll();
            } catch (ProblemException e) {
                sockets.closeAll();
                attempts--;
                if (attempts == 0) {
                    throw e;
                }
            }
        }
    }

    private BoundListener bindAll() {
        int port = place.port();
        List<String> bound = new ArrayList<>();
        for (InetAddress address : addresses()) {
            try {
                port = sockets.open(new InetSocketAddress(address, port));
                bound.add(address.getHostAddress());
            } catch (IOException e) {
                if (bound.isEmpty() || !isMissingIpv6(address, e)) {
                    throw refused(address, port, e);
                }
                LOG.info("listener {}: no IPv6 here, {} left out", place.name(), address.getHostAddress());
            }
        }
        return new BoundListener(place.name(), bound, port);
    }

    /// IPv4 first, so that whoever has no IPv6 is told of the address that matters.
    private List<InetAddress> addresses() {
        try {
            return Arrays.stream(InetAddress.getAllByName(place.bind()))
                    .distinct()
                    .sorted(Comparator.comparing(Inet6Address.class::isInstance))
                    .toList();
        } catch (UnknownHostException e) {
            throw new ProblemException(
                    Problem.INVALID_ARGUMENT,
                    "listener " + place.name() + ": listener." + place.name() + ".bind = " + place.bind()
                            + " is no address of this machine",
                    e);
        }
    }

    /// A taken port is an error on any address; an address that cannot be had matters only when it is the
    /// only one.
    private boolean isMissingIpv6(InetAddress address, Throwable cause) {
        return address instanceof Inet6Address && !isTaken(cause);
    }

    private ProblemException refused(InetAddress address, int port, Throwable cause) {
        String setting = "listener." + place.name() + ".port";
        String why = isTaken(cause) ? "the port is in use" : String.valueOf(cause.getMessage());
        return new ProblemException(
                Problem.INVALID_ARGUMENT,
                "listener " + place.name() + ": cannot bind " + address.getHostAddress() + " port " + port + ": " + why
                        + "; " + setting + " chooses another",
                cause);
    }

    private static boolean isTaken(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("in use");
    }
}
