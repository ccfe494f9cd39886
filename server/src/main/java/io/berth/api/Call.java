package io.berth.api;

import io.berth.core.Payload;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Rights;
import io.berth.core.device.DeviceId;
import io.berth.web.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// One admitted call of a route.
///
/// @param caller empty only where the route needs no right
public record Call<I>(Exchange exchange, Optional<Caller> caller, I input) {
    /// What the caller may do; only for routes that demand a role.
    Rights rights() {
        return caller.orElseThrow().rights();
    }

    String path(String parameter) {
        return exchange.parameter(parameter);
    }

    /// The device the path names by `{product}` and `{device}`.
    DeviceId device() {
        return new DeviceId(path("product"), path("device"));
    }

    /// The body of a route that reads a file.
    Payload file() throws IOException {
        return Payload.owned(exchange.body());
    }

    /// The body of a route that streams.
    InputStream body() throws IOException {
        return exchange.bodyStream();
    }

    /// The same by lines, each no longer than a body that is read at once may be.
    BodyLines bodyLines() throws IOException {
        return new BodyLines(exchange.bodyStream(), exchange.maxBodyBytes());
    }
}
