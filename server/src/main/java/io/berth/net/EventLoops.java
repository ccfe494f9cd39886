package io.berth.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/// The threads of a wire, and its listening sockets: the kernel's own where Netty has them, the JDK's elsewhere.
public final class EventLoops {
    private EventLoops() {}

    /// @param configured 0 for one a processor
    public static int count(int configured) {
        return configured > 0 ? configured : Runtime.getRuntime().availableProcessors();
    }

    /// @param name what its threads are called
    /// @param configured as [#count] takes it
    public static EventLoopGroup open(String name, int configured) {
        return new MultiThreadIoEventLoopGroup(
                count(configured),
                new DefaultThreadFactory(name),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /// What listens on these loops.
    public static Class<? extends ServerChannel> listening() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }
}
