package io.berth.core.login;

import io.berth.core.login.Refusal.SignatureCheck;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Remembers, for the operator, why calls of applications were refused before it was certain who calls: an
/// unknown key, a wrong signature, a clock that is off. They are kept and shown with the refused logins of
/// devices. Never blocks; any thread.
public final class RefusedCalls {
    private static final int MAX_CLAIM = 128;

    private final RefusalStore refusals;
    private final InstantSource clock;

    public RefusedCalls(RefusalStore refusals, InstantSource clock) {
        this.refusals = refusals;
        this.clock = clock;
    }

    /// One refused call. Holds no secret: the check shows only the beginnings of digests.
    ///
    /// @param api the word of the application interface: `native`, or of a vendor's dialect
    /// @param claimed who it said it was: the id of a key, the name of a user; empty when it said nothing
    /// @param cause what is wrong, in words
    /// @param fix what to do about it, in words
    /// @param fields what was read of the call and explains it, in reading order
    /// @param check how the signature was checked, null when it did not come to that
    public record RefusedCall(
            String api,
            String claimed,
            CallPeer from,
            LoginFault fault,
            String cause,
            String fix,
            Map<String, String> fields,
            @Nullable SignatureCheck check) {
        public RefusedCall {
            claimed = claimed.substring(0, Math.min(MAX_CLAIM, claimed.length()));
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    public void record(RefusedCall call) {
        refusals.add(new Refusal(
                clock.instant(),
                call.api(),
                null,
                call.claimed(),
                call.fault(),
                call.cause(),
                call.fix(),
                call.fields(),
                call.check(),
                call.from().channel()));
    }
}
