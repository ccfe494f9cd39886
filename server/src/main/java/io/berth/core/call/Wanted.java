package io.berth.core.call;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A call as an application asks for it, before anyone looked at the thing model.
///
/// @param target the service's key, or the module of a GET; empty for a SET
/// @param sync whether the caller waits for the answer; null for what the model says, and where it says
/// nothing a service is waited for and a SET is not
/// @param timeout how long the device may take to answer once it has the call
/// @param keepFor how long the call may wait for the device to come online, zero for not at all
/// @param beyondModel whether a service that the model does not know is asked for all the same
public record Wanted(
        DeviceId device,
        Call.Kind kind,
        String target,
        Value.Fields input,
        @Nullable Boolean sync,
        Duration timeout,
        Duration keepFor,
        boolean beyondModel) {
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);

    /// Bound of spec huawei-iotda 7.4.
    private static final Duration MAX_KEEP = Duration.ofDays(2);

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /// Two identifiers and a colon.
    private static final int MAX_TARGET = 129;

    public Wanted {
        require(target.length() <= MAX_TARGET && target.indexOf('\0') < 0, "a key has at most 129 characters");
        require(kind != Call.Kind.SERVICE || !target.isEmpty(), "name the service");
        require(
                timeout.compareTo(Duration.ofSeconds(1)) >= 0 && timeout.compareTo(MAX_TIMEOUT) <= 0,
                "a device has 1 s to 60 s for its answer");
        require(
                !keepFor.isNegative() && keepFor.compareTo(MAX_KEEP) <= 0,
                "a call waits for its device two days at most");
    }

    /// Sets properties; the names are keys of the thing model.
    public static Wanted set(DeviceId device, Value.Fields values) {
        return of(device, Call.Kind.SET, "", values);
    }

    /// Asks for the present values of a module's properties.
    ///
    /// @param identifiers empty for all
    public static Wanted get(DeviceId device, String module, List<String> identifiers) {
        SequencedMap<String, Value> wanted = new LinkedHashMap<>();
        identifiers.forEach(identifier -> wanted.put(identifier, Value.Nothing.NOTHING));
        return of(device, Call.Kind.GET, module, new Value.Fields(wanted)).sync(true);
    }

    public static Wanted service(DeviceId device, String service, Value.Fields input) {
        return of(device, Call.Kind.SERVICE, service, input);
    }

    public Wanted sync(@Nullable Boolean changed) {
        return new Wanted(device, kind, target, input, changed, timeout, keepFor, beyondModel);
    }

    public Wanted timeout(Duration changed) {
        return new Wanted(device, kind, target, input, sync, changed, keepFor, beyondModel);
    }

    public Wanted keepFor(Duration changed) {
        return new Wanted(device, kind, target, input, sync, timeout, changed, beyondModel);
    }

    public Wanted beyondModel(boolean changed) {
        return new Wanted(device, kind, target, input, sync, timeout, keepFor, changed);
    }

    private static Wanted of(DeviceId device, Call.Kind kind, String target, Value.Fields input) {
        return new Wanted(device, kind, target, input, null, DEFAULT_TIMEOUT, Duration.ZERO, false);
    }
}
