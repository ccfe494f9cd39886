package io.berth.simulator.wire;

import io.berth.simulator.device.Login;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageBuilders.SubscribeBuilder;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A device's MQTT 3.1.1 connection. It acknowledges what it receives and tells the rest to its events. Methods may be
/// called by any thread, publishing only by its event loop.
public final class MqttConnection extends SimpleChannelInboundHandler<MqttMessage> {
    private static final int MAX_PACKET_BYTES = 1 << 20;
    /// The longest both vendors allow; a bench is over before it runs out.
    private static final int KEEP_ALIVE_SECONDS = 1200;

    private final Channel channel;
    private final Login login;
    private final MqttEvents events;
    private final CompletableFuture<MqttConnection> opened;
    private @Nullable CompletableFuture<MqttConnection> subscribed;
    private @Nullable String failure;
    private boolean leaving;

    private MqttConnection(Channel channel, Login login, MqttEvents events, CompletableFuture<MqttConnection> opened) {
        this.channel = channel;
        this.login = login;
        this.events = events;
        this.opened = opened;
    }

    /// Completes with the connection once the server accepted the login, else with why not.
    public static CompletableFuture<MqttConnection> open(
            EventLoop loop, Endpoint endpoint, Login login, MqttEvents events) {
        CompletableFuture<MqttConnection> opened = new CompletableFuture<>();
        Loops.client(loop)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        MqttConnection connection = new MqttConnection(channel, login, events, opened);
                        ChannelPipeline pipeline = channel.pipeline();
                        endpoint.prepare(pipeline);
                        pipeline.addLast(MqttEncoder.INSTANCE, new MqttDecoder(MAX_PACKET_BYTES), connection);
                    }
                })
                .connect(endpoint.address())
                .addListener(connect -> {
                    if (!connect.isSuccess()) {
                        opened.completeExceptionally(connect.cause());
                    }
                });
        return opened;
    }

    /// Subscribes at QoS 1; a filter the server refuses fails it.
    public CompletableFuture<MqttConnection> subscribe(List<String> filters) {
        CompletableFuture<MqttConnection> done = new CompletableFuture<>();
        SubscribeBuilder subscribe = MqttMessageBuilders.subscribe().messageId(1);
        filters.forEach(filter -> subscribe.addSubscription(MqttQoS.AT_LEAST_ONCE, filter));
        channel.eventLoop().execute(() -> {
            subscribed = done;
            Unwatched.writeAndFlush(channel, subscribe.build());
        });
        return done;
    }

    /// A buffer for frames of this connection.
    public ByteBuf buffer(int size) {
        return channel.alloc().ioBuffer(size);
    }

    /// Sends frames written into a [#buffer].
    public void send(ByteBuf frames) {
        Unwatched.writeAndFlush(channel, frames);
    }

    public void publish(String topic, String body) {
        PublishFrame frame = new PublishFrame(topic, 0, body.getBytes(StandardCharsets.UTF_8));
        ByteBuf out = buffer(frame.size());
        frame.writeTo(out, 0);
        send(out);
    }

    public void ping() {
        Unwatched.writeAndFlush(channel, MqttMessage.PINGREQ);
    }

    public EventLoop loop() {
        return channel.eventLoop();
    }

    /// Says DISCONNECT and closes.
    public CompletableFuture<Void> leave() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        channel.closeFuture().addListener(closed -> left.complete(null));
        channel.eventLoop().execute(() -> {
            leaving = true;
            channel.writeAndFlush(MqttMessage.DISCONNECT).addListener(ChannelFutureListener.CLOSE);
        });
        return left;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        Unwatched.writeAndFlush(
                context,
                MqttMessageBuilders.connect()
                        .protocolVersion(MqttVersion.MQTT_3_1_1)
                        .clientId(login.clientId())
                        .username(login.username())
                        .password(login.password().getBytes(StandardCharsets.UTF_8))
                        .cleanSession(true)
                        .keepAlive(KEEP_ALIVE_SECONDS)
                        .build());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, MqttMessage message) {
        if (message.decoderResult().isFailure()) {
            fail(context, "the server sent a malformed packet");
            return;
        }
        switch (message.fixedHeader().messageType()) {
            case CONNACK -> connected(context, (MqttConnAckMessage) message);
            case PUBLISH -> received(context, (MqttPublishMessage) message);
            case PUBACK -> events.acknowledged(((MqttMessageIdVariableHeader) message.variableHeader()).messageId());
            case SUBACK -> subscribed((MqttSubAckMessage) message);
            case PINGRESP -> events.ponged();
            default ->
                fail(context, "the server sent a " + message.fixedHeader().messageType());
        }
    }

    private void connected(ChannelHandlerContext context, MqttConnAckMessage answer) {
        MqttConnectReturnCode code = answer.variableHeader().connectReturnCode();
        if (code == MqttConnectReturnCode.CONNECTION_ACCEPTED) {
            opened.complete(this);
        } else {
            opened.completeExceptionally(new LoginRefusedException(login, code));
            Unwatched.close(context);
        }
    }

    private void received(ChannelHandlerContext context, MqttPublishMessage message) {
        events.received(this, message.variableHeader().topicName(), message.payload());
        if (message.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE) {
            int packetId = message.variableHeader().packetId();
            Unwatched.write(context, buffer(4).writeShort(0x4002).writeShort(packetId));
        }
    }

    private void subscribed(MqttSubAckMessage answer) {
        CompletableFuture<MqttConnection> waiting = subscribed;
        if (waiting == null) {
            return;
        }
        if (answer.payload().grantedQoSLevels().contains(MqttQoS.FAILURE.value())) {
            waiting.completeExceptionally(
                    new IllegalStateException("the server refused a subscription of " + login.clientId()));
        } else {
            waiting.complete(this);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        events.readComplete();
        context.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        String reason = (failure == null ? "the server closed the connection" : failure) + ": " + login;
        IllegalStateException lost = new IllegalStateException(reason);
        boolean wasOpen = opened.isDone() && !opened.isCompletedExceptionally();
        opened.completeExceptionally(lost);
        if (subscribed != null) {
            subscribed.completeExceptionally(lost);
        }
        if (wasOpen && !leaving) {
            events.lost(reason);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, cause.toString());
    }

    private void fail(ChannelHandlerContext context, String reason) {
        failure = reason;
        Unwatched.close(context);
    }
}
