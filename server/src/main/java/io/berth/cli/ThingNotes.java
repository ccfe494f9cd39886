package io.berth.cli;

import java.util.List;

/// What an import or export could not carry over: people read it beside the result, JSON has it within.
final class ThingNotes {
    private ThingNotes() {}

    static void print(Root root, JsonObject answer) {
        if (!root.output().isJson() && answer.fields().get("notes") instanceof List<?> notes) {
            notes.forEach(note -> root.shell().err().println("note: " + Printable.of(String.valueOf(note))));
            root.shell().err().flush();
        }
    }
}
