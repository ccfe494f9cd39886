package io.berth.dialect.aliyun.openapi;

import io.berth.core.credential.Secret;

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

    /// Of one kind or the other (spec aliyun-openapi 2): a request says so by its header.
    static Signature read(Received received) {
        String authorization = received.header("Authorization");
        return authorization == null ? RpcSignature.read(received) : HeaderSignature.read(received, authorization);
    }
}
