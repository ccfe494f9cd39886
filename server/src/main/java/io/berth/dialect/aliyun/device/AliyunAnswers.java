package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.message.Uplink;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.dialect.TopicTable.Match;
import java.util.function.Function;

/// What devices answer when they were asked. Never answered in turn, however broken.
final class AliyunAnswers {
    private AliyunAnswers() {}

    /// The envelope names the request.
    static Route named(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        return reader(topic, "", DeviceAnswer::read);
    }

    /// The same in bytes, which a script reads.
    static Route namedInBytes(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        return AliyunRaw.isRaw(wire)
                ? later(reader(topic, "", payload -> AliyunRaw.answer(wire, payload)))
                : AliyunUplinks.message(wire, topic, match);
    }

    /// The topic names the request, and the answer may be any bytes.
    static Route any(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        String id = match.variable("id");
        return AliyunRaw.isRaw(wire)
                ? later(reader(topic, id, payload -> AliyunRaw.answer(wire, payload)))
                : reader(topic, id, DeviceAnswer::read);
    }

    /// @param known the id of the request, empty when only the answer has it
    private static Route.Reader reader(String topic, String known, Function<Payload, DeviceAnswer> form) {
        return (payload, qos) -> {
            DeviceAnswer answer = form.apply(payload);
            String id = known.isEmpty() ? answer.id() : known;
            return id.isEmpty()
                    ? new Reading.Dropped("answer without an id", null)
                    : new Reading.Accepted(new Uplink.Reply(id, topic, qos, payload, answer.answer()), null);
        };
    }

    private static Route later(Route.Reader reader) {
        return (Route.Reader) (payload, qos) -> new Reading.Later(() -> reader.read(payload, qos));
    }
}
