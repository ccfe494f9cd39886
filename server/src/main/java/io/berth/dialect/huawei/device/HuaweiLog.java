package io.berth.dialect.huawei.device;

import io.berth.core.Value;
import io.berth.core.device.DeviceLogStore.Line;
import io.berth.dialect.JsonText;
import io.berth.json.ValueJson;
import java.time.Instant;

/// The log of devices (spec huawei-iotda 4.6).
final class HuaweiLog {
    static final String SERVICE = "$log";

    /// SDKs compare it with their clock, and some break without it; here a switch stays until it is turned.
    private static final String NEVER = "99991231T235959Z";

    private HuaweiLog() {}

    static HuaweiEvent config(String id, boolean wanted) {
        String paras = JsonText.object()
                .text("switch", wanted ? "on" : "off")
                .text("end_time", NEVER)
                .end();
        return new HuaweiEvent(SERVICE, "log_config", id, paras);
    }

    /// The device names what it logs about, but no level.
    static Line line(Value.Fields paras, Instant arrival) {
        Value content = paras.get("content");
        return new Line(
                HuaweiTime.read(paras.get("timestamp"), arrival),
                "",
                HuaweiJson.text(paras, "type"),
                "",
                "",
                content instanceof Value.Text(String text) ? text : ValueJson.write(content));
    }
}
