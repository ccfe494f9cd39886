package io.berth.core.subscription;

import io.berth.core.message.Event;
import java.util.Set;

/// Which events of a product go to which consumer groups: the same choice as a group's own [Selection], made from
/// the product's side, where each product may choose other kinds.
///
/// @param choices the words the kinds were chosen by, which may be finer than kinds are; shown again
/// @param groups their ids
public record Relation(String product, Set<String> choices, Set<Event.Kind> kinds, Set<String> groups) {
    public Relation {
        choices = Set.copyOf(choices);
        kinds = Set.copyOf(kinds);
        groups = Set.copyOf(groups);
    }

    public Relation with(Set<String> changed) {
        return new Relation(product, choices, kinds, changed);
    }
}
