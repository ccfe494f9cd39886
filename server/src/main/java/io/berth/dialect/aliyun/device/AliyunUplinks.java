package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.dialect.TopicTable.Match;
import io.berth.dialect.aliyun.AliyunTsl;

/// The rows of [AliyunTopics] that need no class of their own.
final class AliyunUplinks {
    private AliyunUplinks() {}

    /// A row of the table, opened for one device and topic.
    @FunctionalInterface
    interface Row {
        Route open(AliyunWire wire, String topic, Match<Row> match);
    }

    @FunctionalInterface
    private interface Kind {
        Uplink of(String topic, Qos qos, Payload payload);
    }

    /// Devices ask for the model they have by either of two names (spec aliyun-device 5.3).
    static Route model(AliyunWire wire, String topic, Match<Row> match) {
        return AlinkRequest.later(
                AlinkTopic.of(wire, topic),
                AlinkEnvelope.Params.OBJECT,
                request -> request.answered(AliyunTsl.write(wire.product())));
    }

    /// The device says that it was reset to what left the factory: whoever follows messages hears of it.
    static Route reset(AliyunWire wire, String topic, Match<Row> match) {
        return AlinkRequest.route(
                AlinkTopic.of(wire, topic), AlinkEnvelope.Params.OBJECT, request -> request.answered("{}"));
    }

    static Route info(AliyunWire wire, String topic, Match<Row> match) {
        return taken(topic, Uplink.Info::new);
    }

    static Route message(AliyunWire wire, String topic, Match<Row> match) {
        return taken(topic, Uplink.Message::new);
    }

    static Route custom(AliyunWire wire, String topic, Match<Row> match) {
        return wire.product().allowsPublish(match.variable("path"))
                ? taken(topic, Uplink.Message::new)
                : new Route.Refused("the product has no topic class that lets devices publish this");
    }

    static Route clock(AliyunWire wire, String topic, Match<Row> match) {
        String replyTopic = topic.substring(0, topic.length() - "request".length()) + "response";
        return (Route.Reader) (payload, qos) -> {
            String sent = AliyunClock.deviceSendTime(payload);
            return sent == null
                    ? new Reading.Dropped("clock request without deviceSendTime", null)
                    : new Reading.Answered(wire.reply(replyTopic, AliyunClock.answer(sent, wire.clock())));
        };
    }

    static Route notYet(AliyunWire wire, String topic, Match<Row> match) {
        return refused(wire, topic, AlinkCode.NOT_SUPPORTED);
    }

    static Route illegal(AliyunWire wire, String topic, Match<Row> match) {
        return refused(wire, topic, AlinkCode.TOPIC_ILLEGAL);
    }

    /// The vendor has no error answer here.
    static Route silent(AliyunWire wire, String topic, Match<Row> match) {
        return (Route.Reader) (payload, qos) -> new Reading.Dropped("not supported yet", null);
    }

    private static Route taken(String topic, Kind kind) {
        return (Route.Reader) (payload, qos) -> new Reading.Accepted(kind.of(topic, qos, payload), null);
    }

    private static Route refused(AliyunWire wire, String topic, AlinkCode code) {
        AlinkTopic asked = AlinkTopic.of(wire, topic);
        return (Route.Reader) (payload, qos) -> {
            AlinkEnvelope alink = AlinkEnvelope.read(payload);
            // what is no Alink on an unknown topic gets no answer (spec aliyun-device 5.6)
            return alink.code() == AlinkCode.SUCCESS
                    ? asked.dropped(alink, code)
                    : new Reading.Dropped("not supported yet", null);
        };
    }
}
