package io.berth.front.mqtt;

import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.core.message.Letter;
import io.berth.core.session.CloseCause;
import io.berth.core.session.SessionStore;
import io.berth.core.session.SessionStore.StoredSession;
import io.berth.dialect.Claimant;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.MqttConnect;
import io.berth.dialect.MqttLogins.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The way from a CONNECT to its CONNACK: guards, login, stored session. A known device with a clean session
/// gets there without leaving the event loop.
final class Opening {
    private static final int MAX_KEY = 128;

    private final MqttConnection connection;
    private final Dock dock;
    private final MqttConnect connect;
    private final MqttProperties properties;
    private final @Nullable String deviceKey;
    private final LoginGuards guards;
    private final long begun = System.nanoTime();

    Opening(MqttConnection connection, Dock dock, MqttConnectMessage packet) {
        this.connection = connection;
        this.dock = dock;
        this.properties = packet.variableHeader().properties();
        Peer peer = connection.peer();
        byte[] password = packet.payload().passwordInBytes();
        this.connect = new MqttConnect(
                packet.payload().clientIdentifier(),
                packet.payload().userName(),
                password == null ? null : Payload.owned(password),
                packet.variableHeader().version(),
                packet.variableHeader().isCleanSession(),
                packet.variableHeader().keepAliveTimeSeconds(),
                peer.isSecure(),
                dock.platform().clock().instant(),
                peer.facts(dock.listener().name()),
                peer.presented(dock.listener()));
        this.deviceKey = deviceKey(connect.username());
        this.guards = new LoginGuards(dock, deviceKey, peer.host());
    }

    /// A user name names one device in every vendor's login, but for logins by certificate, where it is (next
    /// to) empty.
    private static @Nullable String deviceKey(@Nullable String username) {
        return username == null || username.length() < 3
                ? null
                : username.substring(0, Math.min(MAX_KEY, username.length()));
    }

    void begin() {
        if (isMqtt5() && Properties5.hasAuthenticationMethod(properties)) {
            refuse(connack(ConnectAnswer.BAD_CREDENTIALS, Reason.BAD_AUTHENTICATION_METHOD));
        } else if (isZero(Properties5.receiveMaximum(properties))
                || isZero(Properties5.maximumPacketSize(properties))) {
            connection.close(CloseCause.PROTOCOL_ERROR);
        } else if (guards.isBlocked()) {
            refuse(LoginFailure.guarded());
        } else if (!dock.admission().loginBegins()) {
            refuseOverload();
        } else {
            login();
        }
    }

    private void login() {
        await(dock.platform().logins().login(connect).toCompletableFuture());
    }

    private void await(CompletableFuture<Outcome> outcome) {
        if (outcome.isDone()) {
            dock.admission().loginEnds();
            settle(outcome.join());
            return;
        }
        connection.gate().hold();
        var _ = outcome.thenAccept(settled -> connection.pulse().post(() -> {
            dock.admission().loginEnds();
            if (connection.isOpening()) {
                settle(settled);
            }
        }));
    }

    private void settle(Outcome outcome) {
        switch (outcome) {
            case Outcome.Refused refused -> {
                if (refused.answer() == ConnectAnswer.BAD_CREDENTIALS) {
                    guards.guessed();
                }
                refuse(refused.answer(), refused::refusal);
            }
            case Outcome.Admitted admitted -> {
                if (hasKeyOfAnother(admitted.device())) {
                    refuseAnother(admitted.dialect(), admitted.device());
                } else {
                    enrol(admitted);
                }
            }
            case Outcome.Enrolled enrolled -> handOver(enrolled);
            case Outcome.Accepted accepted -> {
                DeviceId device = accepted.device().id();
                if (hasKeyOfAnother(device)) {
                    refuseAnother(accepted.dialect(), device);
                } else if (guards.exceedsQuota(device)) {
                    refuse(LoginFailure.unavailable("the device connects too often", "raise the connect quota"));
                } else {
                    open(accepted);
                }
            }
        }
    }

    private void enrol(Outcome.Admitted admitted) {
        if (dock.admission().loginBegins()) {
            await(admitted.enrolment().get().toCompletableFuture());
        } else {
            refuseOverload();
        }
    }

    private void handOver(Outcome.Enrolled enrolled) {
        dock.platform().traffic().login(enrolled.dialect(), "enrolled", System.nanoTime() - begun);
        List<ByteBuf> credentials = enrolled.credentials().stream()
                .map(each -> Packets.publish(
                        connection.alloc(), isMqtt5(), new Letter(each.topic(), each.payload()), 0, false))
                .toList();
        connection.enrolled(accepted(false, 0), credentials);
        connection.proceed();
    }

    private void open(Outcome.Accepted accepted) {
        int expiry = expirySeconds();
        boolean keeps = accepted.device().keepsSession();
        if (expiry == 0 && !keeps) {
            online(accepted, false, 0, Optional.empty());
            return;
        }
        connection.gate().hold();
        stored(accepted.device().id(), expiry)
                .whenComplete((stored, failure) -> connection.pulse().post(() -> {
                    if (!connection.isOpening()) {
                        return;
                    }
                    if (failure == null) {
                        boolean lasting = expiry > 0 || stored.isPresent();
                        online(accepted, lasting, expiry, stored);
                    } else {
                        refuse(LoginFailure.unavailable("the stored session could not be opened", failure));
                    }
                }));
    }

