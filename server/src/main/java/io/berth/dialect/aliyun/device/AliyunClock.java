package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.dialect.JsonText;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The device's clock request (spec aliyun-device 5.6).
final class AliyunClock {
    private AliyunClock() {}

    /// As the device wrote it, string or number; null when it did not.
    static @Nullable String deviceSendTime(Payload payload) {
        return AlinkJson.scalar(payload, "deviceSendTime");
    }

    /// Milliseconds as strings. Asking and answering fall in one moment: there is nothing between them.
    static Payload answer(String deviceSendTime, InstantSource clock) {
        String now = Long.toString(clock.millis());
        return JsonText.object()
                .text("deviceSendTime", deviceSendTime)
                .text("serverRecvTime", now)
                .text("serverSendTime", now)
                .payload();
    }
}
