package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.dialect.JsonText;
import java.time.InstantSource;

/// The shadow's own answers, which are not Alink (spec aliyun-device 5.4): seconds, and `payload` last for
/// SDKs that take the first member of a name at any depth (R2).
final class AliyunShadow {
    private AliyunShadow() {}

    static Payload notSupported(InstantSource clock) {
        String content = JsonText.object()
                .text("errorcode", "500")
                .text("errormessage", "the shadow is not supported yet")
                .end();
        return JsonText.object()
                .text("method", "reply")
                .number("timestamp", clock.instant().getEpochSecond())
                .json(
                        "payload",
                        JsonText.object()
                                .text("status", "error")
                                .json("content", content)
                                .end())
                .payload();
    }
}
