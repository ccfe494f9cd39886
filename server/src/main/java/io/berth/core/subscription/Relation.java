package io.berth.core.subscription;

import io.berth.core.message.Theme;
import java.util.Set;

/// Which events of a product go to which consumer groups: the same choice as a group's own [Selection], made
/// from the product's side, where each product may choose something else.
///
/// @param choices the words the themes were chosen by; shown again
/// @param groups their ids
public record Relation(String product, Set<String> choices, Set<Theme> themes, Set<String> groups) {
    public Relation {
        choices = Set.copyOf(choices);
        themes = Set.copyOf(themes);
        groups = Set.copyOf(groups);
    }

    public Relation with(Set<String> changed) {
        return new Relation(product, choices, themes, changed);
    }
}
