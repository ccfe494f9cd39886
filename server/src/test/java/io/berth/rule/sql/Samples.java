package io.berth.rule.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.json.ValueJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/// Messages to try statements on, and results as JSON.
final class Samples {
    static final String DOCUMENT = """
            {"temperature":25.1,"humidity":65,"location":"hall","isTest":true,"off":false,"flag":1,"empty":[],"none":null,
            "name":"alibaba","a":[{"v":0},{"v":1},{"v":2}],"nested":{"c":{"d":"e"}},"digits":"23.5","zero":0,"below":-7,
            "big":9007199254740993,"quote":"it's","deep":[[1,2],[3]],"msg-type":"x"}""";

    static final String PROPERTIES = """
            {"deviceType":"CustomCategory","productKey":"a1pk","deviceName":"dev-1","gmtCreate":1564569974224,"items":{
            "Temperature":{"value":39.5,"time":1564569974229},"Power":{"value":"On","time":1564569974229},
            "Position":{"value":{"latitude":39.9,"longitude":116.38},"time":1564569974229}}}""";

    static final String NOTIFICATION = """
            {"resource":"device.property","event":"report","event_time":"20151212T121212Z","notify_data":{
            "header":{"app_id":"App1","device_id":"dev-1","node_id":"node-1","product_id":"pid-1",
            "tags":[{"tag_key":"site","tag_value":"hall 3"},{"tag_key":"room","tag_value":"B2"}]},
            "body":{"services":[
            {"service_id":"Battery","properties":{"batteryLevel":80,"state":"ok"},"event_time":"20151212T121212Z"},
            {"service_id":"BatteryBackup","properties":{"batteryLevel":20}},
            {"service_id":"Lamp","properties":{"on":true,"empty":[]}}]}}}""";

    static final String MESSAGE = """
            {"resource":"device.message","event":"report","event_time":"20151212T121212Z","notify_data":{
            "header":{"device_id":"d4922d8a","product_id":"ABC123456789","app_id":"d4922d8a",
            "tags":[{"tag_value":"testTagValue","tag_key":"testTagName"}]},
            "body":{"topic":"topic","content":{"temperature":40,"humidity":24}}}}""";

    private Samples() {}

    static SqlMessage json(String document) {
        Payload payload = Payload.of(document);
        return message(ValueJson.read(payload).orElseThrow(), payload);
    }

    static SqlMessage bytes(int... bytes) {
        byte[] payload = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            payload[i] = (byte) bytes[i];
        }
        return message(Value.Nothing.NOTHING, Payload.of(payload));
    }

    static SqlMessage message(Value document, Payload payload) {
        return new SqlMessage(
                document,
                payload,
                "/a1pk/dev-1/user/update",
                new DeviceId("a1pk", "dev-1"),
                "1195650000000000001",
                Instant.ofEpochMilli(1_543_373_798_943L),
                () -> Map.of("room", "B2"),
                Map.of("codec", "cbor"));
    }

    static SqlResult topic(String statement, SqlMessage message) {
        return new TopicSql(ZoneOffset.ofHours(8)).compile(statement).apply(message);
    }

    static SqlResult notification(String select, String where, String document) {
        return new NotificationSql().compile(select, where).apply(json(document));
    }

    /// The fields of a match as JSON, else the word for what happened.
    static String shown(SqlResult result) {
        return switch (result) {
            case SqlResult.Matched(Value.Fields fields) -> ValueJson.write(fields);
            case SqlResult.Unchanged _ -> "unchanged";
            case SqlResult.NoMatch _ -> "no match";
            case SqlResult.Fault(String detail) -> "fault: " + detail;
        };
    }

    /// The one field of a match as JSON; empty when it had no value.
    static String only(SqlResult result) {
        if (!(result instanceof SqlResult.Matched(Value.Fields fields))) {
            return shown(result);
        }
        assertThat(fields.fields().size()).isLessThanOrEqualTo(1);
        return fields.isEmpty()
                ? "nothing"
                : ValueJson.write(fields.fields().firstEntry().getValue());
    }
}
