package io.berth.core.state;

import io.berth.core.device.DeviceId;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import io.berth.core.thing.Violation;
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
    public record Unfit(Sample sample, Violation.Kind kind, String detail) {}

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