    /// The session the device left, if it wants to go on with it.
    private CompletionStage<Optional<StoredSession>> stored(DeviceId device, int expiry) {
        SessionStore store = dock.platform().store();
        CompletionStage<Optional<StoredSession>> found = connect.cleanSession()
                ? store.delete(device).thenApply(_ -> Optional.empty())
                : store.load(device, window());
        Instant expires = dock.platform().clock().instant().plusSeconds(expiry);
        return found.thenCompose(stored -> stored.isEmpty() && expiry == 0
                ? CompletableFuture.completedFuture(stored)
                : store.open(device, expires).thenApply(_ -> stored));
    }

    private void online(Outcome.Accepted accepted, boolean lasting, int expiry, Optional<StoredSession> stored) {
        guards.passed();
        dock.platform().traffic().login(accepted.dialect(), accepted.result(), System.nanoTime() - begun);
        DeviceSession session =
                new DeviceSession(connection, dock, accepted, new DeviceSession.Terms(lasting, expiry, clientLimits()));
        connection.online(session, connect.keepAliveSeconds(), accepted(stored.isPresent(), expiry));
        if (DeviceLog.isOn()) {
            String kind = !lasting ? "clean" : stored.isPresent() ? "resumed" : "new lasting";
            DeviceLog.write(
                    connection,
                    "came online: {} by {} from {}, keep-alive {} s, {} session",
                    accepted.result(),
                    accepted.dialect(),
                    connection.peer().address(),
                    connect.keepAliveSeconds(),
                    kind);
        }
        accepted.wire().greeting().forEach(session::reply);
        session.resume(stored.orElse(StoredSession.NEW));
        connection.proceed();
    }

    private ByteBuf accepted(boolean sessionPresent, int expiry) {
        return isMqtt5()
                ? Packets.accepted5(connection.alloc(), sessionPresent, dock.config(), expiry)
                : Packets.connack(connection.alloc(), sessionPresent, 0);
    }

    private Outbox.ClientLimits clientLimits() {
        Integer size = Properties5.maximumPacketSize(properties);
        return new Outbox.ClientLimits(
                isMqtt5(), window(), size == null ? Long.MAX_VALUE : Integer.toUnsignedLong(size));
    }

    private int window() {
        Integer receiveMaximum = Properties5.receiveMaximum(properties);
        int most = dock.config().session().maxInflight();
        return receiveMaximum == null ? most : Math.min(most, receiveMaximum);
    }

    /// How long the session is to outlive the connection; 0: not at all.
    private int expirySeconds() {
        if (isMqtt5()) {
            Integer asked = Properties5.sessionExpiry(properties);
            return Properties5.bounded(
                    asked == null ? 0 : asked, dock.config().session().expiry());
        }
        return connect.cleanSession()
                ? 0
                : (int) dock.config().session().expiry().toSeconds();
    }

    private void refuseOverload() {
        refuse(LoginFailure.unavailable("too many logins wait for the store", "the device may try again"));
    }

    /// For a reason of the front's own.
    private void refuse(LoginFailure failure) {
        String claimed = deviceKey != null ? deviceKey : shortened(connect.clientId());
        refuse(failure, "none", Claimant.named(claimed));
    }

    private void refuse(LoginFailure failure, String dialect, Claimant who) {
        refuse(failure.answer(), () -> failure.refusal(dialect, who, connect.time(), connect.channel()));
    }

    /// The peer is answered first: how long its refusal takes to explain must not show.
    private void refuse(ConnectAnswer answer, Supplier<Refusal> explanation) {
        long nanos = System.nanoTime() - begun;
        refuse(connack(answer, Reason.of(answer)));
        Refusal refusal = explanation.get();
        dock.platform().refusals().add(refusal);
        dock.platform()
                .traffic()
                .login(refusal.dialect(), refusal.fault().name().toLowerCase(Locale.ROOT), nanos);
    }

    private void refuse(ByteBuf connack) {
        connection.refuse(connack);
    }

    private ByteBuf connack(ConnectAnswer answer, int reason) {
        return isMqtt5()
                ? Packets.refusal5(connection.alloc(), reason)
                : Packets.connack(connection.alloc(), false, answer.code());
    }

    private boolean hasKeyOfAnother(DeviceId device) {
        DeviceId keyOwner = connection.peer().keyOwner();
        return keyOwner != null && !keyOwner.equals(device);
    }

    /// The login is right, so that its answer may tell the device more than "wrong".
    private void refuseAnother(String dialect, DeviceId device) {
        LoginFailure failure = LoginFailure.denied(
                LoginFault.OTHER_KEY,
                "the connection is encrypted with the pre-shared key of "
                        + connection.peer().keyOwner(),
                "let the firmware name the same device in the identity of the key and in CONNECT");
        refuse(failure, dialect, new Claimant(device, device.toString(), Map.of()));
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(MAX_KEY, text.length()));
    }

    private boolean isMqtt5() {
        return connect.protocolLevel() == 5;
    }

    private static boolean isZero(@Nullable Integer number) {
        return number != null && number == 0;
    }
}
