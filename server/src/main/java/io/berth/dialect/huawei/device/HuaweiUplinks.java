package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.message.Answer;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.state.Facts;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.dialect.TopicTable.Match;
import io.berth.json.ValueJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what devices publish: one method per kind of row in [HuaweiTopics]. The vendor's wire has no
/// replies to reports, so what cannot be read is dropped and counted, and the connection stays.
final class HuaweiUplinks {
    private HuaweiUplinks() {}

    /// A row of the table, opened for one device and topic.
    @FunctionalInterface
    interface Row {
        Route open(HuaweiWire wire, String topic, Match<Row> match);
    }

    @FunctionalInterface
    private interface Kind {
        Uplink of(String topic, Qos qos, Payload payload);
    }

    static Route message(HuaweiWire wire, String topic, Match<Row> match) {
        return (Route.Reader) (payload, qos) -> accepted(Uplink.Message::new, topic, qos, payload);
    }

    /// Any bytes; an object may name the device that speaks (spec huawei-iotda 3.1).
    static Route systemMessage(HuaweiWire wire, String topic, Match<Row> match) {
        return (Route.Reader) (payload, qos) -> wire.gateway()
                .read(
                        HuaweiJson.text(payload, "object_device_id"),
                        _ -> accepted(Uplink.Message::new, topic, qos, payload));
    }

    static Route properties(HuaweiWire wire, String topic, Match<Row> match) {
        return (Route.Reader) (payload, qos) -> {
            Arrived arrived = wire.arrived(topic, qos, payload);
            return HuaweiReport.own(payload, arrived.time())
                    .map(report -> report(wire, arrived, report, match.variable("id")))
                    .orElseGet(() -> new Reading.Dropped("report without services", null));
        };
    }

    private static Reading report(HuaweiWire wire, Arrived arrived, HuaweiReport report, String requestId) {
        LeftOut leftOut = new LeftOut();
        Facts admitted = report.admit(wire.device(), arrived.time(), leftOut);
        Facts facts = requestId.isEmpty() ? admitted : admitted.with(requestId, admitted.unfit());
        return new Reading.Accepted(
                new Uplink.PropertyReport(arrived.topic(), arrived.qos(), arrived.payload(), facts),
                null,
                leftOut.reasons());
    }

    static Route gatewayProperties(HuaweiWire wire, String topic, Match<Row> match) {
        return (Route.Reader) (payload, qos) -> {
            Arrived arrived = wire.arrived(topic, qos, payload);
            List<HuaweiReport> reports = HuaweiReport.gateway(payload, arrived.time());
            if (reports.isEmpty() || reports.size() > HuaweiReport.MAX_DEVICES) {
                return new Reading.Dropped(
                        reports.isEmpty() ? "report without devices" : "report of too many devices", null);
            }
            HuaweiGateway gateway = wire.gateway();
            boolean allHere = reports.stream().allMatch(report -> gateway.here(report.deviceId()) != null);
            return allHere ? pack(gateway, arrived, reports) : new Reading.Later(() -> pack(gateway, arrived, reports));
        };
    }

    /// What is said of devices that do not stand behind this one is left out.
    private static Reading pack(HuaweiGateway gateway, Arrived arrived, List<HuaweiReport> reports) {
        LeftOut leftOut = new LeftOut();
        List<Facts> parts = new ArrayList<>();
        for (HuaweiReport report : reports) {
            Optional.of(report.deviceId())
                    .filter(id -> !id.isEmpty())
                    .flatMap(gateway::find)
                    .ifPresentOrElse(
                            device -> parts.add(report.admit(device, arrived.time(), leftOut)),
                            () -> leftOut.add(HuaweiGateway.FOREIGN.reason()));
        }
        return parts.isEmpty()
                ? HuaweiGateway.FOREIGN
                : new Reading.Accepted(
                        new Uplink.Pack(arrived.topic(), arrived.qos(), arrived.payload(), parts),
                        null,
                        leftOut.reasons());
    }

    static Route events(HuaweiWire wire, String topic, Match<Row> match) {
        return (Route.Reader) (payload, qos) -> HuaweiEvents.read(payload)
                .map(events -> events(wire, wire.arrived(topic, qos, payload), events))
                .orElseGet(() -> new Reading.Dropped("events are not readable", null));
    }

