package io.berth.net.psk;

import java.security.SecureRandom;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/// On what terms a listener speaks TLS with pre-shared keys. Its cryptography is the JDK's, which the processor
/// helps. Any thread.
public final class PskTls {
    private static final ProtocolVersion[] NOW = ProtocolVersion.TLSv12.only();
    private static final ProtocolVersion[] LEGACY = ProtocolVersion.TLSv12.downTo(ProtocolVersion.TLSv10);

    private final TlsCrypto crypto = new JcaTlsCryptoProvider().create(new SecureRandom());
    private final ProtocolVersion[] versions;

    /// @param legacy also accept TLS 1.0 and 1.1
    public PskTls(boolean legacy) {
        versions = legacy ? LEGACY : NOW;
    }

    /// The server's side of one handshake.
    PskServer server(PskKeys keys) {
        return new PskServer(crypto, versions, keys);
    }
}
