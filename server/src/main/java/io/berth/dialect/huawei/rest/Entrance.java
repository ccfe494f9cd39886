package io.berth.dialect.huawei.rest;

import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.NOT_AUTHENTIC;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.AccessKey;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Callers;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.thing.Calendar;
import io.berth.dialect.AppRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// Learns who calls: by a token, or by the signature of an access key. Whatever is not proven is refused, in
/// the same words and after the same work.
final class Entrance {
    private static final int DERIVED_BYTES = 32;

    /// Signs for keys that do not exist.
    private static final Secret NOBODYS = Secret.random();

    private final Callers callers;
    private final Duration tolerance;
    private final InstantSource clock;

    /// @param tolerance how far the date of a signature may be from now
    Entrance(Callers callers, Duration tolerance, InstantSource clock) {
        this.callers = callers;
        this.tolerance = tolerance;
        this.clock = clock;
    }

    Caller admit(AppRequest request, Payload body) {
        String token = request.header("X-Auth-Token");
        if (token != null) {
            return holder(token);
        }
        String authorization = request.header("Authorization");
        if (authorization == null) {
            throw refused("there is neither X-Auth-Token nor Authorization");
        }
        return signer(Signature.parse(authorization), request, body);
    }

    private Caller holder(String token) {
        try {
            return callers.authenticate(new Secret(token));
        } catch (ProblemException e) {
            throw e.problem() == Problem.STORAGE_UNAVAILABLE ? e : refused("the token is unknown or has expired");
        }
    }

    private Caller signer(Signature signature, AppRequest request, Payload body) {
        String date = date(request, signature);
        Optional<AccessKey> key = callers.findAccessKey(signature.accessKey()).filter(AccessKey::enabled);
        Secret secret = key.map(AccessKey::secret).orElse(NOBODYS);
        boolean isRight = false;
        for (String digest : new CanonicalRequest(request, body, signature.headers()).digests()) {
            isRight |= Hmac.matches(sign(signature, secret, date, digest), signature.digest());
        }
        if (!isRight) {
            throw refused("verify aksk signature fail");
        }
        return new Caller.KeyHolder(key.orElseThrow(() -> refused("verify aksk signature fail")));
    }

    /// The day of a derived signature is that of its date.
    private String date(AppRequest request, Signature signature) {
        String date = Objects.requireNonNullElse(request.header("X-Sdk-Date"), "");
        Duration skew = Duration.between(clock.instant(), read(date)).abs();
        if (skew.compareTo(tolerance) > 0 || (signature.isDerived() && !date.startsWith(day(signature)))) {
            throw refused("the date of the signature is more than " + tolerance.toMinutes() + " minutes off");
        }
        return date;
    }

    private static String day(Signature signature) {
        return signature.scope().substring(0, signature.scope().indexOf('/'));
    }

    private static Instant read(String date) {
        try {
            return Calendar.parse(date);
        } catch (DateTimeException e) {
            throw refused("X-Sdk-Date is no date like 20260102T030405Z");
        }
    }

    private static byte[] sign(Signature signature, Secret secret, String date, String digest) {
        if (!signature.isDerived()) {
            return Hmac.SHA256.sign(secret, Signature.PLAIN + "\n" + date + "\n" + digest);
        }
        byte[] key = derived(signature, secret).getBytes(StandardCharsets.US_ASCII);
        String text = Signature.DERIVED + "\n" + date + "\n" + signature.scope() + "\n" + digest;
        return Hmac.SHA256.sign(key, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Made anew with each request: that takes two microseconds, and a key that is remembered would tell by
    /// its speed that it exists.
    private static String derived(Signature signature, Secret secret) {
        HKDFParameterSpec parameters = HKDFParameterSpec.ofExtract()
                .addIKM(secret.bytes())
                .addSalt(signature.accessKey().getBytes(StandardCharsets.UTF_8))
                .thenExpand(signature.scope().getBytes(StandardCharsets.UTF_8), DERIVED_BYTES);
        try {
            return HexFormat.of().formatHex(KDF.getInstance("HKDF-SHA256").deriveData(parameters));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RestException refused(String detail) {
        return new RestException(NOT_AUTHENTIC, "Incorrect IAM authentication information: " + detail);
    }
}
