package io.berth.rule.scene;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.Fact;
import io.berth.core.state.Facts;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import io.berth.json.Faults;
import io.berth.json.Place;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads an event that somebody made up to see what a scene would do.
///
/// @param time when it happens
/// @param event null when it is only a moment, for clocks
record SampleMoment(Instant time, @Nullable Event event) {
    private static final Map<String, Boolean> PRESENCES = Map.of("online", true, "offline", false);

    /// INVALID_ARGUMENT.
    static SampleMoment read(Value.Fields sample, Instant now) {
        Faults faults = new Faults();
        Place place = Place.of("the sample", sample, faults);
        Instant time = time(place.member("time"), now);
        Optional<Fact> fact = place.member("product").isAbsent() ? Optional.empty() : fact(place, time);
        faults.refuse(Problem.INVALID_ARGUMENT);
        if (fact.isEmpty()) {
            return new SampleMoment(time, null);
        }
        DeviceId device = device(place);
        return new SampleMoment(time, new Event(0, time, device.product(), device, null, fact.get()));
    }

    private static Optional<Fact> fact(Place place, Instant time) {
        DeviceId device = device(place);
        return switch (PlanReader.kind(place, List.of("properties", "event", "status"))) {
            case "properties" ->
                Optional.of(new Fact.Properties(Facts.ofSamples(
                        device,
                        PlanReader.fields(place.member("properties")).fields().entrySet().stream()
                                .map(field -> new Sample(field.getKey(), field.getValue(), time))
                                .toList())));
            case "event" -> {
                Value.Fields output = PlanReader.fields(place.member("output"));
                Occurrence occurrence = new Occurrence(place.member("event").requiredText(), output, time);
                yield Optional.of(new Fact.Happened(Facts.ofOccurrence(device, occurrence)));
            }
            case "status" -> {
                Boolean online = place.member("status").oneOf(PRESENCES);
                yield online == null ? Optional.empty() : Optional.of(new Fact.Status(online, "sample", time, ""));
            }
            default -> Optional.empty();
        };
    }

    private static DeviceId device(Place place) {
        String product = place.member("product").text();
        String name = place.member("device").text();
        require(DeviceId.isValid(product, name), "the sample names no \"product\" and \"device\"");
        return new DeviceId(product, name);
    }

    private static Instant time(Place place, Instant now) {
        try {
            return place.isAbsent() ? now : Instant.parse(place.text());
        } catch (DateTimeException e) {
            place.fault(place.shown() + " is no time: write 2026-01-02T03:04:05Z");
            return now;
        }
    }
}
