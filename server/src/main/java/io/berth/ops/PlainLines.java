package io.berth.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/// For people: `12:30:01.250 INFO  NativeApi admin: POST /api/v1/products: done [trace=…]`. Control characters of a
/// message are shown as `?`, so that nobody writes a second line into the log from outside.
final class PlainLines extends LineEncoder {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    @Override
    void append(StringBuilder line, ILoggingEvent event) {
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        String level = event.getLevel().toString();
        line.append(' ').append(level).append(" ".repeat(Math.max(1, 6 - level.length())));
        String logger = event.getLoggerName();
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(' ');
        String message = event.getFormattedMessage();
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            line.append(Character.isISOControl(c) ? '?' : c);
        }
        for (Map.Entry<String, String> field : event.getMDCPropertyMap().entrySet()) {
            line.append(" [")
                    .append(field.getKey())
                    .append('=')
                    .append(field.getValue())
                    .append(']');
        }
        String trace = trace(event);
        if (!trace.isEmpty()) {
            line.append('\n').append(trace.stripTrailing());
        }
    }
}
