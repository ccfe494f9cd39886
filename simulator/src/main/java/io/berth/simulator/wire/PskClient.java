package io.berth.simulator.wire;

import io.berth.simulator.device.PresharedKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.tls.PSKTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// The device's side of one handshake by pre-shared key: one version and one suite, as small firmware has.
final class PskClient extends PSKTlsClient {
    private static final TlsCrypto CRYPTO = new BcTlsCrypto(new SecureRandom());
    private static final int TIMEOUT_MILLIS = 10_000;

    private final ProtocolVersion version;
    private final int suite;

    PskClient(PresharedKey key, ProtocolVersion version, int suite) {
        super(CRYPTO, key.identity().getBytes(StandardCharsets.UTF_8), key.key().getBytes(StandardCharsets.US_ASCII));
        this.version = version;
        this.suite = suite;
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {suite};
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return version.only();
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return TIMEOUT_MILLIS;
    }
}
