package io.berth.front.mqtt;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.MqttLogins;
import io.berth.dialect.MqttLogins.KeyClaim;
import io.berth.net.psk.PskKeys;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose pre-shared key encrypts a connection: finds the key, and keeps for the operator why a handshake
/// failed. Who has no key here gets one nobody knows, and fails as with a wrong one. A wrong key counts
/// against its address and locks no device out: anybody can name one, and none of these keys is guessed.
final class PskLogin extends ChannelInboundHandlerAdapter implements PskKeys {
    /// An identity with the longest names a device can have takes half of it.
    private static final int MAX_IDENTITY = 256;

    private static final LoginFailure NOT_RECOGNISED = new LoginFailure(
            ConnectAnswer.BAD_CREDENTIALS,
            LoginFault.NOT_RECOGNISED,
            "the identity of the pre-shared key has the form of no vendor Berth speaks",
            "check that the firmware builds it as its vendor's manual says",
            null);

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

        String claimed() {
            DeviceRef named = claim.map(read -> read.claim().device()).orElse(null);
            return named == null ? identity : named.toString();
        }

        @Nullable
        DeviceId named() {
            return claim.map(read -> read.claim().device()).orElse(null) instanceof DeviceRef.ById byId
                    ? byId.id()
                    : null;
        }

        LoginFailure failure() {
            return trouble == null
                    ? claim.map(read -> read.claim().failure(device)).orElse(NOT_RECOGNISED)
                    : MqttLogins.unavailable(trouble);
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
        // an explanation is worth more than the refusal it explains: only so many of one device
        if (!dock.platform().deviceGuard().blocks(made.claimed())) {
            dock.platform().deviceGuard().failed(made.claimed());
            LoginFailure failure = made.failure();
            fault = failure.fault();
            dock.platform().refusals().add(record(made, failure));
        }
        dock.platform()
                .traffic()
                .login(made.dialect(), fault.name().toLowerCase(Locale.ROOT), System.nanoTime() - begun);
    }

    private Refusal record(Offer made, LoginFailure failure) {
        return new Refusal(
                dock.platform().clock().instant(),
                made.dialect(),
                made.named(),
                made.claimed(),
                failure.fault(),
                failure.cause(),
                failure.fix(),
                made.claim().map(read -> read.claim().fields()).orElse(Map.of()),
                failure.check(),
                new Peer(channel).facts(dock.listener().name()));
    }
}
