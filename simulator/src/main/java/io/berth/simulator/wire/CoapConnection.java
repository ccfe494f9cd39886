package io.berth.simulator.wire;

import io.berth.simulator.device.Hmac;
import io.berth.simulator.device.Identity;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
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
    private static final int POST = 2;
    private static final int CONTENT = 0x45;
    private static final int URI_PATH = 11;
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
        String content = "clientIdc" + "deviceName" + identity.name() + "productKey" + identity.product() + "seq1";
        String body = "{\"productKey\":\"" + identity.product() + "\",\"deviceName\":\"" + identity.name()
                + "\",\"clientId\":\"c\",\"signmethod\":\"hmacsha256\",\"seq\":\"1\",\"sign\":\""
                + Hmac.hex(identity.secret(), content) + "\"}";
        Frame frame = new Frame(nextId(), 0);
        frame.option(URI_PATH, "auth".getBytes(StandardCharsets.US_ASCII));
        send(0, frame.with(body.getBytes(StandardCharsets.US_ASCII)));
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
        Frame frame = new Frame(nextId(), number);
        frame.option(URI_PATH, "topic".getBytes(StandardCharsets.US_ASCII));
        for (String level : topic.substring(1).split("/")) {
            frame.option(URI_PATH, level.getBytes(StandardCharsets.US_ASCII));
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

    /// A confirmable POST; its token is the number of the request.
    private static final class Frame {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        private int option;

        Frame(int id, int number) {
            out.write(0x42);
            out.write(POST);
            out.write(id >> 8);
            out.write(id);
            out.write(number >> 8);
            out.write(number);
        }

        void option(int code, byte[] value) {
            int delta = code - option;
            option = code;
            out.write(nibble(delta) << 4 | nibble(value.length));
            extend(delta);
            extend(value.length);
            out.writeBytes(value);
        }

        private static int nibble(int value) {
            return value >= 269 ? 14 : Math.min(value, 13);
        }

        private void extend(int value) {
            if (value >= 269) {
                out.write((value - 269) >> 8);
                out.write(value - 269);
            } else if (value >= 13) {
                out.write(value - 13);
            }
        }

        byte[] with(byte[] payload) {
            out.write(0xff);
            out.writeBytes(payload);
            return out.toByteArray();
        }
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
            if (code != CONTENT) {
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
