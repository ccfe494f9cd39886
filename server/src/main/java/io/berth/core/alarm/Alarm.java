package io.berth.core.alarm;

import static io.berth.core.ProblemException.require;

import io.berth.core.device.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Trouble that lasts until whoever raised it says it is over.
///
/// @param source what is in trouble, unique, without slashes: `event-log`, `rule:orders:kafka`,
/// `scene:frost:a1:pump-07`
/// @param device whom it is about, null when it is about no device
/// @param text what is wrong and what helps, as sentences
/// @param times how often it was raised since it was last cleared
/// @param acknowledged who has seen it, null while nobody has
/// @param cleared when it was over, null while it lasts
public record Alarm(
        String source,
        @Nullable DeviceId device,
        Severity severity,
        String text,
        Instant raised,
        Instant lastRaised,
        long times,
        @Nullable String acknowledged,
        @Nullable Instant cleared) {
    public enum Severity {
        WARNING,
        MINOR,
        MAJOR,
        CRITICAL
    }

    public enum State {
        /// It lasts and nobody said that they know.
        ACTIVE,
        /// It lasts and somebody looks after it.
        ACKNOWLEDGED,
        /// It is over.
        CLEARED
    }

    /// What is told of it changes size with every word: what is longer explains nothing.
    static final int MAX_TEXT = 1_000;

    public Alarm {
        require(!source.isEmpty() && source.indexOf('/') < 0, "an alarm's source has no slash");
        text = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    public State state() {
        return cleared != null ? State.CLEARED : acknowledged != null ? State.ACKNOWLEDGED : State.ACTIVE;
    }

    public boolean isActive() {
        return cleared == null;
    }

    static Alarm first(String source, @Nullable DeviceId device, Severity severity, String text, Instant now) {
        return new Alarm(source, device, severity, text, now, now, 1, null, null);
    }

    Alarm again(Severity now, String says, Instant when) {
        return new Alarm(source, device, now, says, raised, when, times + 1, acknowledged, null);
    }

    Alarm acknowledged(String who) {
        return new Alarm(source, device, severity, text, raised, lastRaised, times, who, cleared);
    }

    Alarm cleared(Instant when) {
        return new Alarm(source, device, severity, text, raised, lastRaised, times, acknowledged, when);
    }
}
