package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.state.ShadowDocument;
import io.berth.dialect.JsonText;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.dialect.TopicTable.Match;
import java.time.Instant;

/// The shadow document over the device's wire, which is not Alink (spec aliyun-device 5.4): seconds, QoS 1, and
/// `payload` last for SDKs that take the first member of a name at any depth (R2).
record AliyunShadow(AliyunWire wire) {
    static Route open(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        AliyunShadow shadow = new AliyunShadow(wire);
        return (Route.Reader) (payload, qos) -> switch (ShadowRequest.read(payload)) {
            case ShadowRequest.Refused(ShadowCode code) -> shadow.refused(code);
            case ShadowRequest.Get _ -> new Reading.Later(shadow::shown);
            case ShadowRequest.Change change ->
                new Reading.Later(() -> shadow.changed(change, new Uplink.Info(topic, qos, payload)));
        };
    }

    /// What the device is told when the application wants something else.
    static Payload control(ShadowDocument shadow, Instant now) {
        return AliyunShadowText.write("control", shadow, now);
    }

    static String replyTopic(AliyunWire wire) {
        return "/shadow/get/" + wire.id().product() + "/" + wire.id().name();
    }

    private Reading shown() {
        Instant now = wire.clock().instant();
        ShadowDocument shadow = wire.services().shadows().find(wire.id()).orElseGet(() -> ShadowDocument.empty(now));
        return new Reading.Answered(reply(AliyunShadowText.write("reply", shadow, now)));
    }

    private Reading changed(ShadowRequest.Change change, Uplink heard) {
        Instant now = wire.clock().instant();
        try {
            ShadowDocument shadow = wire.services()
                    .shadows()
                    .change(wire.id(), now, before -> change.change().apply(before.advance(change.version(), now)));
            String payload = JsonText.object()
                    .text("status", "success")
                    .number("version", shadow.version())
                    .end();
            return new Reading.Accepted(heard, reply(plain(payload, now)));
        } catch (ProblemException e) {
            return refused(
                    switch (e.problem()) {
                        case VERSION_CONFLICT -> ShadowCode.CONFLICT;
                        case LIMIT_REACHED -> ShadowCode.TOO_LARGE;
                        default -> ShadowCode.INTERNAL;
                    });
        }
    }

    private Reading refused(ShadowCode code) {
        String content = JsonText.object()
                .text("errorcode", Integer.toString(code.number()))
                .text("errormessage", code.message())
                .end();
        String payload = JsonText.object()
                .text("status", "error")
                .json("content", content)
                .end();
        return new Reading.Dropped(
                code.message(), reply(plain(payload, wire.clock().instant())));
    }

    private Outgoing.Publish reply(Payload payload) {
        return wire.system(replyTopic(wire), Qos.AT_LEAST_ONCE, payload);
    }

    /// An answer without a document: `state` in it would be taken for one.
    private static Payload plain(String payload, Instant now) {
        return JsonText.object()
                .text("method", "reply")
                .number("timestamp", now.getEpochSecond())
                .json("payload", payload)
                .payload();
    }
}
