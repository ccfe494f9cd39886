package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.message.Fact;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.json.ValueJson;

/// A message that came on an Alink topic, read whole and held until it is answered.
///
/// @param params an empty object where the message has none
record AlinkRequest(AlinkTopic topic, AlinkEnvelope envelope, Value params, Payload payload, Qos qos) {
    @FunctionalInterface
    interface Step {
        Reading take(AlinkRequest request);
    }

    /// Reads what comes on the topic and hands on what has the form; refuses the rest.
    static Route route(AlinkTopic topic, AlinkEnvelope.Params wanted, Step step) {
        return (Route.Reader) (payload, qos) -> {
            Value[] params = {Value.Fields.NONE};
            AlinkEnvelope envelope = AlinkEnvelope.read(payload, json -> params[0] = ValueJson.read(json));
            AlinkRequest request = new AlinkRequest(topic, envelope, params[0], payload, qos);
            AlinkCode code = topic.verdict(envelope, wanted);
            return code == AlinkCode.SUCCESS ? step.take(request) : request.refused(code);
        };
    }

    /// The same where `step` may block.
    static Route later(AlinkTopic topic, AlinkEnvelope.Params wanted, Step step) {
        return route(topic, wanted, request -> request.later(() -> step.take(request)));
    }

    /// Goes on where it may block; a broken rule is told to the device.
    Reading later(Reading.Later.Work work) {
        return new Reading.Later(() -> {
            try {
                return work.read();
            } catch (ProblemException e) {
                return refused(
                        e.problem() == Problem.LIMIT_REACHED
                                // too many items are a mistake here (5.2), too many children are not
                                ? AlinkCode.PARAMETER_ERROR
                                : AlinkAnswer.of(e.problem()).code());
            }
        });
    }

    AliyunWire wire() {
        return topic.wire();
    }

    Reading refused(AlinkCode code) {
        return topic.dropped(envelope, code);
    }

    /// Done; whoever follows messages hears of it too.
    Reading answered(CharSequence data) {
        return answered(new Uplink.Info(topic.name(), qos, payload), data);
    }

    /// Done; whoever follows such facts hears of it too.
    Reading told(Fact fact) {
        return answered(new Uplink.Info(topic.name(), qos, payload, fact), "{}");
    }

    private Reading answered(Uplink uplink, CharSequence data) {
        return new Reading.Accepted(uplink, topic.answer(envelope, AlinkCode.SUCCESS, data));
    }
}
