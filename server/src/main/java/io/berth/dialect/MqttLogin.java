package io.berth.dialect;

import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What a dialect makes of a CONNECT.
public sealed interface MqttLogin {
    /// The form is not this dialect's.
    record NotMine() implements MqttLogin {}

    /// The form is this dialect's, and it is refused before any lookup.
    ///
    /// @param device the device meant, under which the operator finds the refusal; null when it is not readable
    /// @param claimed the device as the client named it, as far as it could be read
    record Malformed(@Nullable DeviceRef device, String claimed, Map<String, String> fields, LoginFailure failure)
            implements MqttLogin {}

    /// The login is proved by what the TLS connection began with, not by anything in it.
    non-sealed interface Shown extends MqttLogin {
        /// The device as the client named it, as far as it could be read.
        String claimed();

        /// What was read, in reading order, for `explain`.
        Map<String, String> fields();

        /// Decides, asking the store. The stage fails with STORAGE_UNAVAILABLE.
        CompletionStage<Settled> settle();

        /// @param device the one meant, under which the operator finds a refusal; null when it could not be
        /// told
        record Settled(@Nullable DeviceId device, MqttVerdict verdict) {}
    }

    /// The login claims to be a device and can be verified once that device is known.
    non-sealed interface Claim extends MqttLogin {
        DeviceRef device();

        /// What was read, in reading order, for `explain`: no secret, no password.
        Map<String, String> fields();

        /// Decides. An unknown device must be answered like a wrong secret, in content and in time.
        MqttVerdict verify(Optional<DeviceSnapshot> device);
    }

    /// Whoever it is asks for credentials in a device's name, knowing only its product's secret. Looking into
    /// that takes the registry: the methods that decide may block.
    non-sealed interface Application extends MqttLogin {
        DeviceId device();

        /// As of a claim: no secret, no password.
        Map<String, String> fields();

        /// Why it would be refused; empty when nothing is against it. Changes nothing.
        Optional<MqttVerdict.Refused> objection();

        /// Decides, and makes the credentials.
        MqttEnrolment enrol();
    }
}
