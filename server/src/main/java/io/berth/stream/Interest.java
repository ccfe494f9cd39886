package io.berth.stream;

import io.berth.core.message.Event;
import io.berth.core.subscription.Selection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which products and kinds of events any reader of the log selects. Asked on event loops for every message:
/// one volatile read and one look into a map. Any thread.
public final class Interest {
    private static final int ALL_KINDS = (1 << Event.Kind.values().length) - 1;

    private final Map<String, Selection> selections = new ConcurrentHashMap<>();
    private final Map<String, Integer> kindsOfProduct = new ConcurrentHashMap<>();
    private volatile int kindsOfAll;

    public boolean wants(String product, Event.Kind kind) {
        return has(kindsOfAll, kind) || has(kindsOfProduct.getOrDefault(product, 0), kind);
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
        if (changed.products().isEmpty()) {
            kindsOfAll = selections.values().stream()
                    .filter(selection -> selection.products().isEmpty())
                    .mapToInt(Interest::kinds)
                    .reduce(0, (one, other) -> one | other);
        }
        for (String product : changed.products()) {
            int kinds = selections.values().stream()
                    .filter(selection -> selection.products().contains(product))
                    .mapToInt(Interest::kinds)
                    .reduce(0, (one, other) -> one | other);
            if (kinds == 0) {
                kindsOfProduct.remove(product);
            } else {
                kindsOfProduct.put(product, kinds);
            }
        }
    }

    private static int kinds(Selection selection) {
        return selection.kinds().isEmpty()
                ? ALL_KINDS
                : selection.kinds().stream()
                        .mapToInt(kind -> 1 << kind.ordinal())
                        .sum();
    }

    private static boolean has(int kinds, Event.Kind kind) {
        return (kinds & 1 << kind.ordinal()) != 0;
    }
}
