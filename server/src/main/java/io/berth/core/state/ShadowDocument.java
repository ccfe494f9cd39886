package io.berth.core.state;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// A shadow that is a document of its own: what the device says of itself and what the application wants of
/// it, in no thing model's terms (spec aliyun-device 5.4).
///
/// Objects in it are changed member by member, everything else as a whole. A change begins with [#advance],
/// which says the version it makes; it throws LIMIT_REACHED when the document would grow too large.
///
/// @param reported attributes as the device reported them
/// @param desired attributes as the application wants them; empty when it wants nothing
/// @param reportedAt when each reported attribute last changed
/// @param desiredAt when each desired attribute last changed
/// @param version grows with every accepted change
public record ShadowDocument(
        Value.Fields reported,
        Value.Fields desired,
        Map<String, Instant> reportedAt,
        Map<String, Instant> desiredAt,
        long version,
        Instant changed) {
    /// The version that lets counting begin again.
    public static final long RESTART = -1;

    /// For whoever does not know the present version.
    public static final long NEXT = Long.MIN_VALUE;

    public ShadowDocument {
        reportedAt = Map.copyOf(reportedAt);
        desiredAt = Map.copyOf(desiredAt);
    }

    public static ShadowDocument empty(Instant now) {
        return new ShadowDocument(Value.Fields.NONE, Value.Fields.NONE, Map.of(), Map.of(), 0, now);
    }

    /// The same document in a later version, for a change to build on.
    ///
    /// @param asked later than the present version, else VERSION_CONFLICT; or [#NEXT], or [#RESTART]
    public ShadowDocument advance(long asked, Instant now) {
        if (asked != NEXT && asked != RESTART && asked <= version) {
            throw new ProblemException(
                    Problem.VERSION_CONFLICT, "the shadow has version " + version + ": " + asked + " is not later");
        }
        long next = asked == NEXT ? version + 1 : asked == RESTART ? 0 : asked;
        return new ShadowDocument(reported, desired, reportedAt, desiredAt, next, now);
    }

    /// The device reports these attributes; others stay as they are.
    public ShadowDocument report(Value.Fields attributes) {
        Value.Fields merged = ShadowLimits.checked(merge(reported, attributes));
        return withReported(merged, touched(reportedAt, attributes, merged));
    }

    /// Forgets reported attributes: those that are [Value.Nothing] in `gone`, at any depth.
    public ShadowDocument forgetReported(Value.Fields gone) {
        Value.Fields rest = without(reported, gone);
        return withReported(rest, touched(reportedAt, gone, rest));
    }

    /// Forgets everything that was reported.
    public ShadowDocument forgetReported() {
        return withReported(Value.Fields.NONE, Map.of());
    }

    /// The application wants these attributes to be so; what it wants of others stays.
    public ShadowDocument want(Value.Fields attributes) {
        Value.Fields merged = ShadowLimits.checked(merge(desired, attributes));
        return withDesired(merged, touched(desiredAt, attributes, merged));
    }

    /// Wants nothing any more.
    public ShadowDocument forgetDesired() {
        return withDesired(Value.Fields.NONE, Map.of());
    }

    private ShadowDocument withReported(Value.Fields attributes, Map<String, Instant> times) {
        return new ShadowDocument(attributes, desired, times, desiredAt, version, changed);
    }

    private ShadowDocument withDesired(Value.Fields attributes, Map<String, Instant> times) {
        return new ShadowDocument(reported, attributes, reportedAt, times, version, changed);
    }

    private static Value.Fields merge(Value.Fields old, Value.Fields changes) {
        SequencedMap<String, Value> merged = new LinkedHashMap<>(old.fields());
        changes.fields()
                .forEach((name, value) -> merged.merge(
                        name,
                        value,
                        (before, after) -> before instanceof Value.Fields inner && after instanceof Value.Fields change
                                ? merge(inner, change)
                                : after));
        return new Value.Fields(merged);
    }

    private static Value.Fields without(Value.Fields old, Value.Fields gone) {
        SequencedMap<String, Value> rest = new LinkedHashMap<>(old.fields());
        gone.fields().forEach((name, value) -> {
            if (value == Value.Nothing.NOTHING) {
                rest.remove(name);
            } else if (value instanceof Value.Fields inner && rest.get(name) instanceof Value.Fields kept) {
                rest.put(name, without(kept, inner));
            }
        });
        return new Value.Fields(rest);
    }

    private Map<String, Instant> touched(Map<String, Instant> old, Value.Fields touched, Value.Fields left) {
        Map<String, Instant> times = new LinkedHashMap<>(old);
        touched.fields().keySet().forEach(name -> times.put(name, changed));
        times.keySet().retainAll(left.fields().keySet());
        return times;
    }
}
