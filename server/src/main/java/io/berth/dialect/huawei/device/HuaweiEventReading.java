package io.berth.dialect.huawei.device;

import io.berth.core.Value;
import io.berth.core.device.DeviceLogStore.Line;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.Versions;
import io.berth.core.message.Uplink;
import io.berth.core.state.Facts;
import io.berth.core.thing.Check;
import io.berth.core.thing.EventType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.JsonText;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Takes the services of one `events/up` message one after the other (spec huawei-iotda 4): what the device
/// asks is answered in one `events/down`, what it says of itself is kept, and what its model knows as events
/// happened.
final class HuaweiEventReading {
    private final HuaweiGateway gateway;
    private final DeviceSnapshot device;
    private final Arrived arrived;
    private final List<HuaweiEvent> answers = new ArrayList<>(1);
    private final List<Occurrence> occurrences = new ArrayList<>(1);
    private final LeftOut leftOut = new LeftOut();

    /// @param device the one that speaks
    HuaweiEventReading(HuaweiGateway gateway, DeviceSnapshot device, Arrived arrived) {
        this.gateway = gateway;
        this.device = device;
        this.arrived = arrived;
    }

    Reading read(List<Value.Fields> services) {
        services.forEach(this::take);
        if (services.stream().allMatch(HuaweiEvents::isClock)) {
            return new Reading.Answered(answer());
        }
        Uplink uplink = services.stream().allMatch(HuaweiEvents::isForPlatform)
                ? new Uplink.Info(arrived.topic(), arrived.qos(), arrived.payload())
                : new Uplink.EventReport(
                        arrived.topic(),
                        arrived.qos(),
                        arrived.payload(),
                        new Facts(device.id(), List.of(), occurrences, true));
        return new Reading.Accepted(uplink, answers.isEmpty() ? null : answer(), leftOut.reasons());
    }

    private Outgoing.Publish answer() {
        return gateway.system("events/down", HuaweiEvent.payload(device.device().alias(), answers, arrived.time()));
    }

    private void take(Value.Fields service) {
        Value.Fields paras = HuaweiJson.object(service, "paras");
        if (HuaweiEvents.isClock(service)) {
            answers.add(time(HuaweiJson.word(service, "event_id"), paras));
        } else if (HuaweiEvents.isAboutChildren(service)) {
            answers.addAll(new HuaweiSubDevices(gateway).answers(service));
        } else if (HuaweiEvents.isVersions(service)) {
            keepVersions(paras);
            remindOfLog();
        } else if (HuaweiEvents.isLog(service)) {
            Line line = HuaweiLog.line(paras, arrived.time());
            gateway.services().logs().append(device.id(), List.of(line));
        } else {
            happened(service, paras);
        }
    }

    private HuaweiEvent time(String id, Value.Fields paras) {
        Value sent = paras.get("device_send_time");
        boolean isScalar = !(sent instanceof Value.Fields) && !(sent instanceof Value.Items);
        String answer = JsonText.object()
                .json("device_send_time", isScalar ? HuaweiValues.write(sent) : "null")
                .number("server_recv_time", arrived.time().toEpochMilli())
                .number("server_send_time", arrived.time().toEpochMilli())
                .end();
        return new HuaweiEvent("$time_sync", "time_sync_response", id, answer);
    }

    /// SDKs say this after every connect, with null for what they do not know: that erases nothing (spec
    /// huawei-iotda 4.4).
    private void keepVersions(Value.Fields paras) {
        Versions said = new Versions(
                HuaweiJson.text(paras, "fw_version"),
                HuaweiJson.text(paras, "sw_version"),
                HuaweiJson.text(paras, "device_sdk_version"));
        gateway.services().devices().says(device.id(), said);
    }

    /// The vendor sends the switch of the log at connect, and this is the first a device says then.
    private void remindOfLog() {
        if (gateway.services().logs().isWanted(device.id())) {
            answers.add(HuaweiLog.config("", true));
        }
    }

    /// Services and events the model does not know pass to whoever follows the device.
    private void happened(Value.Fields service, Value.Fields paras) {
        String module = HuaweiServiceId.module(HuaweiJson.text(service, "service_id"));
        String key = Module.key(module, HuaweiJson.text(service, "event_type"));
        EventType type = device.product().model().event(key);
        if (type == null) {
            return;
        }
        Instant time = HuaweiTime.read(service.get("event_time"), arrived.time());
        Check check = Check.tolerant();
        Value.Fields output = type.admit(paras, check);
        if (time.isAfter(arrived.time().plus(ThingModel.MAX_AHEAD))) {
            leftOut.add("bad time");
        } else if (output == null) {
            leftOut.add(check);
        } else {
            occurrences.add(new Occurrence(key, output, time));
        }
    }
}
