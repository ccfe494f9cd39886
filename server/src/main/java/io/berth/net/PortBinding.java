package io.berth.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// Binds a listener of connections on Netty.
public final class PortBinding implements AddressBinding.Sockets {
    private final AddressBinding binding;
    private final ServerBootstrap bootstrap;
    private final List<Channel> channels = new ArrayList<>();

    public PortBinding(Place place, ServerBootstrap bootstrap) {
        this.binding = new AddressBinding(place, this);
        this.bootstrap = bootstrap;
    }

    public List<Channel> channels() {
        return channels;
    }

    public BoundListener bind() {
        return binding.bind();
    }

    @Override
    public int open(InetSocketAddress address) throws IOException {
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        channels.add(bound.channel());
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    @Override
    public void closeAll() {
        channels.forEach(channel -> channel.close().syncUninterruptibly());
        channels.clear();
    }
}
