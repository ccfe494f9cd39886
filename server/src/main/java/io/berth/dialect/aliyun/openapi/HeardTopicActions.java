package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceId;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.json.Members;
import java.util.List;

/// What a device hears at the moment (spec aliyun-openapi 3.2).
final class HeardTopicActions implements Action.Group {
    private final Sessions sessions;

    HeardTopicActions(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public List<Action<?>> actions() {
        return List.of(new Action.About(Area.DEVICES, Family.TOPICS)
                .reads("QueryDeviceSubTopic", OneDevice.class, this::list));
    }

    record OneDevice(String productKey, String deviceName) {}

    /// Nobody notes when a topic was asked for: `Timestamp` is when the device came.
    private Value.Fields list(Call<OneDevice> call) {
        DeviceId device = DeviceName.in(
                        call.reach(), call.input().productKey(), call.input().deviceName())
                .id();
        Session session = sessions.find(device);
        long since = session == null ? 0 : session.since().toEpochMilli();
        List<Value> topics = sessions.filters(device).stream()
                .<Value>map(filter -> new Members()
                        .with("Timestamp", since)
                        .with("TopicName", filter.text())
                        .end())
                .toList();
        return Value.Fields.of("TopicList", new Value.Items(topics));
    }
}
