package io.berth.dialect.aliyun.openapi;

import io.berth.core.caller.AccessKey;
import io.berth.core.caller.Caller;
import io.berth.core.credential.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Believes a signature or not, in the vendor's order (spec aliyun-openapi 2.1.7). Blocking; any thread.
final class Gatekeeper {
    private static final Duration TOLERATED = Duration.ofMinutes(15);
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    /// Stands in for the secret of a key that does not exist, so that its refusal takes the same work.
    private static final Secret NOBODYS = Secret.random();

    private final AccessKeys keys;
    private final Nonces nonces;
    private final InstantSource clock;

    Gatekeeper(AccessKeys keys, Nonces nonces, InstantSource clock) {
        this.keys = keys;
        this.nonces = nonces;
        this.clock = clock;
    }

    /// Finds access keys. Blocking; any thread.
    @FunctionalInterface
    public interface AccessKeys {
        Optional<AccessKey> find(String id);
    }

    Caller admit(Signature signature) {
        Optional<AccessKey> found = keys.find(signature.keyId());
        boolean isRight = signature.isMadeWith(found.map(AccessKey::secret).orElse(NOBODYS));
        AccessKey key = found.orElseThrow(() -> new GatewayException(GatewayCode.UNKNOWN_KEY));
        if (!key.enabled()) {
            throw new GatewayException(GatewayCode.INACTIVE_KEY);
        }
        demandNow(signature.date());
        if (!isRight) {
            throw GatewayException.wrongSignature(signature.stringToSign());
        }
        switch (nonces.use(key.id(), signature.nonce())) {
            case NEW -> {}
            case USED -> throw new GatewayException(GatewayCode.NONCE_USED);
            case NO_ROOM -> throw new GatewayException(GatewayCode.THROTTLED_CALLER);
        }
        return new Caller.KeyHolder(key);
    }

    private void demandNow(String date) {
        Instant signed;
        try {
            if (!DATE.matcher(date).matches()) {
                throw new GatewayException(GatewayCode.MALFORMED_TIME);
            }
            signed = Instant.parse(date);
        } catch (DateTimeParseException e) {
            throw new GatewayException(GatewayCode.MALFORMED_TIME, "There is no such time.", e);
        }
        if (Duration.between(signed, clock.instant()).abs().compareTo(TOLERATED) > 0) {
            throw new GatewayException(GatewayCode.EXPIRED_TIME);
        }
    }
}
