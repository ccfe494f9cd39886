package io.berth.core.state;

import io.berth.core.Page;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import java.time.Instant;

/// @param key of the property or event in its thing model
/// @param from included
/// @param to not included
/// @param newestFirst the order of the page
public record HistoryQuery(
        DeviceId device, Kind kind, String key, Instant from, Instant to, boolean newestFirst, Page.Request page) {
    public HistoryQuery {
        ProblemException.require(from.isBefore(to), "the time range must begin before it ends");
    }

    public enum Kind {
        PROPERTY,
        EVENT
    }
}
