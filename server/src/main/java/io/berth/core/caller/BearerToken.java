package io.berth.core.caller;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A bearer token as it is kept: not the token, only its digest.
///
/// @param name whose it is: of a user, or of whoever an administrator made it for
/// @param rights null: those of the user of that name, at the time of each call
public record BearerToken(
        String digest, String name, @Nullable Rights rights, Instant expires) {
    public boolean isOfUser() {
        return rights == null;
    }
}
