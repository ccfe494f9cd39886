package io.berth.dialect;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.berth.core.Payload;
import io.berth.core.message.Qos;
import io.berth.core.topic.Topic;
import io.berth.dialect.aliyun.device.AliyunMqtt;
import io.berth.dialect.huawei.device.HuaweiMqtt;
import java.util.List;
import org.junit.jupiter.api.Tag;

/// Fuzz targets: login forms, and topics with the payloads published on them. As ordinary tests they run
/// their seeds; `JAZZER_FUZZ=1` searches for `maxDuration` (one target per run).
@Tag("slow")
final class DialectFuzzTest {
    private static final String HUAWEI_PASSWORD = "2b7be4e17e09a059116b2dcefc9c0857559ed473d684d902e43afd92dbdf8b64";
    private static final List<MqttDialect> DIALECTS =
            List.of(new AliyunMqtt(Attempt.SERVICES, true), new HuaweiMqtt(Attempt.SERVICES));
    private static final KnownDevices DEVICES =
            new KnownDevices().with("pk", "device", "pk_device", "secret").with("p", "d1", "dev_001", "12345678");
    private static final List<MqttWire> WIRES = List.of(
            Attempt.of("12345|_ss=1,ext=1|", "device&pk", "2CE7304EC0DDD548EB1492D65AC0B334")
                    .wire(DIALECTS, DEVICES),
            Attempt.of("dev_001_0_0_2024010203", "dev_001", HUAWEI_PASSWORD).wire(DIALECTS, DEVICES));

    @FuzzTest(maxDuration = "30s")
    void a_login_never_breaks(FuzzedDataProvider data) {
        String clientId = data.consumeString(200);
        String username = data.consumeString(100);
        boolean secure = data.consumeBoolean();
        int keepAlive = data.consumeInt(0, 65_535);
        new Attempt(clientId, username, data.consumeRemainingAsString(), keepAlive, secure).at(DIALECTS, DEVICES);
    }

    @FuzzTest(maxDuration = "30s")
    void a_payload_never_breaks(FuzzedDataProvider data) {
        String[] topics = {
            "/sys/pk/device/thing/event/property/post",
            "/sys/pk/device/thing/service/x_reply",
            "/ext/ntp/pk/device/request",
            "$oc/devices/dev_001/sys/properties/report",
            "$oc/devices/dev_001/sys/properties/report?encoding=gzip",
            "$oc/devices/dev_001/sys/gateway/sub_devices/properties/report",
            "$oc/devices/dev_001/sys/events/up",
            "$oc/devices/dev_001/sys/messages/up",
            "$oc/devices/dev_001/sys/shadow/get/request_id=1",
            "$oc/devices/dev_001/sys/commands/response/request_id=1",
            "$oc/devices/dev_001/sys/properties/get/response/request_id=1",
            "/huawei/v1/devices/dev_001/data/json",
        };
        publish(data.pickValue(topics), data.consumeRemainingAsBytes());
    }

    @FuzzTest(maxDuration = "30s")
    void a_topic_never_breaks(FuzzedDataProvider data) {
        publish(data.consumeString(200), data.consumeRemainingAsBytes());
    }

    private static void settle(Reading reading) {
        switch (reading) {
            case Reading.Later later -> settle(later.work().read());
            case Reading.Through through -> settle(through.reading());
            case Reading.Accepted _, Reading.Answered _, Reading.Dropped _ -> {}
        }
    }

    private static void publish(String topic, byte[] payload) {
        if (!Topic.isValid(topic)) {
            return;
        }
        for (MqttWire wire : WIRES) {
            switch (wire.route(topic)) {
                case Route.Refused _ -> {}
                case Route.Reader reader -> settle(reader.read(Payload.of(payload), Qos.AT_LEAST_ONCE));
                case Route.Through through -> settle(through.reader().read(Payload.of(payload), Qos.AT_LEAST_ONCE));
            }
        }
    }
}
