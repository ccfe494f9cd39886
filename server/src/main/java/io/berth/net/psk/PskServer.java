package io.berth.net.psk;

import java.io.IOException;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsPSKIdentityManager;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.jspecify.annotations.Nullable;

/// The choices of one handshake. The library asks for them on the thread of the handshake.
final class PskServer extends AbstractTlsServer implements TlsPSKIdentityManager {
    /// No hello of a small device comes near it.
    private static final int MAX_MESSAGE_BYTES = 8192;

    private final ProtocolVersion[] versions;
    private final PskKeys keys;
    private volatile String agreed = "pre-shared key";

    PskServer(TlsCrypto crypto, ProtocolVersion[] versions, PskKeys keys) {
        super(crypto);
        this.versions = versions;
        this.keys = keys;
    }

    /// Protocol and suite; before the end of the handshake, that there is a key at all.
    String agreed() {
        return agreed;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return versions;
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return PskSuite.codes();
    }

    @Override
    protected boolean preferLocalCipherSuites() {
        return true;
    }

    @Override
    public int getMaxHandshakeMessageSize() {
        return MAX_MESSAGE_BYTES;
    }

    /// None: that it knows the key is how this side shows who it is.
    @Override
    public @Nullable TlsCredentials getCredentials() {
        return null;
    }

    @Override
    public TlsPSKIdentityManager getPSKIdentityManager() {
        return this;
    }

    @Override
    public byte @Nullable [] getHint() {
        return null;
    }

    @Override
    public byte[] getPSK(byte[] identity) {
        return keys.key(identity);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        SecurityParameters terms = context.getSecurityParametersConnection();
        // "TLS 1.2", which the other listeners' library writes as the JDK does
        String version = terms.getNegotiatedVersion().getName().replace("TLS ", "TLSv");
        agreed = version + " " + PskSuite.of(terms.getCipherSuite());
    }
}
