package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.dialect.JsonText;
import io.berth.json.ValueJson;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The device's clock request (spec aliyun-device 5.6).
final class AliyunClock {
    private AliyunClock() {}

    /// As the device wrote it, string or number; null when it did not.
    static @Nullable String deviceSendTime(Payload payload) {
        String found = null;
        try (JsonParser json = ValueJson.open(payload)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                JsonToken value = json.nextToken();
                if (name.equals("deviceSendTime") && (value == JsonToken.VALUE_STRING || value.isNumeric())) {
                    found = json.getString();
                }
                json.skipChildren();
            }
            return found;
        } catch (JacksonException e) {
            return null;
        }
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
