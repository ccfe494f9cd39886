package io.berth.core.subscription;

import io.berth.core.message.Event;
import java.util.Set;

/// Which events a reader wants.
///
/// @param products product keys, empty for all
/// @param kinds empty for all
public record Selection(Set<String> products, Set<Event.Kind> kinds) {
    public static final Selection ALL = new Selection(Set.of(), Set.of());

    public Selection {
        products = Set.copyOf(products);
        kinds = Set.copyOf(kinds);
    }

    public boolean matches(String product, Event.Kind kind) {
        return (products.isEmpty() || products.contains(product)) && (kinds.isEmpty() || kinds.contains(kind));
    }

    public boolean matches(Event event) {
        return matches(event.product(), event.kind());
    }
}
