package io.berth.dialect.huawei.rest;

import io.berth.core.login.CallPeer;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.core.login.RefusedCalls;
import io.berth.core.login.RefusedCalls.RefusedCall;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells the operator why calls were refused: what had to be signed, and what most likely is wrong.
record RefusedCallers(RefusedCalls refused) {
    /// @param signed the canonical request: what had to be signed
    /// @param skew null when there is no date
    record Attempt(
            Signature signature,
            CallPeer from,
            String date,
            String signed,
            @Nullable Duration skew) {}

    /// The token itself is not kept: it may be good elsewhere, or have a letter too many.
    void token(CallPeer from) {
        refused.record(new RefusedCall(
                HuaweiRest.NAME,
                "",
                from,
                LoginFault.UNKNOWN_CALLER,
                "the X-Auth-Token is unknown or has expired, or its user is disabled",
                "get another: POST /v3/auth/tokens, or berth token create",
                Map.of(),
                null));
    }

    /// @param known whether there is such a key
    void record(Attempt attempt, boolean known) {
        String key = attempt.signature().accessKey();
        if (known) {
            record(
                    attempt,
                    LoginFault.WRONG_SIGNATURE,
                    "the signature is not that of access key \"" + key + "\" over this request",
                    "correct the SK; or find what changes requests on the way: host with port is signed");
        } else {
            record(
                    attempt,
                    LoginFault.UNKNOWN_CALLER,
                    "there is no access key \"" + key + "\"",
                    "create it, or correct the AK");
        }
    }

    void late(Attempt attempt, Duration tolerance) {
        record(
                attempt,
                LoginFault.CLOCK_SKEW,
                "the signature is right, but its date \"" + attempt.date() + "\" is more than " + tolerance.toMinutes()
                        + " minutes from now",
                "set the client's clock");
    }

    void disabled(Attempt attempt) {
        record(
                attempt,
                LoginFault.CALLER_DISABLED,
                "access key \"" + attempt.signature().accessKey() + "\" is disabled",
                "use the owner's other key, or enable it: berth accesskey enable");
    }

    void replayed(Attempt attempt) {
        record(
                attempt,
                LoginFault.REPLAYED,
                "the signature is right, and was used already for a call that changes something",
                "sign each call anew");
    }

    private void record(Attempt attempt, LoginFault fault, String cause, String fix) {
        Signature signature = attempt.signature();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("access key", signature.accessKey());
        fields.put("algorithm", signature.algorithm());
        fields.put("date", attempt.date());
        fields.put("signed headers", String.join(";", signature.headers()));
        SignatureCheck check =
                new SignatureCheck("hmacsha256", attempt.signed(), "-", signature.digest(), attempt.skew());
        refused.record(new RefusedCall(
                HuaweiRest.NAME, signature.accessKey(), attempt.from(), fault, cause, fix, fields, check));
    }
}
