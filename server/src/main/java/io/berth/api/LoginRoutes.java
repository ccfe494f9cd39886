package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.core.Payload;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceId;
import io.berth.core.login.Refusal;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.core.login.RefusalStore;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.MqttConnect;
import io.berth.dialect.MqttLogins;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Why logins fail: the refusals that happened, and a rehearsal of any login.
public final class LoginRoutes implements NativeApi.Group {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 1000;

    /// The device chooses its keep-alive; this one is within the bounds of every vendor.
    private static final int DEFAULT_KEEP_ALIVE = 60;

    private final RefusalStore refusals;
    private final MqttLogins logins;
    private final NodeFacts facts;
    private final InstantSource clock;

    public LoginRoutes(RefusalStore refusals, MqttLogins logins, NodeFacts facts, InstantSource clock) {
        this.refusals = refusals;
        this.logins = logins;
        this.facts = facts;
        this.clock = clock;
    }

    @Override
    public List<Route<?, ?>> routes() {
        return List.of(
                Route.get(
                        "/refusals",
                        Demand.read(Area.DEVICES),
                        "Lists refused logins of devices and of callers, the newest first",
                        Wanted.class,
                        RefusalList.class,
                        this::list),
                Route.post(
                        "/explain",
                        Demand.operate(Area.DEVICES),
                        "Rehearses an MQTT login and explains how it ends",
                        Login.class,
                        Explanation.class,
                        this::explain));
    }

    /// @param claimed who the client said it was: the id of an access key, the name of a user
    public record Wanted(
            @Nullable String product,
            @Nullable String device,
            @Nullable String claimed,
            @Nullable Integer limit) {}

    public record RefusalList(List<Explanation> items) {}

    /// @param listener the name of the listener to log in at, or its `port`
    /// @param protocol the level in the packet: 3 (MQTT 3.1), 4 (3.1.1) or 5
    public record Login(
            String clientId,
            @Nullable String username,
            @Nullable String password,
            @Nullable String listener,
            @Nullable Integer port,
            @Nullable Boolean secure,
            @Nullable Integer keepAlive,
            @Nullable Integer protocol) {}

    /// How a login ended. Holds no secret: of digests just a prefix.
    ///
    /// @param time null for a rehearsal
    /// @param answer what the device is told, null in the list of refusals
    public record Explanation(
            Outcome outcome,
            @Nullable Instant time,
            String dialect,
            String device,
            @Nullable String fault,
            @Nullable String cause,
            @Nullable String fix,
            @Nullable String answer,
            Map<String, String> fields,
            @Nullable Check check,
            Channel channel) {
        private static Explanation of(Refusal refusal, @Nullable Instant time, @Nullable ConnectAnswer answer) {
            DeviceId device = refusal.device();
            return new Explanation(
                    Outcome.REFUSED,
                    time,
                    refusal.dialect(),
                    device != null ? device.toString() : refusal.claimed(),
                    Words.of(refusal.fault()),
                    refusal.cause(),
                    refusal.fix(),
                    answer != null ? Words.of(answer) : null,
                    refusal.fields(),
                    refusal.check() != null ? Check.of(refusal.check()) : null,
                    Channel.of(refusal.channel()));
        }
    }

    public enum Outcome {
        ACCEPTED,
        /// The device would be given credentials of its own, and nothing more.
        ENROLLED,
        REFUSED
    }

    public record Check(
            String algorithm,
            @Nullable String content,
            String expectedPrefix,
            String givenPrefix,
            @Nullable Long skewSeconds) {
        private static Check of(SignatureCheck check) {
            Duration skew = check.skew();
            return new Check(
                    check.algorithm(),
                    check.content(),
                    check.expectedPrefix(),
                    check.givenPrefix(),
                    skew != null ? skew.toSeconds() : null);
        }
    }