    private static Reading events(HuaweiWire wire, Arrived arrived, HuaweiEvents events) {
        HuaweiGateway gateway = wire.gateway();
        Value.Fields first = events.services().getFirst();
        if (HuaweiEvents.isConfigAnswer(first)) {
            String named = HuaweiJson.word(first, "event_id");
            Answer answer = HuaweiAnswers.config(HuaweiJson.object(first, "paras"));
            return reply(named.isEmpty() ? wire.configId() : named, arrived, answer);
        }
        return gateway.read(events.deviceId(), device -> {
            HuaweiEventReading reading = new HuaweiEventReading(gateway, device, arrived);
            return events.needLookUp()
                    ? new Reading.Later(() -> reading.read(events.services()))
                    : reading.read(events.services());
        });
    }

    /// An answer whose topic names the request. One of a device behind this one comes the same way and does
    /// not say whose it is: the request's id does.
    static Row reply(Function<Payload, @Nullable Answer> form) {
        return (wire, topic, match) -> {
            String id = match.variable("id");
            return (Route.Reader) (payload, qos) -> reply(id, wire.arrived(topic, qos, payload), form.apply(payload));
        };
    }

    private static Reading reply(String id, Arrived arrived, @Nullable Answer answer) {
        return new Reading.Accepted(
                new Uplink.Reply(id, arrived.topic(), arrived.qos(), arrived.payload(), answer), null);
    }

    static Route shadow(HuaweiWire wire, String topic, Match<Row> match) {
        String path = "shadow/get/response/request_id=" + match.variable("id");
        return (Route.Reader) (payload, qos) -> ValueJson.readFields(payload)
                .map(request -> shadow(wire.gateway(), path, request))
                .orElseGet(() -> new Reading.Dropped("shadow request is not readable", null));
    }

    private static Reading shadow(HuaweiGateway gateway, String path, Value.Fields request) {
        String serviceId = HuaweiJson.text(request, "service_id");
        return new Reading.Later(() -> gateway.known(HuaweiJson.text(request, "object_device_id"))
                .map(device -> new HuaweiShadow(gateway.services().things().state(device.id()))
                        .answer(device.device().alias(), serviceId))
                .<Reading>map(shadow -> new Reading.Answered(gateway.system(path, shadow)))
                .orElse(HuaweiGateway.FOREIGN));
    }

    /// Reports and answers of firmware from before the present topics (spec huawei-iotda 3.6); what is
    /// neither is a message.
    static Route legacy(HuaweiWire wire, String topic, Match<Row> match) {
        return (Route.Reader) (payload, qos) -> {
            Arrived arrived = wire.arrived(topic, qos, payload);
            Value.Fields data = ValueJson.readFields(payload).orElse(Value.Fields.NONE);
            return switch (HuaweiJson.text(data, "msgType")) {
                case "deviceReq" -> report(wire, arrived, HuaweiReport.legacy(data, arrived.time()), "");
                case "deviceRsp" -> reply(HuaweiJson.word(data, "mid"), arrived, HuaweiAnswers.legacy(data));
                default -> accepted(Uplink.Message::new, topic, qos, payload);
            };
        };
    }

    static Route info(HuaweiWire wire, String topic, Match<Row> match) {
        return (Route.Reader) (payload, qos) -> accepted(Uplink.Info::new, topic, qos, payload);
    }

    static Route custom(HuaweiWire wire, String topic, Match<Row> match) {
        String path = "user/" + match.variable("path");
        return wire.product().allowsPublish(path)
                ? message(wire, topic, match)
                : new Route.Refused("the product declares no topic that lets devices publish this");
    }

    /// A topic that begins with anything but `$` belongs to nobody and carries a message.
    static Route unchecked(HuaweiWire wire, String topic, Match<Row> match) {
        return topic.charAt(0) == '$' ? unknown(wire, topic, match) : message(wire, topic, match);
    }

    static Route unknown(HuaweiWire wire, String topic, Match<Row> match) {
        return new Route.Refused("not a topic devices publish on");
    }

    /// A packed payload goes on unpacked, on the topic without `?encoding=gzip`.
    static Row gzip(Row row) {
        return (wire, topic, match) -> {
            Route route = row.open(wire, topic.substring(0, topic.indexOf('?')), match);
            return route instanceof Route.Reader reader
                    ? (Route.Reader) (payload, qos) -> HuaweiGzip.unpack(payload)
                            .map(plain -> reader.read(plain, qos))
                            .orElseGet(() -> new Reading.Dropped("payload is not whole gzip", null))
                    : route;
        };
    }

    /// A report whose topic has the device's own id for it goes on without.
    static Row named(Row row) {
        return (wire, topic, match) -> row.open(wire, topic.substring(0, topic.indexOf('?')), match);
    }

    private static Reading accepted(Kind kind, String topic, Qos qos, Payload payload) {
        return new Reading.Accepted(kind.of(topic, qos, payload), null);
    }
}
