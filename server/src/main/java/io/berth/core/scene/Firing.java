package io.berth.core.scene;

import io.berth.core.device.DeviceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One time that a scene fired.
///
/// @param device whose trigger it was, null when it was the clock's
/// @param reason what triggered it, as a sentence: `temperature of a1/pump-07 is 31.5, > 30`
/// @param done what became of each action, in their order
public record Firing(Instant time, @Nullable DeviceId device, String reason, List<Outcome> done) {
    public Firing {
        done = List.copyOf(done);
    }

    public boolean hasFailed() {
        return done.stream().anyMatch(outcome -> !outcome.succeeded());
    }

    /// What became of an action.
    ///
    /// @param action the same as a sentence: `set a1/fan-01 {"fan":1}`
    /// @param detail what is known of it, or why it failed
    public record Outcome(String action, boolean succeeded, String detail) {}
}
