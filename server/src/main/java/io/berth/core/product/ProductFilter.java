package io.berth.core.product;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which products a listing shows: those that meet every part.
///
/// @param spaces ids of resource spaces, empty for all
/// @param name the whole name, null for any
/// @param tags each of them with this value, empty for any
/// @param modelled what [Profile#modelled()] is, null for either
public record ProductFilter(
        Set<String> spaces,
        @Nullable String name,
        Map<String, String> tags,
        @Nullable Boolean modelled) {
    public static final ProductFilter ALL = new ProductFilter(Set.of(), null, Map.of(), null);

    public ProductFilter {
        spaces = Set.copyOf(spaces);
        tags = Map.copyOf(tags);
    }
}
