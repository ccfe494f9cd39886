package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.state.Facts;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.dialect.TopicTable.Match;
import io.berth.json.ValueJson;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.core.JsonParser;

/// Properties and events that a device reports of itself (spec aliyun-device 5.3).
final class AliyunReports {
    private AliyunReports() {}

    static Route properties(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        return report(
                AlinkTopic.of(wire, topic),
                AlinkReport::readProperties,
                AlinkReport.Admitted::code,
                Uplink.PropertyReport::new);
    }

    /// An event that the model does not have, or whose outputs do not fit, is refused however lenient reports
    /// are.
    static Route event(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        String key = match.variable("event");
        return report(
                AlinkTopic.of(wire, topic),
                (report, json) -> report.event(key, ValueJson.read(json)),
                AlinkReport.Admitted::strictCode,
                Uplink.EventReport::new);
    }

    static Route batch(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        return report(
                AlinkTopic.of(wire, topic),
                (report, json) -> ReportForms.batch(ValueJson.read(json), report),
                AlinkReport.Admitted::code,
                Uplink.PropertyReport::new);
    }

    @FunctionalInterface
    private interface Kind {
        Uplink of(String topic, Qos qos, Payload payload, Facts facts);
    }

    private static Route report(
            AlinkTopic asked,
            BiConsumer<AlinkReport, JsonParser> content,
            Function<AlinkReport.Admitted, AlinkCode> verdict,
            Kind kind) {
        AliyunWire wire = asked.wire();
        return (Route.Reader) (payload, qos) -> {
            AlinkReport report = wire.report();
            AlinkEnvelope alink = AlinkEnvelope.read(payload, json -> content.accept(report, json));
            AlinkCode form = asked.verdict(alink, AlinkEnvelope.Params.OBJECT);
            if (form != AlinkCode.SUCCESS) {
                return asked.dropped(alink, form);
            }
            AlinkReport.Admitted admitted = report.admit();
            AlinkCode code = verdict.apply(admitted);
            return code == AlinkCode.SUCCESS
                    ? new Reading.Accepted(
                            kind.of(asked.name(), qos, payload, admitted.facts(wire.id(), alink.id(), true)),
                            asked.answer(alink, code),
                            admitted.leftOut())
                    : asked.dropped(alink, code);
        };
    }
}
