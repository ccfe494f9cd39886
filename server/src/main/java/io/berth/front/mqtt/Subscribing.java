package io.berth.front.mqtt;

import io.berth.core.device.DeviceId;
import io.berth.core.message.Qos;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Session;
import io.berth.core.session.SessionStore.Subscription;
import io.berth.core.topic.TopicFilter;
import io.berth.front.mqtt.MqttConfig.SessionLimits;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Settles one SUBSCRIBE or UNSUBSCRIBE. In a lasting session the answer waits until the store has it.
final class Subscribing {
    /// The answer of MQTT 3.1.1 to a filter that is refused, whatever the reason.
    private static final int FAILURE = 0x80;

    private final DeviceSession session;
    private final Dock dock;
    private final ArrayList<Subscription> granted = new ArrayList<>(1);

    Subscribing(DeviceSession session, Dock dock) {
        this.session = session;
        this.dock = dock;
    }

    void subscribe(MqttSubscribeMessage packet) {
        List<MqttTopicSubscription> asked = packet.payload().topicSubscriptions();
        if (asked.isEmpty()) {
            session.connection().close(CloseCause.PROTOCOL_ERROR);
            return;
        }
        var header = packet.idAndPropertiesVariableHeader();
        if (Properties5.hasSubscriptionIdentifier(header.properties())) {
            session.connection().close(CloseCause.PROTOCOL_ERROR, Reason.SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED);
            return;
        }
        SessionLimits limits = dock.config().session();
        ArrayList<Integer> codes = new ArrayList<>(asked.size());
        for (MqttTopicSubscription one : asked) {
            int code = codes.size() < limits.maxFiltersPerSubscribe() ? settle(one) : Reason.QUOTA_EXCEEDED;
            codes.add(session.isMqtt5() || code <= 1 ? code : FAILURE);
        }
        if (DeviceLog.isOn()) {
            DeviceLog.write(session.connection(), "subscribed {}: {}", filters(asked), codes);
        }
        ByteBuf answer = Packets.suback(session.connection().alloc(), session.isMqtt5(), header.messageId(), codes);
        answerAfter(
                session.isLasting() && !granted.isEmpty()
                        ? dock.platform().store().subscribe(session.session().device(), granted)
                        : null,
                answer);
        tellWhoHearsMore();
    }

    private void tellWhoHearsMore() {
        Set<Session> hearing = new HashSet<>();
        for (Subscription subscription : granted) {
            DeviceId child = session.wire().childOf(subscription.filter());
            Session hears =
                    child == null ? session.session() : session.children().session(child);
            if (hears != null && hearing.add(hears)) {
                dock.platform().sessions().subscribed(hears);
            }
        }
    }

    private static List<String> filters(List<MqttTopicSubscription> asked) {
        return asked.stream().map(MqttTopicSubscription::topicFilter).toList();
    }

    private int settle(MqttTopicSubscription asked) {
        String text = asked.topicFilter();
        if (!TopicFilter.isValid(text)) {
            return Reason.TOPIC_FILTER_INVALID;
        }
        if (text.length() > dock.config().session().maxFilterLength()) {
            return Reason.QUOTA_EXCEEDED;
        }
        if (session.isMqtt5() && text.startsWith("$share/")) {
            return Reason.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
        }
        TopicFilter filter = new TopicFilter(text);
        if (!session.wire().maySubscribe(filter)) {
            return Reason.NOT_AUTHORISED;
        }
        Subscription subscription =
                new Subscription(filter, Qos.of(asked.option().qos().value()));
        if (!session.subscriptions().put(subscription)) {
            return Reason.QUOTA_EXCEEDED;
        }
        granted.add(subscription);
        return subscription.qos() == Qos.AT_MOST_ONCE ? 0 : 1;
    }

    void unsubscribe(MqttUnsubscribeMessage packet) {
        List<String> asked = packet.payload().topics();
        if (asked.isEmpty()) {
            session.connection().close(CloseCause.PROTOCOL_ERROR);
            return;
        }
        ArrayList<Integer> codes = new ArrayList<>(asked.size());
        ArrayList<TopicFilter> removed = new ArrayList<>(1);
        for (String text : asked) {
            boolean existed = TopicFilter.isValid(text)
                    && session.subscriptions().remove(new TopicFilter(text))
                    && removed.add(new TopicFilter(text));
            codes.add(existed ? Reason.SUCCESS : Reason.NO_SUBSCRIPTION_EXISTED);
        }
        if (DeviceLog.isOn()) {
            DeviceLog.write(session.connection(), "unsubscribed {}", asked);
        }
        ByteBuf answer = Packets.unsuback(
                session.connection().alloc(),
                session.isMqtt5(),
                packet.idAndPropertiesVariableHeader().messageId(),
                codes);
        answerAfter(
                session.isLasting() && !removed.isEmpty()
                        ? dock.platform().store().unsubscribe(session.session().device(), removed)
                        : null,
                answer);
    }

    private void answerAfter(@Nullable CompletionStage<Void> stored, ByteBuf answer) {
        MqttConnection connection = session.connection();
        if (stored == null) {
            connection.outlet().write(answer);
            return;
        }
        connection.gate().enter();
        stored.whenComplete((_, failure) -> connection.pulse().post(() -> {
            connection.gate().leave();
            if (failure == null && connection.isOnline()) {
                connection.outlet().write(answer);
            } else {
                answer.release();
                connection.close(CloseCause.INTERNAL_ERROR);
            }
        }));
    }
}
