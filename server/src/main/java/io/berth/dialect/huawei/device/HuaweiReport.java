package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.state.Facts;
import io.berth.core.thing.Check;
import io.berth.core.thing.Module;
import io.berth.core.thing.Sample;
import io.berth.json.ValueJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one device reports of its properties (spec huawei-iotda 3.2), as it came.
///
/// @param deviceId the device meant, empty for the one that is connected
record HuaweiReport(String deviceId, List<Sample> samples) {
    /// How many devices a gateway may report of at once (spec huawei-iotda 3.1).
    static final int MAX_DEVICES = 50;

    HuaweiReport {
        samples = List.copyOf(samples);
    }

    /// Empty unless the payload is an object with a list of services.
    static Optional<HuaweiReport> own(Payload payload, Instant arrival) {
        return ValueJson.readFields(payload)
                .filter(report -> report.get("services") instanceof Value.Items)
                .map(report -> new HuaweiReport("", samples(report, arrival)));
    }

    /// A gateway's report of devices behind it; empty unless the payload is an object with devices.
    static List<HuaweiReport> gateway(Payload payload, Instant arrival) {
        Value.Fields report = ValueJson.readFields(payload).orElse(Value.Fields.NONE);
        return HuaweiJson.objects(report, "devices").stream()
                .map(device -> new HuaweiReport(HuaweiJson.text(device, "device_id"), samples(device, arrival)))
                .toList();
    }

    /// The report of firmware from before the present topics (spec huawei-iotda 3.6).
    static HuaweiReport legacy(Value.Fields request, Instant arrival) {
        List<Sample> samples = new ArrayList<>();
        for (Value.Fields service : HuaweiJson.objects(request, "data")) {
            addTo(
                    samples,
                    HuaweiJson.text(service, "serviceId"),
                    HuaweiJson.object(service, "serviceData"),
                    HuaweiTime.read(service.get("eventTime"), arrival));
        }
        return new HuaweiReport("", samples);
    }

    /// What of it fits the device's model. A product without a model keeps nothing, and that is no fault of the
    /// device: its values are passed on as they came.
    Facts admit(DeviceSnapshot device, Instant now, LeftOut leftOut) {
        if (device.product().model().isEmpty()) {
            return Facts.none(device.id()).with("", Facts.Unfit.unknown(samples));
        }
        Check check = Check.tolerant();
        List<Sample> admitted = device.product().model().admitReport(samples, now, check);
        leftOut.add(check);
        return Facts.ofSamples(device.id(), admitted).with("", Facts.Unfit.of(samples, admitted, check));
    }

    /// What a `services` list has, without a look at any model.
    static List<Sample> samples(Value.Fields holder, Instant arrival) {
        List<Sample> samples = new ArrayList<>();
        for (Value.Fields service : HuaweiJson.objects(holder, "services")) {
            addTo(
                    samples,
                    HuaweiJson.text(service, "service_id"),
                    HuaweiJson.object(service, "properties"),
                    HuaweiTime.read(service.get("event_time"), arrival));
        }
        return samples;
    }

    private static void addTo(List<Sample> samples, String serviceId, Value.Fields properties, Instant time) {
        String module = HuaweiServiceId.module(serviceId);
        properties.fields().forEach((name, value) -> samples.add(new Sample(Module.key(module, name), value, time)));
    }
}
