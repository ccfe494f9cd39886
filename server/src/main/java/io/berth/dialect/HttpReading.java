package io.berth.dialect;

import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a dialect makes of an HTTP request.
public sealed interface HttpReading {
    /// There is nothing here for it, whoever asks.
    ///
    /// @param reason what is counted, a few stable words
    record Answered(HttpAnswer answer, String reason) implements HttpReading {}

    /// Whoever asks got what it asked for, without having logged in.
    ///
    /// @param result what is counted among the logins, one stable word
    record Served(HttpAnswer answer, String result) implements HttpReading {}

    /// Refused before any look-up.
    ///
    /// @param device the device meant, under which the operator finds the refusal; null when it is not readable
    /// @param claimed the device as the client named it, as far as it could be read
    record Refused(
            HttpAnswer answer,
            @Nullable DeviceRef device,
            String claimed,
            Map<String, String> fields,
            LoginFailure failure)
            implements HttpReading {}

    /// It claims to come from a device, and can be settled once that device is known.
    non-sealed interface Claim extends HttpReading {
        DeviceRef device();

        /// Whether a wrong one may be a guess at the device's secret.
        boolean isLogin();

        /// What was read, in reading order, for `explain`: no secret, no token.
        Map<String, String> fields();

        /// Decides. An unknown device must be answered like a wrong secret, in content and in time.
        HttpVerdict verify(Optional<DeviceSnapshot> device);
    }

    /// What it is takes a look into the registry: `work` runs off the event loop, where it may block, and
    /// comes to any other reading.
    record Later(Work work) implements HttpReading {
        @FunctionalInterface
        public interface Work {
            HttpReading read();
        }
    }
}
