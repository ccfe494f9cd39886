package io.berth.front.coap;

import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.Refusal.Channel;
import io.berth.dialect.PskClaim;
import io.berth.front.coap.Refusing.Claimant;
import io.berth.net.PeerAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.scandium.ConnectionListener;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.ServerHandshaker;
import org.eclipse.californium.scandium.dtls.SessionAdapter;

/// Keeps for the operator why a handshake by pre-shared key failed. Who has another key than the platform
/// ends it with a record that cannot be decrypted. DTLS drops such records, because anybody can send one, and
/// gives up half a minute later. The operator is told sooner: when the handshake is not over a moment after
/// such a record. Whoever does not receive at the address of a handshake cannot begin one, and what he throws
/// into another's says nothing as long as that one succeeds. Called on the threads of DTLS; never blocks.
final class DtlsFailures extends SessionAdapter implements ConnectionListener {
    /// Far more than the rest of a handshake takes once its last message came.
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private static final Executor LATER = CompletableFuture.delayedExecutor(
            MOMENT.toMillis(), TimeUnit.MILLISECONDS, task -> Thread.ofVirtual().start(task));

    private final CoapPlatform platform;
    private final Refusing refusing;
    private final String listener;
    /// Handshakes under way in which something could not be decrypted.
    private final Map<Handshaker, Suspicion> suspicions = new ConcurrentHashMap<>();

    private enum Suspicion {
        NEW,
        TOLD
    }

    DtlsFailures(CoapPlatform platform, Refusing refusing, String listener) {
        this.platform = platform;
        this.refusing = refusing;
        this.listener = listener;
    }

    /// Never asks for the connection's end: the record may be anybody's.
    @Override
    public boolean onConnectionMacError(Connection connection) {
        if (connection.getOngoingHandshake() instanceof ServerHandshaker handshake
                && handshake.getPreSharedKeyIdentity() != null
                && suspicions.putIfAbsent(handshake, Suspicion.NEW) == null) {
            LATER.execute(() -> {
                if (suspicions.replace(handshake, Suspicion.NEW, Suspicion.TOLD)) {
                    explain(handshake.getPreSharedKeyIdentity(), handshake.getPeerAddress());
                }
            });
        }
        return false;
    }

    @Override
    public void handshakeCompleted(Handshaker handshaker) {
        suspicions.remove(handshaker);
    }

    @Override
    public void handshakeFailed(Handshaker handshaker, Throwable error) {
        platform.traffic().dropped("dtls handshake failed");
        boolean told = suspicions.remove(handshaker) == Suspicion.TOLD;
        if (!told && handshaker instanceof ServerHandshaker server && server.getPreSharedKeyIdentity() != null) {
            explain(server.getPreSharedKeyIdentity(), handshaker.getPeerAddress());
        }
    }

    private void explain(PskPublicInformation offered, InetSocketAddress peer) {
        String identity = offered.getPublicInfoAsString();
        PskClaim claim = platform.dialect().psk(identity);
        DeviceRef named = claim.device();
        Optional<DeviceSnapshot> device =
                Optional.ofNullable(named == null ? null : platform.directory().ifPresent(named));
        Claimant who = new Claimant(
                Claimant.idOf(named),
                named == null ? identity : named.toString(),
                claim.fields(),
                platform.clock().instant(),
                () -> new Channel(listener, PeerAddress.of(peer), "dtls", null));
        refusing.refuse(who, () -> claim.failure(device), System.nanoTime());
    }

    @Override
    public void onConnectionEstablished(Connection connection) {}

    @Override
    public void onConnectionRemoved(Connection connection) {}

    @Override
    public boolean onConnectionUpdatesSequenceNumbers(Connection connection, boolean writes) {
        return false;
    }

    @Override
    public void beforeExecution(Connection connection) {}

    @Override
    public void updateExecution(Connection connection) {}

    @Override
    public void afterExecution(Connection connection) {}
}
