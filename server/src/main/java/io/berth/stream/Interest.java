package io.berth.stream;

import io.berth.core.message.Event;
import io.berth.core.subscription.Selection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Which products and kinds of events any reader of the log selects. Asked on event loops for every message:
/// one volatile read and one look into a map. Any thread.
public final class Interest {
    private final Map<String, Selection> selections = new ConcurrentHashMap<>();
    private final Map<String, Set<Event.Kind>> kindsOfProduct = new ConcurrentHashMap<>();
    private volatile Set<Event.Kind> kindsOfAll = Set.of();

    public boolean wants(String product, Event.Kind kind) {
        return kindsOfAll.contains(kind)
                || kindsOfProduct.getOrDefault(product, Set.of()).contains(kind);
    }

    public synchronized void add(String reader, Selection selection) {
        Selection former = selections.put(reader, selection);
        if (former != null) {
            drawAgain(former);
        }
        drawAgain(selection);
    }

    public synchronized void remove(String reader) {
        Selection former = selections.remove(reader);
        if (former != null) {
            drawAgain(former);
        }
    }

    /// Only what this selection touches: with a thousand groups of a thousand products each, all would be a
    /// million.
    private void drawAgain(Selection changed) {
        if (!changed.kindsOfAll().isEmpty()) {
            kindsOfAll = kinds(Selection::kindsOfAll);
        }
        Set<String> products = new HashSet<>(changed.products());
        products.addAll(changed.related().keySet());
        for (String product : products) {
            Set<Event.Kind> kinds = kinds(selection -> selection.kindsOf(product));
            if (kinds.isEmpty()) {
                kindsOfProduct.remove(product);
            } else {
                kindsOfProduct.put(product, kinds);
            }
        }
    }

    private Set<Event.Kind> kinds(Function<Selection, Set<Event.Kind>> wanted) {
        Set<Event.Kind> kinds = EnumSet.noneOf(Event.Kind.class);
        selections.values().forEach(selection -> kinds.addAll(wanted.apply(selection)));
        return kinds;
    }
}
