package io.berth.core.line;

import static io.berth.core.ProblemException.require;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Devices that are made together.
///
/// @param product of which they become devices
/// @param quota how many of them are registered at most, however many are listed
/// @param taken how many places of the quota are gone
/// @param closed since when nothing is handed out, null while it is open
public record LineBatch(
        String name,
        String product,
        long quota,
        long taken,
        HandOut handOut,
        Instant created,
        @Nullable Instant closed) {
    public static final long MOST = 10_000_000;

    /// How often the secret of one device leaves the platform.
    public enum HandOut {
        /// Once: whoever lost it needs an operator.
        ONCE,
        /// As often as it is asked for, until the device is burned or has logged in.
        REPEATABLE
    }

    public LineBatch {
        Station.requireName(name);
        require(quota >= 1 && quota <= MOST, "the quota of a batch is 1 to " + MOST);
    }

    boolean isOpen() {
        return closed == null;
    }

    /// How far a batch is.
    ///
    /// @param listed hardware ids that are in it
    /// @param registered those that are devices by now
    /// @param burned those that were confirmed
    /// @param activated those that logged in
    /// @param proven those that were confirmed or logged in
    public record Tally(long listed, long registered, long burned, long activated, long proven, long blocked) {}
}
