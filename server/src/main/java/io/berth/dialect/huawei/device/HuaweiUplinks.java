package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.state.Facts;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.dialect.TopicTable.Match;

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

    static Route properties(HuaweiWire wire, String topic, Match<Row> match) {
        return report(wire, topic, "services");
    }

    static Route gatewayProperties(HuaweiWire wire, String topic, Match<Row> match) {
        return report(wire, topic, "devices");
    }

    static Route events(HuaweiWire wire, String topic, Match<Row> match) {
        return (Route.Reader) (payload, qos) -> HuaweiEvents.read(payload)
                .map(events -> events.reading(wire, topic, qos, payload))
                .orElseGet(() -> new Reading.Dropped("events are not readable", null));
    }

    static Route reply(HuaweiWire wire, String topic, Match<Row> match) {
        String id = match.variable("id");
        return (Route.Reader)
                (payload, qos) -> new Reading.Accepted(new Uplink.Reply(id, topic, qos, payload, null), null);
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

    /// The vendor has no error answer here.
    static Route notYet(HuaweiWire wire, String topic, Match<Row> match) {
        return (Route.Reader) (payload, qos) -> new Reading.Dropped("not supported yet", null);
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

    private static Route report(HuaweiWire wire, String topic, String member) {
        return (Route.Reader) (payload, qos) -> HuaweiJson.hasList(payload, member)
                ? accepted((t, q, p) -> new Uplink.PropertyReport(t, q, p, Facts.none(wire.id())), topic, qos, payload)
                : new Reading.Dropped("report without " + member, null);
    }

    private static Reading accepted(Kind kind, String topic, Qos qos, Payload payload) {
        return new Reading.Accepted(kind.of(topic, qos, payload), null);
    }
}