    public record Channel(
            String listener,
            String address,
            String transport,
            @Nullable String tls) {
        private static Channel of(Refusal.Channel channel) {
            return new Channel(channel.listener(), channel.address(), channel.transport(), channel.tls());
        }
    }

    private RefusalList list(Call<Wanted> call) {
        Wanted wanted = call.input();
        int limit = Objects.requireNonNullElse(wanted.limit(), DEFAULT_LIMIT);
        require(limit >= 1 && limit <= MAX_LIMIT, "\"limit\" must be 1 to " + MAX_LIMIT);
        require(wanted.device() == null || wanted.product() != null, "\"device\" needs its \"product\"");
        require(
                wanted.claimed() == null || wanted.product() == null,
                "\"claimed\" is of a caller, \"product\" of a device: give one");
        return new RefusalList(find(wanted, limit).stream()
                .map(refusal -> Explanation.of(refusal, refusal.time(), null))
                .toList());
    }

    private List<Refusal> find(Wanted wanted, int limit) {
        String product = wanted.product();
        String device = wanted.device();
        String claimed = wanted.claimed();
        if (claimed != null) {
            return refusals.findClaimed(claimed, limit);
        }
        if (product == null) {
            return refusals.newest(limit);
        }
        if (device != null) {
            return refusals.find(new DeviceId(product, device), limit);
        }
        return refusals.newest(MAX_LIMIT).stream()
                .filter(refusal ->
                        refusal.device() != null && refusal.device().product().equals(product))
                .limit(limit)
                .toList();
    }

    private Explanation explain(Call<Login> call) throws InterruptedException {
        MqttConnect connect = connect(call.input(), call.exchange().peer());
        return switch (join(logins.login(connect).toCompletableFuture())) {
            case MqttLogins.Outcome.Refused refused -> Explanation.of(refused.refusal(), null, refused.answer());
            case MqttLogins.Outcome.Accepted accepted ->
                settled(Outcome.ACCEPTED, accepted.dialect(), accepted.device().id(), connect);
            // a rehearsal never goes on to give credentials
            case MqttLogins.Outcome.Admitted admitted ->
                settled(Outcome.ENROLLED, admitted.dialect(), admitted.device(), connect);
            case MqttLogins.Outcome.Enrolled enrolled ->
                settled(Outcome.ENROLLED, enrolled.dialect(), enrolled.device(), connect);
        };
    }

    private static Explanation settled(Outcome outcome, String dialect, DeviceId device, MqttConnect connect) {
        return new Explanation(
                outcome,
                null,
                dialect,
                device.toString(),
                null,
                null,
                null,
                null,
                Map.of(),
                null,
                Channel.of(connect.channel()));
    }

    private MqttConnect connect(Login login, String peer) {
        int protocol = Objects.requireNonNullElse(login.protocol(), 4);
        int keepAlive = Objects.requireNonNullElse(login.keepAlive(), DEFAULT_KEEP_ALIVE);
        boolean secure = Boolean.TRUE.equals(login.secure());
        require(protocol >= 3 && protocol <= 5, "\"protocol\" must be 3, 4 or 5");
        require(keepAlive >= 0 && keepAlive <= 65_535, "\"keepAlive\" must be 0 to 65535");
        String password = login.password();
        return new MqttConnect(
                login.clientId(),
                login.username(),
                password != null ? Payload.of(password) : null,
                protocol,
                true,
                keepAlive,
                secure,
                clock.instant(),
                new Refusal.Channel(listener(login), peer, secure ? "tls" : "tcp", null));
    }

    private String listener(Login login) {
        if (login.listener() != null) {
            return login.listener();
        }
        if (login.port() == null) {
            return "mqtt";
        }
        int port = login.port();
        return facts.listeners().get().entrySet().stream()
                .filter(listener -> listener.getValue().port() == port)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("port " + port);
    }

    private static MqttLogins.Outcome join(Future<MqttLogins.Outcome> outcome) throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
