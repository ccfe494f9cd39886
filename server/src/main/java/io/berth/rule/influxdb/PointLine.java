package io.berth.rule.influxdb;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.json.ValueJson;
import io.berth.rule.DestinationConfig;
import io.berth.rule.Outgoing;
import io.berth.rule.Template;
import io.berth.rule.UnfitException;
import java.util.Map;
import java.util.TreeMap;

/// A message as one line of line protocol: `measurement,tag=v field=1.0,other="text" 1700000000000`.
///
/// The protocol has no escape for a line break anywhere, nor for a backslash at the end of a name or of a tag's
/// value, where it would take away the meaning of the separator behind it: such a message is unfit.
final class PointLine {
    private final Template measurement;
    private final TreeMap<String, Template> tags = new TreeMap<>(); // InfluxDB asks for tags in order
    private final TreeMap<String, String> fields;
    private final String time;

    /// INVALID_ARGUMENT when the names of tags and fields can not be written.
    PointLine(DestinationConfig.InfluxDb config) {
        require(!config.fields().isEmpty(), "\"fields\" names at least one field");
        this.measurement = Template.of(config.measurement());
        config.tags().forEach((name, template) -> tags.put(key(name), Template.of(template)));
        this.fields = new TreeMap<>();
        config.fields().forEach((name, path) -> fields.put(key(name), path));
        this.time = config.time() == null ? "event.time" : config.time();
    }

    /// An [UnfitException] when the message can not be one.
    String write(Outgoing message) {
        StringBuilder line = new StringBuilder();
        line.append(measurement(message));
        tags.forEach((key, template) -> {
            String value = template.fill(message);
            if (!value.isEmpty()) { // the protocol has no empty tag
                line.append(',').append(key).append('=').append(escaped(value, ",= "));
            }
        });
        char before = ' ';
        for (Map.Entry<String, String> field : fields.entrySet()) {
            Value value = Template.find(message, field.getValue());
            if (value != Value.Nothing.NOTHING) {
                line.append(before).append(field.getKey()).append('=').append(field(value));
                before = ',';
            }
        }
        if (before == ' ') {
            throw new UnfitException("the message has none of the fields " + String.join(", ", fields.values()));
        }
        return line.append(' ').append(millis(message)).toString();
    }

    private String measurement(Outgoing message) {
        String name = measurement.fill(message);
        if (name.isEmpty() || name.startsWith("#")) { // the beginning of a comment
            throw new UnfitException("\"" + name + "\" is no measurement");
        }
        return escaped(name, ", ");
    }

    private static String key(String name) {
        try {
            require(!name.isEmpty(), "a tag or field has no name");
            return escaped(name, ",= ");
        } catch (UnfitException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, String.valueOf(e.getMessage()), e);
        }
    }

    /// Numbers are written as floats, all of them: the first value decides a field's type for ever, and JSON
    /// does not say whether the `21` of a thermometer is a whole number.
    private static String field(Value value) {
        return switch (value) {
            case Value.Whole(long number) -> number + ".0";
            case Value.Decimal(double number) -> ValueJson.number(number);
            case Value.Flag(boolean on) -> String.valueOf(on);
            case Value.Moment moment -> moment.time().toEpochMilli() + ".0";
            case Value.Text(String text) -> quoted(text);
            case Value.Items _, Value.Fields _, Value.Nothing _ -> quoted(ValueJson.write(value));
        };
    }

    private long millis(Outgoing message) {
        return switch (Template.find(message, time)) {
            case Value.Whole(long number) -> number;
            case Value.Moment moment -> moment.time().toEpochMilli();
            default -> throw new UnfitException("the message has no milliseconds in \"" + time + "\"");
        };
    }

    private static String quoted(String text) {
        return '"' + oneLine(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String escaped(String text, String separators) {
        if (text.endsWith("\\")) {
            throw new UnfitException("\"" + text + "\" ends with a backslash, which line protocol cannot say");
        }
        StringBuilder escaped = new StringBuilder(text.length());
        for (char c : oneLine(text).toCharArray()) {
            if (separators.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    private static String oneLine(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new UnfitException("a text has more than one line, which line protocol cannot say");
        }
        return text;
    }
}
