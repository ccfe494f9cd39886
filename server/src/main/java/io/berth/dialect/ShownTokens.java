package io.berth.dialect;

import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.DeviceTokens;
import io.berth.core.login.DeviceTokens.Ticket;
import io.berth.core.login.DeviceTokens.Verdict;
import io.berth.core.login.LoginFault;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The tokens shown on one connection: remembers what the last one came to, for a device shows the same with
/// each message. Used on the connection's event loop; never blocks.
public final class ShownTokens {
    /// Well-behaved devices use fewer topics.
    private static final int MAX_ROUTES = 16;

    private final DeviceTokens tokens;
    private final Function<DeviceSnapshot, MqttWire> wires;
    private final Map<String, Route> routes = new HashMap<>(2);
    private String token = "";
    private @Nullable Shown shown;
    private @Nullable Shown judged;
    private @Nullable DeviceSnapshot device;
    private @Nullable MqttWire wire;

    /// @param wires the vendor's view of a device
    public ShownTokens(DeviceTokens tokens, Function<DeviceSnapshot, MqttWire> wires) {
        this.tokens = tokens;
        this.wires = wires;
    }

    /// A token that is authentic.
    public record Shown(Ticket ticket, DeviceRef device) {}

    /// Null when the token is not one of this installation's for this use.
    public @Nullable Shown open(String text) {
        if (!text.equals(token)) {
            Ticket ticket = tokens.open(text).orElse(null);
            token = text;
            shown = ticket == null ? null : new Shown(ticket, new DeviceRef.ById(ticket.device()));
        }
        return shown;
    }

    /// Whether it holds for its device as that is now.
    public Verdict judge(Shown given, DeviceSnapshot now) {
        if (given.equals(judged) && now.equals(device)) {
            return tokens.judgeAgain(given.ticket());
        }
        Verdict verdict = tokens.judge(given.ticket(), now.device());
        if (verdict == Verdict.GOOD) {
            judged = given;
            device = now;
            wire = wires.apply(now);
            routes.clear();
        }
        return verdict;
    }

    /// Where the topic leads for the device whose token was found good last.
    public Route route(String topic) {
        Route known = routes.get(topic);
        if (known == null) {
            if (routes.size() >= MAX_ROUTES) {
                routes.clear();
            }
            known = Objects.requireNonNull(wire).route(topic);
            routes.put(topic, known);
        }
        return known;
    }

    public static LoginFailure forged() {
        return failure(
                LoginFault.WRONG_TOKEN,
                "the token was not issued here for this use",
                "log in again and send the token as it comes, whole; tokens of another server or of another wire, and of"
                        + " before a change of the master key, are not good here");
    }

    public static LoginFailure unknownDevice() {
        return failure(
                LoginFault.UNKNOWN_DEVICE,
                "the token is of a device that does not exist any more",
                "create the device and let it log in again");
    }

    /// Why a token with this verdict is refused.
    public static LoginFailure failure(Verdict verdict) {
        return switch (verdict) {
            case EXPIRED ->
                failure(LoginFault.TOKEN_EXPIRED, "the token's time is over", "let the device log in again");
            case RENEWED ->
                failure(
                        LoginFault.WRONG_TOKEN,
                        "the device was issued a newer token, which ended this one",
                        "use the newest token; two devices that share an identity end each other's");
            case OUTDATED ->
                failure(
                        LoginFault.WRONG_TOKEN,
                        "the device's secret changed, or it was reset or made again, after the token was issued",
                        "let the device log in again with the secret it has now");
            case DEVICE_DISABLED -> LoginFailure.disabled();
            case GOOD -> throw new IllegalArgumentException("a good token is no failure");
        };
    }

    private static LoginFailure failure(LoginFault fault, String cause, String fix) {
        // a token is not guessed: those that are refused do not count as tries
        return LoginFailure.denied(fault, cause, fix);
    }
}
