package io.berth.front.http;

import io.berth.core.credential.Secret;
import io.berth.core.device.Devices;
import io.berth.core.login.LoginGuard;
import io.berth.core.message.Events;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.Products;
import io.berth.core.session.Requests;
import io.berth.core.session.Uplinks;
import io.berth.core.session.Visits;
import io.berth.core.state.Things;
import io.berth.dialect.HttpDialect;
import io.berth.dialect.Intake;
import io.berth.testing.FakeTraffic;
import io.berth.testing.MemoryRefusals;
import io.berth.testing.Patience;
import io.berth.testing.TestPlatform;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// An HTTP front on a listener of its own, in clear, with a second of a hundredth.
final class HttpBed implements AutoCloseable {
    static final Duration BEAT = Duration.ofMillis(10);
    /// Failed logins before more are refused unseen.
    static final int GUESSES = 3;

    /// It stands still: a quota of a second is one of the whole test.
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

    final EchoDialect echo = new EchoDialect();
    final TestPlatform platform = new TestPlatform(CLOCK);
    final MemoryRefusals refusals = new MemoryRefusals();
    private final FakeTraffic traffic = new FakeTraffic();
    final List<String> dropped = traffic.dropped;
    final HttpFront front;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listener;

    HttpBed(HttpConfig config, HttpDialect... more) {
        platform.products.create(
                new Products.Draft("P", "p", null, null, AuthKind.SECRET, NodeType.DIRECT, DataFormat.JSON, false));
        platform.devices.create(new Devices.Draft(EchoDialect.DEVICE, new Secret("s"), null, null));
        Events events = platform.events;
        Uplinks uplinks = new Uplinks(
                events,
                new Things(platform.things, CLOCK),
                new Requests(platform.downlinks, platform.sessions, 10, 0),
                Uplinks.LateReplies.IGNORED);
        Visits visits = new Visits(platform.sessions, Visits.Limits.DEFAULT, traffic, CLOCK);
        List<HttpDialect> dialects = new ArrayList<>(List.of(more));
        dialects.add(echo);
        front = new HttpFront(
                new HttpPlatform(
                        dialects,
                        platform.registry.directory(),
                        new Intake(uplinks, visits, traffic, 10),
                        refusals,
                        guard(GUESSES),
                        guard(1000),
                        traffic,
                        CLOCK),
                config,
                BEAT);
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        front.take(channel.pipeline(), "https");
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    private static LoginGuard guard(int max) {
        return new LoginGuard(max, Duration.ofMinutes(1), 100, CLOCK);
    }

    /// In clear, and with times in beats of this bed: hours, so that nothing is late.
    static HttpConfig config() {
        return new HttpConfig(
                true, Duration.ofHours(1), Duration.ofHours(1), 100, 2048, 2L * 1024 * 1024, 4, 10, 100, 0);
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    Wire open() {
        try {
            return new Wire(new Socket(InetAddress.getLoopbackAddress(), port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A connection that has said something already when its time begins.
    Wire opens(String words) {
        CompletableFuture<Void> said = new CompletableFuture<>();
        loops.execute(said::join);
        try {
            return open().sends(words);
        } finally {
            said.complete(null);
        }
    }

    @Override
    public void close() {
        echo.held.complete(null);
        listener.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /// A socket that speaks HTTP byte by byte, rightly or wrongly.
    static final class Wire implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        Wire(Socket socket) {
            this.socket = socket;
            try {
                in = new BufferedInputStream(socket.getInputStream());
                socket.setSoTimeout((int) Patience.LONG.toMillis());
                socket.setTcpNoDelay(true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Wire sends(String text) {
            try {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Wire posts(String path, String body) {
            return sends(post(path, body));
        }

        static String post(String path, String body) {
            return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        }

        /// One response: status, and body behind a blank.
        String hears() {
            try {
                String head = upTo("\r\n\r\n");
                int length = Integer.parseInt(head.replaceAll("(?is).*content-length: ([0-9]+).*", "$1")
                        .strip());
                String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                return head.substring(9, 12) + " " + body;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Text up to and with the mark.
        String upTo(String mark) throws IOException {
            StringBuilder text = new StringBuilder();
            while (text.indexOf(mark) < 0) {
                int octet = in.read();
                if (octet < 0) {
                    throw new IOException("closed after \"" + text + "\"");
                }
                text.append((char) octet);
            }
            return text.toString();
        }

        /// All that is said until the other side closes.
        String hearsTheEnd() {
            try {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (SocketException e) {
                return "reset";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Goes before its time.
        void hangsUp() {
            close();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
