package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Pins;
import io.berth.core.device.Device;
import io.berth.core.device.Devices;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which certificate a device logs in with (spec huawei-iotda 7.3).
final class HuaweiFingerprintRoutes {
    private final Devices devices;
    private final Sessions sessions;

    HuaweiFingerprintRoutes(RestServices services) {
        this.devices = services.devices();
        this.sessions = services.sessions();
    }

    /// @param fingerprint null for that of the certificate it logs in with next
    record NewFingerprint(
            String deviceId,
            @Nullable String fingerprint,
            @Nullable Boolean forceDisconnect,
            @Nullable String fingerprintType) {}

    record Shown(String deviceId, @Nullable String fingerprint, String fingerprintType) {}

    Shown reset(RestCall<NewFingerprint> call) {
        NewFingerprint wanted = call.input();
        Device device = call.sight().device(wanted.deviceId());
        Pins pins = device.pins();
        require(pins != null, device.alias() + " does not log in by certificate");
        String type = Objects.requireNonNullElse(wanted.fingerprintType(), "PRIMARY");
        require(
                type.equals("PRIMARY") || type.equals("SECONDARY"),
                "\"fingerprint_type\" must be PRIMARY or SECONDARY");
        Fingerprint fingerprint = fingerprint(wanted.fingerprint());
        devices.changePins(
                device.id(),
                type.equals("PRIMARY")
                        ? new Pins(fingerprint, Objects.requireNonNull(pins).second())
                        : new Pins(Objects.requireNonNull(pins).first(), fingerprint));
        Session live = Boolean.TRUE.equals(wanted.forceDisconnect()) ? sessions.find(device.id()) : null;
        if (live != null) {
            live.link().close(CloseCause.DEVICE_RESET);
        }
        return new Shown(device.alias(), fingerprint == null ? null : fingerprint.hex(), type);
    }

    /// Null and empty for none.
    static @Nullable Fingerprint fingerprint(@Nullable String hex) {
        return hex == null || hex.isEmpty() ? null : new Fingerprint(hex);
    }
}
