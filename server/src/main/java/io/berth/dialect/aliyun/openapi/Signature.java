package io.berth.dialect.aliyun.openapi;

import io.berth.core.credential.Secret;
import io.berth.core.login.Refusal.SignatureCheck;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Who claims to call what, and the proof. Nothing of it holds before the [Gatekeeper] said so.
sealed interface Signature permits RpcSignature, HeaderSignature {
    String action();

    String version();

    String keyId();

    /// `2026-11-21T08:00:00Z`
    String date();

    String nonce();

    /// What had to be signed, as the client must have had it.
    String stringToSign();

    /// In constant time.
    boolean isMadeWith(Secret secret);

    /// What the operator reads of it: what had to be signed, but for secrets that were sent, and the digests.
    ///
    /// @param secret null when there is no such key
    /// @param skew null when the date is none
    SignatureCheck check(@Nullable Secret secret, @Nullable Duration skew);

    /// Of one kind or the other (spec aliyun-openapi 2): a request says so by its header.
    static Signature read(Received received) {
        String authorization = received.header("Authorization");
        return authorization == null ? RpcSignature.read(received) : HeaderSignature.read(received, authorization);
    }
}
