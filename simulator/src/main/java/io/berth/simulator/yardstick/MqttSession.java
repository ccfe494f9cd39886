package io.berth.simulator.yardstick;

import io.berth.simulator.wire.Unwatched;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One device's connection. Reads on its event loop; [#deliver] may be called by any thread.
final class MqttSession extends SimpleChannelInboundHandler<MqttMessage> {
    private static final String PROPERTY_POST = "/thing/event/property/post";
    private static final String ANSWER = "/rrpc/response/";

    private final Channel channel;
    private final Credentials credentials;
    private final Routes routes;
    private final AtomicInteger packetIds = new AtomicInteger();
    private final Set<String> filters = new HashSet<>();
    /// Written to since the last flush: the one neighbour a read usually reaches.
    private @Nullable ChannelOutboundInvoker unflushed;

    MqttSession(Channel channel, Credentials credentials, Routes routes) {
        this.channel = channel;
        this.credentials = credentials;
        this.routes = routes;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, MqttMessage message) {
        if (message.decoderResult().isFailure()) {
            Unwatched.close(context);
            return;
        }
        switch (message.fixedHeader().messageType()) {
            case CONNECT -> connect(context, (MqttConnectMessage) message);
            case PUBLISH -> publish(context, (MqttPublishMessage) message);
            case SUBSCRIBE -> subscribe(context, (MqttSubscribeMessage) message);
            case PINGREQ -> Unwatched.write(context, MqttMessage.PINGRESP);
            case DISCONNECT -> Unwatched.close(context);
            default -> {
                // PUBACK: nothing is kept to be sent again
            }
        }
    }

    private void connect(ChannelHandlerContext context, MqttConnectMessage connect) {
        boolean accepted = credentials.accept(
                connect.payload().clientIdentifier(),
                connect.payload().userName(),
                connect.payload().passwordInBytes());
        MqttMessage answer = MqttMessageBuilders.connAck()
                .returnCode(
                        accepted
                                ? MqttConnectReturnCode.CONNECTION_ACCEPTED
                                : MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD)
                .build();
        if (accepted) {
            Unwatched.write(context, answer);
        } else {
            context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void subscribe(ChannelHandlerContext context, MqttSubscribeMessage subscribe) {
        MqttMessageBuilders.SubAckBuilder answer =
                MqttMessageBuilders.subAck().packetId(subscribe.variableHeader().messageId());
        for (MqttTopicSubscription wish : subscribe.payload().topicSubscriptions()) {
            routes.subscribe(wish.topicFilter(), this);
            filters.add(wish.topicFilter());
            answer.addGrantedQos(wish.qualityOfService());
        }
        Unwatched.write(context, answer.build());
    }

    private void publish(ChannelHandlerContext context, MqttPublishMessage publish) {
        String topic = publish.variableHeader().topicName();
        MqttQoS qos = publish.fixedHeader().qosLevel();
        if (qos == MqttQoS.AT_LEAST_ONCE) {
            Unwatched.write(
                    context,
                    channel.alloc()
                            .ioBuffer(4)
                            .writeShort(0x4002)
                            .writeShort(publish.variableHeader().packetId()));
        }
        TailStream tail = routes.tail();
        if (tail != null) {
            tail.write(topic, publish.payload());
            flushLater(tail.channel());
        }
        if (topic.endsWith(PROPERTY_POST)) {
            reply(topic, publish.payload());
        } else if (topic.contains(ANSWER)) {
            answer(topic, publish.payload());
        } else {
            forward(topic, qos, publish.payload());
        }
    }

    private void reply(String topic, ByteBuf report) {
        String reply = "{\"code\":200,\"id\":\"" + idOf(report) + "\",\"message\":\"success\","
                + "\"method\":\"thing.event.property.post\",\"version\":\"1.0\",\"data\":{}}";
        deliver(topic + "_reply", MqttQoS.AT_MOST_ONCE, Unpooled.copiedBuffer(reply, StandardCharsets.US_ASCII));
    }

    private static String idOf(ByteBuf report) {
        // {"id":"…": no more JSON than the load writes
        int start = report.readerIndex() + 7;
        int end = report.indexOf(start, report.writerIndex(), (byte) '"');
        return end < 0 ? "" : report.toString(start, end - start, StandardCharsets.US_ASCII);
    }

    private void answer(String topic, ByteBuf payload) {
        ChannelHandlerContext asker = routes.takeAsker(topic.substring(topic.lastIndexOf('/') + 1));
        if (asker != null) {
            HttpDoor.answer(asker, payload.toString(StandardCharsets.UTF_8));
        }
    }

    private void forward(String topic, MqttQoS qos, ByteBuf payload) {
        MqttSession subscriber = routes.subscriberOf(topic);
        if (subscriber != null) {
            subscriber.deliver(topic, qos, payload.retain());
            flushLater(subscriber.channel);
        }
    }

    /// Writes, without a flush, a message for this device. Takes the payload over.
    void deliver(String topic, MqttQoS qos, ByteBuf payload) {
        int packetId = qos == MqttQoS.AT_MOST_ONCE ? 0 : (packetIds.getAndIncrement() % 0xffff) + 1;
        Unwatched.write(
                channel,
                new MqttPublishMessage(
                        new MqttFixedHeader(MqttMessageType.PUBLISH, false, qos, false, 0),
                        new MqttPublishVariableHeader(topic, packetId),
                        payload));
    }

    void flush() {
        channel.flush();
    }

    private void flushLater(Channel neighbour) {
        if (unflushed != null && !unflushed.equals(neighbour)) {
            unflushed.flush();
        }
        unflushed = neighbour;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (unflushed != null) {
            unflushed.flush();
            unflushed = null;
        }
        context.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        filters.forEach(filter -> routes.unsubscribe(filter, this));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Unwatched.close(context);
    }
}
