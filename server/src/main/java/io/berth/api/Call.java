package io.berth.api;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
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
public record Call<I>(Exchange exchange, Optional<Caller> caller, SpaceGuard spaces, I input) {
    /// What the caller may do; only for routes that demand a role.
    Rights rights() {
        return caller.orElseThrow().rights();
    }

    /// PRODUCT_NOT_FOUND when a product that is not named by the path is out of the caller's reach; likewise.
    void reach(String product) {
        spaces.admit(rights(), product);
    }

    boolean reaches(String product) {
        try {
            reach(product);
            return true;
        } catch (ProblemException e) {
            if (e.problem() == Problem.PRODUCT_NOT_FOUND) {
                return false;
            }
            throw e;
        }
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
