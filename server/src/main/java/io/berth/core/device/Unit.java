package io.berth.core.device;

import static io.berth.core.ProblemException.require;

import io.berth.core.Payload;
import io.berth.core.credential.Secret;
import io.berth.core.credential.Sha256;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One of the physical devices that go by a device's name, each with a token of its own: they came knowing only
/// their product and the name, and a name can be burned twice.
///
/// @param id given by the platform, unique on the device
/// @param tokenDigest of the token, which is kept nowhere
/// @param seen when it first logged in, null while it never has
public record Unit(
        String id,
        Payload tokenDigest,
        Instant created,
        @Nullable Instant seen) {
    public Unit {
        require(!id.isEmpty() && id.length() <= 64, "the id of a unit has 1 to 64 characters");
    }

    /// One that never logged in.
    public static Unit of(String id, Secret token, Instant created) {
        return new Unit(id, Payload.owned(digest(token.bytes())), created, null);
    }

    /// In constant time.
    public boolean hasToken(Payload given) {
        return MessageDigest.isEqual(tokenDigest.toBytes(), digest(given.toBytes()));
    }

    /// Tokens are random: nothing slower is needed.
    private static byte[] digest(byte[] token) {
        return Sha256.of(token);
    }
}
