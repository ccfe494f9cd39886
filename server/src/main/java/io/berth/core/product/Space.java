package io.berth.core.product;

import static io.berth.core.ProblemException.require;

import java.time.Instant;
import java.util.regex.Pattern;

/// A resource space: products that belong together, with their devices. Rights are given per space.
///
/// @param id 32 lower-case hex digits
/// @param name unique on the platform, 1 to 64 characters
/// @param isDefault whether it takes the products of which nobody says where they belong
public record Space(String id, String name, Instant created, boolean isDefault) {
    /// There is one default space on every platform, from its first start on.
    public static final String DEFAULT_ID = "0".repeat(32);

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    public Space {
        require(ID.matcher(id).matches(), "the id of a resource space has 32 hex digits, not \"" + id + "\"");
        require(!name.isBlank() && name.length() <= 64, "the name of a resource space has 1 to 64 characters");
    }

    public Space named(String changed) {
        return new Space(id, changed, created, isDefault);
    }
}
