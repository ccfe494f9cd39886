package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.state.ShadowDocument;
import io.berth.dialect.JsonText;
import io.berth.json.ValueJson;
import java.time.Instant;
import java.util.Map;

/// A shadow document as devices and applications are shown it (spec aliyun-device 5.4).
public final class AliyunShadowText {
    private AliyunShadowText() {}

    /// @param method `reply` to whoever asked, `control` to a device that is told
    public static Payload write(String method, ShadowDocument shadow, Instant now) {
        JsonText state = JsonText.object().json("reported", ValueJson.write(shadow.reported()));
        JsonText metadata = JsonText.object().json("reported", times(shadow.reported(), shadow.reportedAt()));
        if (!shadow.desired().isEmpty()) {
            state.json("desired", ValueJson.write(shadow.desired()));
            metadata.json("desired", times(shadow.desired(), shadow.desiredAt()));
        }
        String payload = JsonText.object()
                .text("status", "success")
                .json("state", state.end())
                .json("metadata", metadata.end())
                .end();
        return JsonText.object()
                .text("method", method)
                .number("version", shadow.version())
                .number("timestamp", now.getEpochSecond())
                .json("payload", payload)
                .payload();
    }

    private static String times(Value.Fields attributes, Map<String, Instant> times) {
        StringBuilder out = new StringBuilder("{");
        attributes.fields().keySet().forEach(name -> {
            Instant time = times.get(name);
            if (time != null) {
                out.append(out.length() > 1 ? "," : "");
                ValueJson.quote(name, out);
                out.append(":{\"timestamp\":").append(time.getEpochSecond()).append('}');
            }
        });
        return out.append('}').toString();
    }
}
