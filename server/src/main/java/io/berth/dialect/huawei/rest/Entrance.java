package io.berth.dialect.huawei.rest;

import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.NOT_AUTHENTIC;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.AccessKey;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Callers;
import io.berth.core.caller.Nonces;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.credential.Sha256;
import io.berth.core.login.CallPeer;
import io.berth.core.login.LoginGuard;
import io.berth.core.thing.Calendar;
import io.berth.dialect.AppRequest;
import io.berth.dialect.huawei.rest.RestServices.Doors;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Learns who calls: by a token, or by the signature of an access key. Whatever is not proven is refused, in
/// the same words and after the same work; the operator can see why.
final class Entrance {
    /// Signs for keys that do not exist.
    private static final Secret NOBODYS = Secret.random();

    private static final Duration REPEATED = Duration.ofSeconds(10);

    private final Callers callers;
    private final LoginGuard guard;
    private final RefusedCallers refused;
    private final Nonces nonces;
    private final Duration tolerance;
    private final InstantSource clock;

    /// @param tolerance how far the date of a signature may be from now
    Entrance(Callers callers, Doors doors, Duration tolerance, InstantSource clock) {
        this.callers = callers;
        this.guard = doors.signatures();
        this.refused = new RefusedCallers(doors.refused());
        this.nonces = doors.nonces();
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /// APIGW.0301, or OVERLOADED after too many calls from there that proved nothing.
    Caller admit(AppRequest request, Payload body) {
        if (guard.blocks(request.peer())) {
            throw new ProblemException(Problem.OVERLOADED, "too many calls from here were refused; try again later");
        }
        try {
            return caller(request, body);
        } catch (RestException e) {
            guard.failed(request.peer());
            throw e;
        }
    }

    private Caller caller(AppRequest request, Payload body) {
        String token = request.header("X-Auth-Token");
        if (token != null) {
            return holder(token, request.from());
        }
        String authorization = request.header("Authorization");
        if (authorization == null) {
            throw refusal("there is neither X-Auth-Token nor Authorization");
        }
        return signer(Signature.parse(authorization), request, body);
    }

    private Caller holder(String token, CallPeer from) {
        try {
            return callers.authenticate(new Secret(token));
        } catch (ProblemException e) {
            if (e.problem() == Problem.STORAGE_UNAVAILABLE) {
                throw e;
            }
            refused.token(from);
            throw refusal("the token is unknown or has expired");
        }
    }

    private Caller signer(Signature signature, AppRequest request, Payload body) {
        String date = Objects.requireNonNullElse(request.header("X-Sdk-Date"), "");
        Duration skew = skew(date);
        Optional<AccessKey> key = callers.findAccessKey(signature.accessKey());
        Secret secret = key.map(AccessKey::secret).orElse(NOBODYS);
        List<String> texts = new CanonicalRequest(request, body, signature.headers()).texts();
        boolean isRight = false;
        for (String text : texts) {
            isRight |= Hmac.matches(signature.sign(secret, date, Sha256.hex(text)), signature.digest());
        }
        RefusedCallers.Attempt attempt =
                new RefusedCallers.Attempt(signature, request.from(), date, texts.getFirst(), skew);
        if (key.isEmpty() || !isRight) {
            refused.record(attempt, key.isPresent());
            throw refusal("verify aksk signature fail");
        }
        if (!isNear(skew) || !signature.isOf(date)) {
            refused.late(attempt, tolerance);
            throw refusal("the date of the signature is more than " + tolerance.toMinutes() + " minutes off");
        }
        if (!key.get().enabled()) {
            refused.disabled(attempt);
            throw refusal("verify aksk signature fail");
        }
        demandNew(attempt, request.method());
        callers.signedIn(key.get(), request.peer(), HuaweiRest.NAME);
        return new Caller.KeyHolder(key.get());
    }

    /// A signature has no nonce, so identical calls within one second have the same: a repeat is taken for one of
    /// these as long as its date is fresh, and for a replay afterwards. Reading may be replayed, as at the vendor.
    private void demandNew(RefusedCallers.Attempt attempt, String method) {
        if (method.equals("GET")) {
            return;
        }
        Signature signature = attempt.signature();
        switch (nonces.use(signature.accessKey(), signature.digest().toLowerCase(Locale.ROOT))) {
            case NEW -> {}
            case USED -> {
                Duration skew = attempt.skew();
                if (skew == null || skew.abs().compareTo(REPEATED) > 0) {
                    refused.replayed(attempt);
                    throw refusal("the signature was used already");
                }
            }
            case NO_ROOM -> throw new ProblemException(Problem.OVERLOADED, "too many signed calls; try again later");
        }
    }

    private boolean isNear(@Nullable Duration skew) {
        return skew != null && skew.abs().compareTo(tolerance) <= 0;
    }

    /// How far the client's clock is ahead, null when it sent no date.
    private @Nullable Duration skew(String date) {
        try {
            return Duration.between(clock.instant(), Calendar.parse(date));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static RestException refusal(String detail) {
        return new RestException(NOT_AUTHENTIC, "Incorrect IAM authentication information: " + detail);
    }
}
