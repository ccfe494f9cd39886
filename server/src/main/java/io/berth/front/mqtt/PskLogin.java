package io.berth.front.mqtt;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.dialect.Claimant;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.MqttLogins.KeyClaim;
import io.berth.dialect.PskClaim;
import io.berth.net.psk.PskKeys;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose pre-shared key encrypts a connection: finds the key, and keeps for the operator why a handshake
/// failed. Who has no key here gets one nobody knows, and fails as with a wrong one. A wrong key counts
/// against its address and locks no device out: anybody can name one, and none of these keys is guessed.
final class PskLogin extends ChannelInboundHandlerAdapter implements PskKeys {
    /// An identity with the longest names a device can have takes half of it.
    private static final int MAX_IDENTITY = 256;

    private static final LoginFailure NOT_RECOGNISED = LoginFailure.wrong(
            LoginFault.NOT_RECOGNISED,
            "the identity of the pre-shared key has the form of no vendor Berth speaks",
            "check that the firmware builds it as its vendor's manual says");

    private final Dock dock;
    private final Channel channel;
    private final Handshakes handshakes;
    private final long begun = System.nanoTime();
    private volatile @Nullable Offer offer;

    /// What a client offered, and what came of looking it up.
    ///
    /// @param trouble why it could not be looked up, else null
    private record Offer(
            String identity,
            Optional<KeyClaim> claim,
            Optional<DeviceSnapshot> device,
            @Nullable ProblemException trouble) {

        String dialect() {
            return claim.map(KeyClaim::dialect).orElse("none");
        }

        Claimant who() {
            PskClaim read = claim.map(KeyClaim::claim).orElse(null);
            if (read == null) {
                return Claimant.named(identity);
            }
            DeviceRef named = read.device();
            return named == null
                    ? new Claimant(null, identity, read.fields())
                    : Claimant.of(named, Optional.empty(), read.fields());
        }

        LoginFailure failure() {
            return trouble == null
                    ? claim.map(read -> read.claim().failure(device)).orElse(NOT_RECOGNISED)
                    : LoginFailure.unavailable("the registry could not be asked", trouble);
        }
    }

    PskLogin(Dock dock, Channel channel, Handshakes handshakes) {
        this.dock = dock;
        this.channel = channel;
        this.handshakes = handshakes;
    }

    /// The device whose key it is; null before the handshake.
    @Nullable
    DeviceId device() {
        Offer made = offer;
        return made == null ? null : made.device().map(DeviceSnapshot::id).orElse(null);
    }

    @Override
    public byte[] key(byte[] identity) {
        String text = new String(identity, 0, Math.min(MAX_IDENTITY, identity.length), StandardCharsets.UTF_8);
        Optional<KeyClaim> claim = dock.platform().logins().psk(text);
        try {
            Optional<DeviceSnapshot> device =
                    claim.map(read -> read.claim().device()).flatMap(this::find);
            offer = new Offer(text, claim, device, null);
            return claim.map(read -> read.claim().key(device))
                    .orElseGet(Secret::random)
                    .bytes();
        } catch (ProblemException e) {
            offer = new Offer(text, claim, Optional.empty(), e);
            throw e;
        }
    }

    private Optional<DeviceSnapshot> find(DeviceRef ref) {
        DeviceSnapshot known = dock.platform().directory().ifPresent(ref);
        if (known != null) {
            return Optional.of(known);
        }
        if (!dock.admission().loginBegins()) {
            throw new ProblemException(Problem.OVERLOADED, "too many logins wait for the store");
        }
        try {
            return dock.platform().directory().await(ref);
        } finally {
            dock.admission().loginEnds();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            handshakes.end(new Peer(channel).host());
            Offer made = offer;
            if (!handshake.isSuccess() && made != null) {
                refused(made);
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    private void refused(Offer made) {
        if (made.trouble() == null) {
            dock.platform().addressGuard().failed(new Peer(channel).host());
        }
        LoginFault fault = LoginFault.TOO_MANY_FAILURES;
        Claimant who = made.who();
        // an explanation is worth more than the refusal it explains: only so many of one device
        if (!dock.platform().deviceGuard().blocks(who.claimed())) {
            dock.platform().deviceGuard().failed(who.claimed());
            LoginFailure failure = made.failure();
            fault = failure.fault();
            dock.platform()
                    .refusals()
                    .add(failure.refusal(
                            made.dialect(),
                            who,
                            dock.platform().clock().instant(),
                            new Peer(channel).facts(dock.listener().name())));
        }
        dock.platform()
                .traffic()
                .login(made.dialect(), fault.name().toLowerCase(Locale.ROOT), System.nanoTime() - begun);
    }
}
