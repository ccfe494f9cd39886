package io.berth.dialect.aliyun.openapi;

import io.berth.core.caller.AccessKey;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Callers;
import io.berth.core.caller.Nonces;
import io.berth.core.credential.Secret;
import io.berth.core.login.CallPeer;
import io.berth.core.login.LoginFault;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.RefusedCalls;
import io.berth.core.login.RefusedCalls.RefusedCall;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Believes a signature or not, in the vendor's order (spec aliyun-openapi 2.1.7). Blocking; any thread.
final class Gatekeeper {
    private static final Duration TOLERATED = Duration.ofMinutes(15);
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    /// Stands in for the secret of a key that does not exist, so that its refusal takes the same work.
    private static final Secret NOBODYS = Secret.random();

    private final Door door;
    private final Nonces nonces;
    private final InstantSource clock;

    Gatekeeper(Door door, Nonces nonces, InstantSource clock) {
        this.door = door;
        this.nonces = nonces;
        this.clock = clock;
    }

    /// Who is let in, who guesses too often, and why others were not.
    record Door(String api, Callers callers, LoginGuard guard, RefusedCalls refused) {}

    /// @param from whose wrong guesses are counted by address
    Caller admit(Signature signature, CallPeer from) {
        if (door.guard().blocks(from.address())) {
            throw new GatewayException(GatewayCode.THROTTLED_CALLER);
        }
        Optional<AccessKey> found = door.callers().findAccessKey(signature.keyId());
        Duration skew = skew(signature.date());
        Attempt attempt =
                new Attempt(signature, from, found.map(AccessKey::secret).orElse(null), skew);
        boolean isRight = signature.isMadeWith(found.map(AccessKey::secret).orElse(NOBODYS));
        AccessKey key = found.orElseThrow(() -> guessed(attempt, Reason.UNKNOWN_KEY));
        if (!key.enabled()) {
            throw refused(attempt, Reason.INACTIVE_KEY);
        }
        if (skew == null) {
            throw refused(attempt, Reason.MALFORMED_TIME);
        }
        if (skew.abs().compareTo(TOLERATED) > 0) {
            throw refused(attempt, Reason.EXPIRED);
        }
        if (!isRight) {
            throw guessed(attempt, Reason.WRONG_SIGNATURE);
        }
        switch (nonces.use(key.id(), signature.nonce())) {
            case NEW -> {}
            case USED -> throw refused(attempt, Reason.REPLAYED);
            case NO_ROOM -> throw new GatewayException(GatewayCode.THROTTLED_CALLER);
        }
        door.callers().signedIn(key, from.address(), door.api());
        return new Caller.KeyHolder(key);
    }

    /// @param secret null when there is no such key
    /// @param skew how far the client's clock is ahead, null when it sent no date
    private record Attempt(
            Signature signature,
            CallPeer from,
            @Nullable Secret secret,
            @Nullable Duration skew) {}

    /// What operators read of a refusal.
    private enum Reason {
        UNKNOWN_KEY(
                LoginFault.UNKNOWN_CALLER,
                GatewayCode.UNKNOWN_KEY,
                "there is no access key of that id",
                "create it, or correct the AccessKeyId of the application"),
        INACTIVE_KEY(
                LoginFault.CALLER_DISABLED,
                GatewayCode.INACTIVE_KEY,
                "the access key is switched off",
                "switch it on, or give the application another"),
        MALFORMED_TIME(
                LoginFault.CLOCK_SKEW,
                GatewayCode.MALFORMED_TIME,
                "the date is none like 2026-01-02T03:04:05Z",
                "send the time in UTC, to the second"),
        EXPIRED(
                LoginFault.CLOCK_SKEW,
                GatewayCode.EXPIRED_TIME,
                "the date is more than 15 minutes from now",
                "set the application's clock"),
        WRONG_SIGNATURE(
                LoginFault.WRONG_SIGNATURE,
                GatewayCode.WRONG_SIGNATURE,
                "the signature is not that of what had to be signed",
                "compare the key's secret; if it is right, what is signed with the text below: a proxy may have changed it"),
        REPLAYED(
                LoginFault.REPLAYED,
                GatewayCode.NONCE_USED,
                "the nonce was used in the last half hour",
                "sign each call anew");

        private final LoginFault fault;
        private final GatewayCode code;
        private final String cause;
        private final String fix;

        Reason(LoginFault fault, GatewayCode code, String cause, String fix) {
            this.fault = fault;
            this.code = code;
            this.cause = cause;
            this.fix = fix;
        }
    }

    private GatewayException guessed(Attempt attempt, Reason reason) {
        door.guard().failed(attempt.from().address());
        return refused(attempt, reason);
    }

    private GatewayException refused(Attempt attempt, Reason reason) {
        Signature signature = attempt.signature();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("action", signature.action());
        fields.put("date", signature.date());
        fields.put("nonce", signature.nonce());
        door.refused()
                .record(new RefusedCall(
                        door.api(),
                        signature.keyId(),
                        attempt.from(),
                        reason.fault,
                        reason.cause,
                        reason.fix,
                        fields,
                        signature.check(attempt.secret(), attempt.skew())));
        return reason == Reason.WRONG_SIGNATURE
                ? GatewayException.wrongSignature(signature.stringToSign())
                : new GatewayException(reason.code);
    }

    private @Nullable Duration skew(String date) {
        try {
            return DATE.matcher(date).matches() ? Duration.between(clock.instant(), Instant.parse(date)) : null;
        } catch (DateTimeParseException _) {
            return null;
        }
    }
}
