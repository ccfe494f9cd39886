package io.berth.core.batch;

import io.berth.core.Value;
import io.berth.core.message.Event;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/// Tells applications when a batch begins and when it is over. Never blocks.
@FunctionalInterface
public interface BatchNews {
    void tell(Batch batch);

    /// What groups, rules and tails call these events.
    String WHAT = "batch";

    static BatchNews by(Events events) {
        return batch -> events.tell(
                Objects.requireNonNullElse(batch.scope().product(), ""),
                new Fact.Told(Event.Kind.COMMAND, WHAT, content(batch)));
    }

    /// The resource space of the batch an event is about: empty when it is about no batch. A batch need not
    /// have a product that would say it.
    static Optional<String> space(Event event) {
        return event.fact() instanceof Fact.Told(Event.Kind _, String what, Value.Fields content)
                        && what.equals(WHAT)
                        && content.get("space") instanceof Value.Text(String space)
                ? Optional.of(space)
                : Optional.empty();
    }

    private static Value.Fields content(Batch batch) {
        SequencedMap<String, Value> content = new LinkedHashMap<>();
        content.put("id", new Value.Text(batch.id().hex()));
        content.put("kind", word(batch.kind()));
        content.put("sync", batch.document().get("sync"));
        content.put(
                "space", new Value.Text(Objects.requireNonNullElse(batch.scope().space(), "")));
        content.put("state", word(batch.state()));
        content.put("note", new Value.Text(batch.note()));
        content.put("total", new Value.Whole(batch.progress().total()));
        content.put("done", new Value.Whole(batch.progress().done()));
        content.put("failed", new Value.Whole(batch.progress().failed()));
        content.values().removeIf(Value.Nothing.class::isInstance);
        return new Value.Fields(content);
    }

    private static Value word(Enum<?> word) {
        return new Value.Text(word.name().toLowerCase(Locale.ROOT));
    }
}
