package io.berth.dialect.aliyun.device;

import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import org.jspecify.annotations.Nullable;

/// A topic on which a device asks and is answered: what its messages must look like, and how they are answered.
///
/// @param method what the envelope of its messages may say, and that of the answers says
record AlinkTopic(AliyunWire wire, String name, String method, String replyName) {
    static AlinkTopic of(AliyunWire wire, String name) {
        return new AlinkTopic(wire, name, methodOf(name), name + "_reply");
    }

    /// The topic says what a message is; a method that says otherwise is a mistake (R6).
    AlinkCode verdict(AlinkEnvelope alink, AlinkEnvelope.Params wanted) {
        boolean contradicts = !alink.method().isEmpty() && !alink.method().equals(method);
        return alink.code() == AlinkCode.SUCCESS && (contradicts || alink.params() != wanted)
                ? AlinkCode.PARAMETER_ERROR
                : alink.code();
    }

    /// Null when the device wants none.
    Outgoing.@Nullable Publish answer(AlinkEnvelope alink, AlinkCode code) {
        return answer(alink, code, "{}");
    }

    Outgoing.@Nullable Publish answer(AlinkEnvelope alink, AlinkCode code, CharSequence data) {
        return alink.wantsReply() ? wire.reply(replyName, alink.reply(code, method, data)) : null;
    }

    Reading dropped(AlinkEnvelope alink, AlinkCode code) {
        return new Reading.Dropped(code.message(), answer(alink, code));
    }

    /// `/sys/PRODUCT/DEVICE/thing/event/property/post` -> `thing.event.property.post`
    private static String methodOf(String topic) {
        int levels = topic.startsWith("/ext/session/") ? 5 : 4;
        int slash = 0;
        for (int i = 1; i < levels; i++) {
            slash = topic.indexOf('/', slash + 1);
        }
        return topic.substring(slash + 1).replace('/', '.');
    }
}
