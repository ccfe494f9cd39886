package io.berth.core.alarm;

import io.berth.core.Value;
import io.berth.core.message.Event;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/// Tells applications when an alarm about a device changes, as an event of that device. Never blocks.
@FunctionalInterface
public interface AlarmNews {
    void tell(Alarm alarm, AlarmStep.Change change);

    /// What groups, rules and tails call these events: they travel as events of the device.
    String WHAT = "alarm";

    static AlarmNews by(Events events) {
        return (alarm, change) -> {
            if (alarm.device() != null) {
                events.tell(alarm.device(), null, new Fact.Told(Event.Kind.EVENT, WHAT, content(alarm, change)));
            }
        };
    }

    private static Value.Fields content(Alarm alarm, AlarmStep.Change change) {
        SequencedMap<String, Value> content = new LinkedHashMap<>();
        content.put("source", new Value.Text(alarm.source()));
        content.put("change", word(change));
        content.put("severity", word(alarm.severity()));
        content.put("text", new Value.Text(alarm.text()));
        content.put("raised", new Value.Text(alarm.raised().toString()));
        content.put("times", new Value.Whole(alarm.times()));
        return new Value.Fields(content);
    }

    private static Value word(Enum<?> word) {
        return new Value.Text(word.name().toLowerCase(Locale.ROOT));
    }
}
