package io.berth.dialect.aliyun.app;

import io.berth.core.message.Notification;
import io.berth.core.state.Facts;
import io.berth.core.thing.DataType;
import io.berth.core.thing.EventType;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Property;
import io.berth.core.thing.Sample;
import io.berth.core.thing.Violation;
import io.berth.dialect.JsonText;
import io.berth.dialect.aliyun.device.AlinkCode;
import io.berth.dialect.aliyun.device.AliyunValues;
import io.berth.json.ValueJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Properties and events that devices reported, now or as history (spec aliyun-openapi 4.3).
final class AliyunReportNews {
    private AliyunReportNews() {}

    /// One notification, or as many as a property has values in the message: the form has room for one.
    static List<Notification> properties(AliyunSubject subject, Facts facts) {
        List<SequencedMap<String, Sample>> rounds = rounds(facts.samples());
        String path = "thing/event/property/" + (facts.current() ? "post" : "history/post");
        List<Notification> news = new ArrayList<>(rounds.size());
        String failed = failed(subject, facts.unfit());
        for (SequencedMap<String, Sample> round : rounds) {
            news.add(subject.notification(path, head(subject, facts, failed).json("items", items(round))));
            failed = "{}";
        }
        return news;
    }

    static List<Notification> happened(AliyunSubject subject, Facts facts) {
        return facts.occurrences().stream()
                .map(occurrence -> happened(subject, facts, occurrence))
                .toList();
    }

    private static Notification happened(AliyunSubject subject, Facts facts, Occurrence occurrence) {
        EventType known = subject.model().event(occurrence.key());
        String path = "thing/event/" + occurrence.key() + (facts.current() ? "/post" : "/history/post");
        JsonText body = head(subject, facts, "{}").text("identifier", occurrence.key());
        if (known != null) {
            body.text("name", known.name()).text("type", known.level().name().toLowerCase(Locale.ROOT));
        }
        return subject.notification(
                path,
                body.json("value", AliyunValues.write(occurrence.output()))
                        .number("time", occurrence.time().toEpochMilli()));
    }

    /// A report of another vendor's device has no id: the event's serves.
    private static JsonText head(AliyunSubject subject, Facts facts, CharSequence failed) {
        String requestId =
                facts.requestId().isEmpty() ? Long.toString(subject.event().id()) : facts.requestId();
        return subject.identity(subject.report())
                .text("requestId", requestId)
                .json("checkFailedData", failed)
                .number("gmtCreate", subject.millis());
    }

    private static List<SequencedMap<String, Sample>> rounds(List<Sample> samples) {
        List<SequencedMap<String, Sample>> rounds = new ArrayList<>(1);
        rounds.add(new LinkedHashMap<>());
        for (Sample sample : samples) {
            int round = 0;
            while (rounds.get(round).putIfAbsent(sample.key(), sample) != null) {
                round++;
                if (round == rounds.size()) {
                    rounds.add(new LinkedHashMap<>());
                }
            }
        }
        return rounds;
    }

    private static CharSequence items(Map<String, Sample> samples) {
        StringBuilder out = new StringBuilder(32 + 64 * samples.size()).append('{');
        for (Sample sample : samples.values()) {
            open(sample, out);
            out.append('}');
        }
        return out.append('}');
    }

    /// What did not fit the model, each with the code a device would have been answered with.
    private static String failed(AliyunSubject subject, List<Facts.Unfit> unfit) {
        if (unfit.isEmpty()) {
            return "{}";
        }
        StringBuilder out = new StringBuilder(128).append('{');
        for (Facts.Unfit left : unfit) {
            open(left.sample(), out);
            out.append(",\"code\":").append(code(subject, left).number()).append(",\"message\":");
            ValueJson.quote(message(subject, left), out);
            out.append('}');
        }
        return out.append('}').toString();
    }

    private static void open(Sample sample, StringBuilder out) {
        if (out.length() > 1) {
            out.append(',');
        }
        ValueJson.quote(sample.key(), out);
        out.append(":{\"value\":");
        AliyunValues.write(sample.value(), out);
        out.append(",\"time\":").append(sample.time().toEpochMilli());
    }

    /// A property that the model does not have is 6304 here, whatever its device is answered (spec
    /// aliyun-openapi 4.3).
    private static AlinkCode code(AliyunSubject subject, Facts.Unfit left) {
        String key = left.sample().key();
        return left.kind() == Violation.Kind.UNKNOWN_PROPERTY
                ? AlinkCode.STRUCT_INVALID
                : AlinkCode.of(List.of(new Violation(left.kind(), type(subject, key), key, left.detail())));
    }

    private static @Nullable DataType type(AliyunSubject subject, String key) {
        Property property = subject.model().property(key);
        return property == null ? null : property.type();
    }

    private static String message(AliyunSubject subject, Facts.Unfit left) {
        String key = left.sample().key();
        return left.kind() == Violation.Kind.UNKNOWN_PROPERTY
                ? "tsl parse: params not exist -> " + key
                : code(subject, left).message() + " -> " + key;
    }
}
