package io.berth.simulator.wire;

import io.berth.simulator.device.Identity;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A device of Alibaba's on CoAP in clear, that encrypts what it sends itself: just what a load needs. A
/// request that is not answered is sent again every four seconds. Used on its loop.
public final class CoapConnection {
    private static final int TOKEN = 2088;
    private static final int SEQUENCE = 2089;
    private static final int PATIENCE_SECONDS = 4;

    private final Identity identity;
    private final CoapEvents events;
    private final CompletableFuture<CoapConnection> opened = new CompletableFuture<>();
    private final byte[][] unanswered;
    private final long[] sentNanos;
    private final Channel channel;
    private final InetSocketAddress server;
    private final Future<?> repetition;
    private final Cipher cipher;
    private byte[] token = {};
    private long sequence;
    private int lastId;

    private CoapConnection(EventLoop loop, InetSocketAddress server, Identity identity, int window, CoapEvents events) {
        this.identity = identity;
        this.events = events;
        this.server = server;
        this.unanswered = new byte[window + 1][];
        this.sentNanos = new long[window + 1];
        try {
            this.cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        this.channel = Loops.datagrams(loop)
                .handler(new Answers())
                .bind(new InetSocketAddress(server.getAddress(), 0))
                .syncUninterruptibly()
                .channel();
        this.repetition = loop.scheduleAtFixedRate(this::repeat, 1, 1, TimeUnit.SECONDS);
    }

    /// Opens one and logs it in. Not on its loop.
    ///
    /// @param window the most requests under way, which are numbered from 1
    public static CompletableFuture<CoapConnection> open(
            EventLoop loop, InetSocketAddress server, Identity identity, int window, CoapEvents events) {
        CoapConnection connection = new CoapConnection(loop, server, identity, window, events);
        loop.execute(connection::login);
        return connection.opened;
    }

    public EventLoop loop() {
        return channel.eventLoop();
    }

    private void login() {
        send(0, CoapPost.login(identity, nextId(), "1"));
        flush();
    }

    private void loggedIn(ByteBuf answer) {
        String given = answer.toString(StandardCharsets.US_ASCII);
        byte[] digest = sha256(identity.secret() + "," + member(given, "random"));
        token = member(given, "token").getBytes(StandardCharsets.US_ASCII);
        sequence = 1;
        try {
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(digest, 8, 16, "AES"),
                    new IvParameterSpec("543yhjy97ae7fyfg".getBytes(StandardCharsets.US_ASCII)));
            opened.complete(this);
        } catch (GeneralSecurityException e) {
            opened.completeExceptionally(e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String member(String json, String name) {
        int at = json.indexOf("\"" + name + "\":\"") + name.length() + 4;
        return json.substring(at, json.indexOf('"', at));
    }

    /// Encrypts a payload as this login has to. It may be sent many times.
    public byte[] encrypted(byte[] clear) {
        try {
            return cipher.doFinal(clear);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Publishes, with the next flush; [CoapEvents#answered] hears the number.
    public void publish(int number, String topic, byte[] encrypted) {
        CoapPost frame = new CoapPost(nextId(), number);
        frame.path("topic");
        for (String level : topic.substring(1).split("/")) {
            frame.path(level);
        }
        frame.option(TOKEN, token);
        frame.option(SEQUENCE, encrypted(Long.toString(sequence++).getBytes(StandardCharsets.US_ASCII)));
        send(number, frame.with(encrypted));
    }

    public void flush() {
        channel.flush();
    }

    private int nextId() {
        lastId = lastId + 1 & 0xffff;
        return lastId;
    }

    private void send(int number, byte[] datagram) {
        unanswered[number] = datagram;
        sentNanos[number] = System.nanoTime();
        // one that is lost is sent again
        var _ = channel.write(
                new DatagramPacket(channel.alloc().directBuffer(datagram.length).writeBytes(datagram), server),
                channel.voidPromise());
    }

    private void repeat() {
        long due = System.nanoTime() - TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (int number = 0; number < unanswered.length; number++) {
            byte[] datagram = unanswered[number];
            if (datagram != null && sentNanos[number] - due < 0) {
                send(number, datagram);
            }
        }
        flush();
    }

    public CompletableFuture<?> leave() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        loop().execute(() -> {
            repetition.cancel(false);
            channel.close().addListener(_ -> left.complete(null));
        });
        return left;
    }

    private final class Answers extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            ByteBuf answer = packet.content();
            int code = answer.getUnsignedByte(1);
            int number = answer.readableBytes() < 6 ? -1 : answer.getUnsignedShort(4);
            if (number < 0 || number >= unanswered.length || unanswered[number] == null) {
                return; // answered before
            }
            unanswered[number] = null;
            if (code != CoapPost.CONTENT) {
                refused("%d.%02d".formatted(code >> 5, code & 0x1f));
            } else if (number == 0) {
                loggedIn(answer);
            } else {
                events.answered(number);
            }
        }

        private void refused(String code) {
            IllegalStateException refusal = new IllegalStateException("the server answered " + code);
            if (!opened.completeExceptionally(refusal)) {
                events.lost("the server answered " + code);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            events.readComplete();
        }
    }
}
