package io.berth.dialect.aliyun.device;

import io.berth.core.device.Versions;
import io.berth.core.message.Uplink;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.dialect.TopicTable.Match;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The version a device runs, as it says it for upgrades (spec aliyun-device 7). Of a device of many modules
/// the default one is the firmware.
final class AliyunVersion {
    private static final Set<String> FIRMWARE = Set.of("", "default");

    private String version = "";
    private String module = "";

    private AliyunVersion() {}

    static Route inform(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        return (Route.Reader) (payload, qos) -> {
            AliyunVersion said = new AliyunVersion();
            AlinkEnvelope.read(payload, said::take);
            Reading info = new Reading.Accepted(new Uplink.Info(topic, qos, payload), null);
            return said.isOfFirmware()
                    ? new Reading.Later(() -> {
                        wire.services().devices().says(wire.id(), new Versions(said.version, "", ""));
                        return info;
                    })
                    : info;
        };
    }

    private boolean isOfFirmware() {
        return !version.isEmpty() && FIRMWARE.contains(module);
    }

    private void take(JsonParser params) {
        if (params.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        for (String name = params.nextName(); name != null; name = params.nextName()) {
            boolean isText = params.nextToken() == JsonToken.VALUE_STRING;
            if (isText && name.equals("version")) {
                version = params.getString();
            } else if (isText && name.equals("module")) {
                module = params.getString();
            }
            params.skipChildren();
        }
    }
}
