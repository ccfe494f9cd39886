package io.berth.net;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
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

/// Binds one listener to every address its name resolves to, all with the same port.
public final class PortBinding {
    private static final Logger LOG = LoggerFactory.getLogger(PortBinding.class);
    private static final int ATTEMPTS = 10;

    private final Place place;
    private final ServerBootstrap bootstrap;
    private final List<Channel> channels = new ArrayList<>();

    public PortBinding(Place place, ServerBootstrap bootstrap) {
        this.place = place;
        this.bootstrap = bootstrap;
    }

    public List<Channel> channels() {
        return channels;
    }

    public BoundListener bind() {
        // a free port of the first address may be taken on the second: then another is tried
        int attempts = place.port() == 0 ? ATTEMPTS : 1;
        while (true) {
            try {
                return bindAll();
            } catch (ProblemException e) {
                channels.forEach(channel -> channel.close().syncUninterruptibly());
                channels.clear();
                attempts--;
                if (attempts == 0) {
                    throw e;
                }
            }
        }
    }

    private BoundListener bindAll() {
        int port = place.port();
        for (InetAddress address : addresses()) {
            ChannelFuture bound =
                    bootstrap.bind(new InetSocketAddress(address, port)).awaitUninterruptibly();
            if (bound.isSuccess()) {
                channels.add(bound.channel());
                port = portOf(bound.channel());
            } else if (isMissingIpv6(address, bound.cause())) {
                LOG.info("listener {}: no IPv6 here, {} left out", place.name(), address.getHostAddress());
            } else {
                throw refused(address, port, bound.cause());
            }
        }
        List<String> texts = channels.stream()
                .map(channel -> ((InetSocketAddress) channel.localAddress())
                        .getAddress()
                        .getHostAddress())
                .toList();
        return new BoundListener(place.name(), texts, port);
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

    /// A taken port is an error on any address; an address that cannot be had matters only when it is the only one.
    private boolean isMissingIpv6(InetAddress address, Throwable cause) {
        return address instanceof Inet6Address && !channels.isEmpty() && !isTaken(cause);
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

    private static int portOf(Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }
}
