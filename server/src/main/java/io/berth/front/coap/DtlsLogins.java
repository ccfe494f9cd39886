package io.berth.front.coap;

import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.dialect.PskClaim;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.PskSecretResult;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedPskStore;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

/// Finds the pre-shared keys of DTLS clients. A client that names no device gets a key nobody has, and fails
/// like one with a wrong key. Called on the threads of DTLS; never blocks.
final class DtlsLogins implements AdvancedPskStore {
    private final CoapPlatform platform;
    private volatile @Nullable HandshakeResultHandler results;

    DtlsLogins(CoapPlatform platform) {
        this.platform = platform;
    }

    @Override
    public boolean hasEcdhePskSupported() {
        return true;
    }

    @Override
    public void setResultHandler(HandshakeResultHandler handler) {
        results = handler;
    }

    @Override
    public @Nullable PskSecretResult requestPskSecretResult(
            ConnectionId connection,
            @Nullable ServerNames serverName,
            PskPublicInformation identity,
            String hmacAlgorithm,
            @Nullable SecretKey otherSecret,
            byte[] seed,
            boolean useExtendedMasterSecret) {
        PskClaim claim = platform.dialect().psk(identity.getPublicInfoAsString());
        DeviceRef device = claim.device();
        if (device == null) {
            return result(connection, identity, claim.key(Optional.empty()));
        }
        DeviceSnapshot known = platform.directory().ifPresent(device);
        if (known != null) {
            return result(connection, identity, claim.key(Optional.of(known)));
        }
        // asked for off this thread, on which the answer must not come
        Thread.ofVirtual().name("coap-psk").start(() -> {
            Optional<DeviceSnapshot> found = platform.directory()
                    .find(device)
                    .exceptionally(_ -> Optional.empty())
                    .toCompletableFuture()
                    .join();
            HandshakeResultHandler handler = results;
            if (handler != null) {
                handler.apply(result(connection, identity, claim.key(found)));
            }
        });
        return null;
    }

    private static PskSecretResult result(ConnectionId connection, PskPublicInformation identity, Secret key) {
        return new PskSecretResult(connection, identity, SecretUtil.create(key.bytes(), PskSecretResult.ALGORITHM_PSK));
    }

    /// Of clients only.
    @Override
    public @Nullable PskPublicInformation getIdentity(InetSocketAddress peer, @Nullable ServerNames virtualHost) {
        return null;
    }
}
