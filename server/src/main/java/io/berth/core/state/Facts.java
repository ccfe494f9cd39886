package io.berth.core.state;

import io.berth.core.device.DeviceId;
import io.berth.core.thing.Check;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import io.berth.core.thing.Violation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// What one device reported in one message, admitted by its thing model.
///
/// @param current false when these are old values that were kept back: they enter the history only
/// @param requestId what the device calls its message, empty when it does not
/// @param unfit what it reported and its thing model did not admit
public record Facts(
        DeviceId device,
        List<Sample> samples,
        List<Occurrence> occurrences,
        boolean current,
        String requestId,
        List<Unfit> unfit) {
    public Facts {
        samples = List.copyOf(samples);
        occurrences = List.copyOf(occurrences);
        unfit = List.copyOf(unfit);
    }

    public Facts(DeviceId device, List<Sample> samples, List<Occurrence> occurrences, boolean current) {
        this(device, samples, occurrences, current, "", List.of());
    }

    /// A value that was not admitted.
    ///
    /// @param kind why
    /// @param detail the same as a sentence whose subject is the key
    public record Unfit(Sample sample, Violation.Kind kind, String detail) {
        /// Of the given values those that are not among the admitted, which follow in the same order, each with
        /// the first violation that is about it.
        public static List<Unfit> of(List<Sample> given, List<Sample> admitted, Check check) {
            if (check.isClean()) {
                return List.of();
            }
            List<Unfit> unfit = new ArrayList<>();
            Iterator<Violation> violations = check.violations().iterator();
            int next = 0;
            for (Sample sample : given) {
                boolean fits = next < admitted.size() && isSame(sample, admitted.get(next));
                if (fits) {
                    next++;
                } else {
                    unfit.add(of(sample, violations));
                }
            }
            return unfit;
        }

        private static boolean isSame(Sample given, Sample admitted) {
            return given.key().equals(admitted.key()) && given.time().equals(admitted.time());
        }

        /// Violations come in the order of the values; of nested values, the innermost first.
        private static Unfit of(Sample sample, Iterator<Violation> violations) {
            while (violations.hasNext()) {
                Violation violation = violations.next();
                String path = violation.path();
                if (path.equals(sample.key())) {
                    return new Unfit(sample, violation.kind(), violation.detail());
                }
                if (path.startsWith(sample.key() + ".")) {
                    String member = path.substring(sample.key().length() + 1);
                    return new Unfit(
                            sample, violation.kind(), "has a member " + member + " that " + violation.detail());
                }
            }
            return new Unfit(sample, Violation.Kind.WRONG_TYPE, "does not fit the thing model");
        }

        /// Of a product without a model, which admits nothing.
        public static List<Unfit> unknown(List<Sample> given) {
            return given.stream()
                    .map(sample ->
                            new Unfit(sample, Violation.Kind.UNKNOWN_PROPERTY, "is of a product without a thing model"))
                    .toList();
        }
    }

    /// The same, of a message with this id, and with what did not fit.
    public Facts with(String id, List<Unfit> left) {
        return new Facts(device, samples, occurrences, current, id, left);
    }

    public static Facts ofSamples(DeviceId device, List<Sample> samples) {
        return new Facts(device, samples, List.of(), true);
    }

    public static Facts ofOccurrence(DeviceId device, Occurrence occurrence) {
        return new Facts(device, List.of(), List.of(occurrence), true);
    }

    public static Facts none(DeviceId device) {
        return new Facts(device, List.of(), List.of(), true);
    }

    public Facts withoutOccurrences() {
        return occurrences.isEmpty() ? this : new Facts(device, samples, List.of(), current, requestId, unfit);
    }

    public Facts onlyOccurrence(Occurrence one) {
        return new Facts(device, List.of(), List.of(one), current, requestId, List.of());
    }

    /// Whether there is nothing to keep of it.
    public boolean isEmpty() {
        return samples.isEmpty() && occurrences.isEmpty();
    }
}
