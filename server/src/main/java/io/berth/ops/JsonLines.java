package io.berth.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.Instant;
import java.util.Map;

/// For machines: one JSON object per event, with the fields of the context (`device`, `trace`) beside the message.
final class JsonLines extends LineEncoder {
    @Override
    void append(StringBuilder line, ILoggingEvent event) {
        line.append('{');
        member(line, "time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
        member(line, "level", event.getLevel().toString());
        member(line, "logger", event.getLoggerName());
        member(line, "thread", event.getThreadName());
        member(line, "message", event.getFormattedMessage());
        for (Map.Entry<String, String> field : event.getMDCPropertyMap().entrySet()) {
            member(line, field.getKey(), field.getValue());
        }
        String trace = trace(event);
        if (!trace.isEmpty()) {
            member(line, "exception", trace);
        }
        line.append('}');
    }

    private static void member(StringBuilder line, String name, String value) {
        if (line.charAt(line.length() - 1) != '{') {
            line.append(',');
        }
        quote(line, name);
        line.append(':');
        quote(line, value);
    }

    private static void quote(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> line.append('\\').append(c);
                case '\n' -> line.append("\\n");
                case '\t' -> line.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        line.append(String.format("\\u%04x", (int) c));
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        line.append('"');
    }
}
