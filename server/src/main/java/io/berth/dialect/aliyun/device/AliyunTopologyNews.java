package io.berth.dialect.aliyun.device;

import io.berth.core.device.DeviceSnapshot;
import io.berth.core.message.Downlink;
import io.berth.dialect.JsonText;

/// What a gateway is told of the devices behind it, as the vendor writes it (spec aliyun-device 5.7).
final class AliyunTopologyNews {
    private AliyunTopologyNews() {}

    static String changed(Downlink.TopologyChanged changed) {
        return JsonText.object()
                .number("status", status(changed.change()))
                .json(
                        "subList",
                        AliyunItem.json(changed.children().stream()
                                .map(DeviceSnapshot::id)
                                .toList()))
                .end();
    }

    /// One table of the vendor has 2 and 8 the other way round.
    private static int status(Downlink.TopologyChanged.Change change) {
        return switch (change) {
            case ADDED -> 0;
            case REMOVED -> 1;
            case ENABLED -> 2;
            case DISABLED -> 8;
        };
    }

    static String permitted(Downlink.JoinPermitted permitted) {
        return JsonText.object()
                .text("productKey", permitted.product())
                .number("time", permitted.seconds())
                .end();
    }
}
