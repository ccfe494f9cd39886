package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.message.Qos;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Scripts;
import io.berth.core.topic.Topic;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.dialect.TopicTable.Match;
import io.berth.json.ValueJson;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Devices that send bytes: a script of their product turns these into Alink, which then goes the way of all
/// Alink, and the answers back into bytes (spec aliyun-device 5.3, 8). Scripts block: all of it runs on the
/// session's lane.
final class AliyunRaw {
    private AliyunRaw() {}

    static Route up(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        AlinkTopic asked = AlinkTopic.of(wire, topic);
        return isRaw(wire)
                ? (Route.Reader) (payload, qos) -> new Reading.Later(() -> read(asked, payload, qos))
                : AliyunUplinks.message(wire, topic, match);
    }

    static boolean isRaw(AliyunWire wire) {
        return wire.product().format() == DataFormat.RAW;
    }

    /// What bytes answer, without id or answer when the script cannot tell.
    static DeviceAnswer answer(AliyunWire wire, Payload payload) {
        return wire.services().scripts().toMessage(wire.id().product(), payload)
                        instanceof Scripts.Result.Message(Value.Fields message)
                ? DeviceAnswer.of(withWholeId(wire, message))
                : DeviceAnswer.NONE;
    }

    /// Alink for the device, on its way through the script.
    static Outgoing down(AliyunWire wire, String id, Payload alink, Function<Payload, Outgoing> publish) {
        Value.Fields message = ValueJson.readFields(alink).orElseThrow();
        wire.shortIds().asked(id);
        return new Outgoing.Later(
                () -> switch (wire.services().scripts().toBytes(wire.id().product(), message)) {
                    case Scripts.Result.Bytes(Payload bytes) -> publish.apply(bytes);
                    case Scripts.Result.Failed failed -> new Outgoing.Refused(Problem.SCRIPT_FAILED, failed.detail());
                    case Scripts.Result.Message _ ->
                        new Outgoing.Refused(Problem.SCRIPT_FAILED, "the script answered no bytes");
                });
    }

    /// Bytes on a custom topic whose sender asks for the script. One who has none sends them as they are.
    static Route transformed(AliyunWire wire, String topic, Route.Reader reader) {
        return (Route.Reader) (payload, qos) -> new Reading.Later(
                () -> switch (wire.services().scripts().transform(wire.id().product(), topic, payload)) {
                    case Scripts.Result.Message(Value.Fields json) ->
                        reader.read(Payload.of(ValueJson.write(json)), qos);
                    case Scripts.Result.Failed failed when isAbsent(failed.fault()) -> reader.read(payload, qos);
                    case Scripts.Result.Failed _, Scripts.Result.Bytes _ -> new Reading.Dropped("script failed", null);
                });
    }

    private static Reading read(AlinkTopic asked, Payload payload, Qos qos) {
        AliyunWire wire = asked.wire();
        return switch (wire.services().scripts().toMessage(wire.id().product(), payload)) {
            case Scripts.Result.Message(Value.Fields message) -> read(asked, message, qos);
            case Scripts.Result.Failed failed -> refused(asked, code(failed.fault()));
            case Scripts.Result.Bytes _ -> refused(asked, AlinkCode.SCRIPT_RESULT);
        };
    }

    /// Reads the message as if it had come on the topic its method names.
    private static Reading read(AlinkTopic asked, Value.Fields message, Qos qos) {
        if (!(message.get("method") instanceof Value.Text(String method))) {
            return refused(asked, AlinkCode.SCRIPT_METHOD_MISSING);
        }
        boolean isReply = message.get("code") != Value.Nothing.NOTHING;
        String topic = topic(asked.wire(), method, isReply);
        // a script that names the raw topics themselves would lead round in a circle
        boolean isAlink = method.startsWith("thing.") && !method.startsWith("thing.model.") && Topic.isValid(topic);
        if (!isAlink || !(asked.wire().route(topic) instanceof Route.Reader reader)) {
            return refused(asked, AlinkCode.TOPIC_UNREADABLE);
        }
        Value.Fields whole = isReply ? withWholeId(asked.wire(), message) : message;
        Reading reading = reader.read(Payload.of(ValueJson.write(whole)), qos);
        while (reading instanceof Reading.Later later) {
            reading = later.work().read();
        }
        return answeredInBytes(asked, reading);
    }

    private static Value.Fields withWholeId(AliyunWire wire, Value.Fields answer) {
        if (!(answer.get("id") instanceof Value.Text(String id))) {
            return answer;
        }
        SequencedMap<String, Value> whole = new LinkedHashMap<>(answer.fields());
        whole.put("id", new Value.Text(wire.shortIds().meant(id)));
        return new Value.Fields(whole);
    }

    /// `thing.event.property.post` -> `/sys/PRODUCT/DEVICE/thing/event/property/post`
    private static String topic(AliyunWire wire, String method, boolean isReply) {
        String path = "/sys/" + wire.id().product() + "/" + wire.id().name() + "/" + method.replace('.', '/');
        return isReply ? path + "_reply" : path;
    }

    private static Reading answeredInBytes(AlinkTopic asked, Reading reading) {
        return switch (reading) {
            case Reading.Accepted accepted ->
                new Reading.Accepted(accepted.uplink(), inBytes(asked, accepted.reply()), accepted.leftOut());
            case Reading.Dropped dropped -> new Reading.Dropped(dropped.reason(), inBytes(asked, dropped.reply()));
            case Reading.Answered answered -> {
                Outgoing.Publish reply = inBytes(asked, answered.reply());
                yield reply == null
                        ? new Reading.Dropped("no script for the answer", null)
                        : new Reading.Answered(reply);
            }
            case Reading.Through _, Reading.Later _ ->
                throw new IllegalStateException("a message is settled before it is answered");
        };
    }

    /// Null when the script has no function for answers: then there is none. One that fails is told in clear.
    private static Outgoing.@Nullable Publish inBytes(AlinkTopic asked, Outgoing.@Nullable Publish alink) {
        if (alink == null) {
            return null;
        }
        AliyunWire wire = asked.wire();
        Value.Fields message = ValueJson.readFields(alink.payload()).orElseThrow();
        return switch (wire.services().scripts().toBytes(wire.id().product(), message)) {
            case Scripts.Result.Bytes(Payload bytes) -> wire.reply(asked.replyName(), bytes);
            case Scripts.Result.Failed failed -> isAbsent(failed.fault()) ? null : failure(asked, code(failed.fault()));
            case Scripts.Result.Message _ -> failure(asked, AlinkCode.SCRIPT_RESULT);
        };
    }

    private static Outgoing.@Nullable Publish failure(AlinkTopic asked, AlinkCode code) {
        return asked.answer(AlinkEnvelope.unread(code), code);
    }

    private static Reading refused(AlinkTopic asked, AlinkCode code) {
        return asked.dropped(AlinkEnvelope.unread(code), code);
    }

    private static boolean isAbsent(Scripts.Fault fault) {
        return fault == Scripts.Fault.MISSING || fault == Scripts.Fault.FUNCTION_MISSING;
    }

    private static AlinkCode code(Scripts.Fault fault) {
        return switch (fault) {
            case MISSING -> AlinkCode.SCRIPT_MISSING;
            case BROKEN, EXHAUSTED -> AlinkCode.SCRIPT_BROKEN;
            case FUNCTION_MISSING -> AlinkCode.SCRIPT_FUNCTION_MISSING;
            case WRONG_RESULT -> AlinkCode.SCRIPT_RESULT;
            case OVERLOADED -> AlinkCode.SCRIPT_THROTTLED;
        };
    }
}
