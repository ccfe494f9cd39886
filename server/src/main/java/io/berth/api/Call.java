package io.berth.api;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Area;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Rights;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.web.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /// The secret of a thing of that area as answers show it: null, and so left out, for a caller that may only look.
    @Nullable
    String secret(Area area, Secret secret) {
        return rights().seesSecrets(area) ? secret.reveal() : null;
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
