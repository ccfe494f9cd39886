package io.berth.front.coap;

import io.berth.core.login.Refusal.Channel;
import io.berth.net.AddressBinding;
import io.berth.net.PeerAddress;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sockets of a listener in clear: of each address as many as there are loops, so that the kernel spreads
/// the senders over them and a sender stays with its loop.
final class UdpSockets implements AddressBinding.Sockets {
    private static final Logger LOG = LoggerFactory.getLogger(UdpSockets.class);
    /// Datagrams taken from the kernel with one call.
    private static final int BATCH = 16;

    private static final int SOCKET_BUFFER = 4 * 1024 * 1024;

    private final String listener;
    private final int maxDatagramBytes;
    private final Map<EventLoop, CoapLoop> loops;
    private final List<io.netty.channel.Channel> channels = new ArrayList<>();

    UdpSockets(String listener, int maxDatagramBytes, Map<EventLoop, CoapLoop> loops) {
        this.listener = listener;
        this.maxDatagramBytes = maxDatagramBytes;
        this.loops = loops;
    }

    @Override
    public int open(InetSocketAddress address) throws IOException {
        if (!Epoll.isAvailable()) {
            Map.Entry<EventLoop, CoapLoop> one = loops.entrySet().iterator().next();
            return port(bind(one.getKey(), one.getValue(), address));
        }
        // sockets that share a port would share it with another server's, too: this one finds that out
        int port;
        try (DatagramSocket probe = new DatagramSocket(address)) {
            port = probe.getLocalPort();
        }
        for (Map.Entry<EventLoop, CoapLoop> each : loops.entrySet()) {
            bind(each.getKey(), each.getValue(), new InetSocketAddress(address.getAddress(), port));
        }
        return port;
    }

    private io.netty.channel.Channel bind(EventLoop executor, CoapLoop loop, InetSocketAddress address)
            throws IOException {
        Bootstrap bootstrap = new Bootstrap()
                .group(executor)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                .handler(new Datagrams(loop));
        if (Epoll.isAvailable()) {
            bootstrap
                    .channel(EpollDatagramChannel.class)
                    .option(UnixChannelOption.SO_REUSEPORT, true)
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, maxDatagramBytes)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(BATCH * maxDatagramBytes));
        } else {
            bootstrap
                    .channel(NioDatagramChannel.class)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(maxDatagramBytes));
        }
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        channels.add(bound.channel());
        return bound.channel();
    }

    private static int port(io.netty.channel.Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public void closeAll() {
        channels.forEach(channel -> channel.close().syncUninterruptibly());
        channels.clear();
    }

    /// One socket on its loop. What is sent while datagrams are read goes out with the end of that turn.
    private final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {
        private final CoapLoop loop;
        private boolean isFlushing;

        Datagrams(CoapLoop loop) {
            this.loop = loop;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            isFlushing = true;
            loop.received(new UdpPeer(context, this, packet.sender()), ByteBufUtil.getBytes(packet.content()));
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            flush(context);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // of the socket, such as a port that is not there: the next datagram may be fine
            LOG.debug("listener {}", listener, cause);
        }

        void send(ChannelHandlerContext context, InetSocketAddress to, byte[] datagram) {
            var _ = context.write(
                    new DatagramPacket(
                            context.alloc().directBuffer(datagram.length).writeBytes(datagram), to),
                    context.voidPromise());
            if (!isFlushing) {
                isFlushing = true;
                context.executor().execute(() -> flush(context));
            }
        }

        private void flush(ChannelHandlerContext context) {
            isFlushing = false;
            context.flush();
        }
    }

    private final class UdpPeer implements Peer {
        private final ChannelHandlerContext context;
        private final Datagrams socket;
        private final InetSocketAddress sender;

        UdpPeer(ChannelHandlerContext context, Datagrams socket, InetSocketAddress sender) {
            this.context = context;
            this.socket = socket;
            this.sender = sender;
        }

        @Override
        public Object key() {
            return sender;
        }

        @Override
        public String address() {
            return PeerAddress.of(sender);
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public Channel channel() {
            return new Channel(listener, address(), "udp", null);
        }

        @Override
        public void send(byte[] datagram) {
            socket.send(context, sender, datagram);
        }
    }
}
