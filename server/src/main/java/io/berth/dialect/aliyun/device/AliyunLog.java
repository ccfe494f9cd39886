package io.berth.dialect.aliyun.device;

import io.berth.core.Value;
import io.berth.core.device.DeviceLogStore;
import io.berth.core.device.DeviceLogStore.Line;
import io.berth.dialect.JsonText;
import io.berth.dialect.Route;
import io.berth.dialect.TopicTable.Match;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a device logs of itself, and whether it is to (spec aliyun-device 5.6).
final class AliyunLog {
    private static final int MAX_CONTENT_BYTES = 4096;

    /// `+0800`, `+08:00` and `Z` all occur, with a fraction of a second and without.
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private AliyunLog() {}

    /// One line that cannot be taken refuses all, so that none is lost unnoticed.
    static Route post(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        return AlinkRequest.route(AlinkTopic.of(wire, topic), AlinkEnvelope.Params.LIST, request -> {
            List<Line> lines = new ArrayList<>();
            for (Value item : ((Value.Items) request.params()).items()) {
                Line line = item instanceof Value.Fields fields ? line(fields) : null;
                if (line == null) {
                    return request.refused(AlinkCode.PARAMETER_ERROR);
                }
                lines.add(line);
            }
            return request.later(() -> {
                wire.services().logs().append(wire.id(), lines);
                return request.answered("{}");
            });
        });
    }

    static Route config(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        return AlinkRequest.later(AlinkTopic.of(wire, topic), AlinkEnvelope.Params.OBJECT, request -> {
            DeviceLogStore logs = wire.services().logs();
            return request.answered(mode(logs.isWanted(wire.id())));
        });
    }

    static String mode(boolean wanted) {
        String content = JsonText.object().number("mode", wanted ? 1 : 0).end();
        return JsonText.object()
                .text("getType", "content")
                .json("content", content)
                .end();
    }

    private static @Nullable Line line(Value.Fields fields) {
        Instant time = time(fields.get("utcTime"));
        String content = text(fields.get("logContent"));
        return time == null || content.getBytes(StandardCharsets.UTF_8).length > MAX_CONTENT_BYTES
                ? null
                : new Line(
                        time,
                        text(fields.get("logLevel")),
                        text(fields.get("module")),
                        text(fields.get("code")),
                        text(fields.get("traceContext")),
                        content);
    }

    private static @Nullable Instant time(Value given) {
        try {
            return given instanceof Value.Text(String text) ? TIME.parse(text, Instant::from) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Nothing _ -> "";
            default -> AliyunValues.write(value);
        };
    }
}
