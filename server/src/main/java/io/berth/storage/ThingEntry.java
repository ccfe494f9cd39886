package io.berth.storage;

import io.berth.core.state.Facts;
import io.berth.core.state.ThingState;
import io.berth.core.state.ThingState.Versioned;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// One thing's part of the journal. Entries of a thing, applied in order to what was known before, are what is
/// known now.
sealed interface ThingEntry {
    /// What the thing reported, and when that came.
    record Report(Instant arrival, List<Sample> samples, List<Occurrence> occurrences, boolean current)
            implements ThingEntry {
        static Report of(Facts facts, Instant arrival) {
            return new Report(arrival, facts.samples(), facts.occurrences(), facts.current());
        }
    }

    /// All that is wanted of the thing from here on.
    record Wishes(SequencedMap<String, Versioned> desired, Map<String, Long> versions) implements ThingEntry {
        static Wishes of(ThingState state) {
            return new Wishes(state.desired(), state.versions());
        }
    }

    /// Nothing before counts any more, neither entries nor rows.
    record Forgotten() implements ThingEntry {}
}
