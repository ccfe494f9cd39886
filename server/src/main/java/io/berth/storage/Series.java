package io.berth.storage;

import io.berth.core.state.HistoryQuery;

/// One line of a thing's history: a property's values, or an event's occurrences.
record Series(HistoryQuery.Kind kind, String key) {
    static Series of(HistoryQuery query) {
        return new Series(query.kind(), query.key());
    }
}
