package io.berth.core.scene;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/// What is to be done when something happens.
///
/// @param name unique, 1 to 64 characters, no slash, no control characters
/// @param plan triggers, conditions and actions, in the form a person wrote them
/// @param changed when it was made, changed or enabled last: what happened before does not concern it
public record Scene(String name, String description, boolean enabled, Value.Fields plan, Instant changed) {
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}/]{1,64}");
    private static final int MAX_DESCRIPTION = 256;

    public Scene {
        require(NAME.matcher(name).matches(), "a scene's name has 1 to 64 characters, no slash, no control characters");
        require(description.length() <= MAX_DESCRIPTION, "a scene's description has at most 256 characters");
        changed = changed.truncatedTo(ChronoUnit.MILLIS);
    }

    public Scene enabled(boolean wanted, Instant now) {
        return new Scene(name, description, wanted, plan, now);
    }
}
