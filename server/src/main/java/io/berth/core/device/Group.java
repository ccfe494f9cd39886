package io.berth.core.device;

import static io.berth.core.ProblemException.require;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Devices that are meant together, under a name.
///
/// @param name unique on the platform, 1 to 64 characters
/// @param description at most 256 characters
/// @param parent the id of the group it stands in, null for one that stands in none
/// @param rule finds the members of a dynamic group; null for a static one, whose members are put into it
/// @param changed when it was given this name, description or rule
public record Group(
        String id,
        String name,
        String description,
        @Nullable String parent,
        @Nullable GroupRule rule,
        Instant created,
        Instant changed) {
    public Group {
        require(!name.isBlank() && name.length() <= 64, "the name of a group has 1 to 64 characters");
        require(description.length() <= 256, "the description of a group has at most 256 characters");
    }

    public boolean isDynamic() {
        return rule != null;
    }
}
