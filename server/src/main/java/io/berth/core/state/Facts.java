package io.berth.core.state;

import io.berth.core.device.DeviceId;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import java.util.List;

/// What one device reported in one message, admitted by its thing model.
///
/// @param current false when these are old values that were kept back: they enter the history only
public record Facts(DeviceId device, List<Sample> samples, List<Occurrence> occurrences, boolean current) {
    public Facts {
        samples = List.copyOf(samples);
        occurrences = List.copyOf(occurrences);
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

    public boolean isEmpty() {
        return samples.isEmpty() && occurrences.isEmpty();
    }
}
