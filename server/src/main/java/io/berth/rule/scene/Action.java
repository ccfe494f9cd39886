package io.berth.rule.scene;

import io.berth.core.Value;
import io.berth.core.alarm.Alarm;
import io.berth.core.device.DeviceId;
import io.berth.json.ValueJson;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a scene does.
sealed interface Action {
    /// Something asked of a device.
    sealed interface Asking extends Action {
        /// Null for the device of the trigger.
        @Nullable
        DeviceId device();

        /// How long it may wait for a device that is not online.
        Duration keepFor();
    }

    record SetProperties(@Nullable DeviceId device, Value.Fields values, Duration keepFor) implements Asking {
        @Override
        public String toString() {
            return "set " + Condition.named(device) + " " + ValueJson.write(values);
        }
    }

    record CallService(@Nullable DeviceId device, String service, Value.Fields input, Duration keepFor)
            implements Asking {
        @Override
        public String toString() {
            return "call " + service + " of " + Condition.named(device) + " " + ValueJson.write(input);
        }
    }

    /// @param alarm what scenes call it; each device has its own of that name
    /// @param text empty for the reason of the trigger alone
    record RaiseAlarm(String alarm, Alarm.Severity severity, String text) implements Action {
        @Override
        public String toString() {
            return "raise the " + severity.name().toLowerCase(Locale.ROOT) + " alarm " + alarm;
        }
    }

    record ClearAlarm(String alarm) implements Action {
        @Override
        public String toString() {
            return "clear the alarm " + alarm;
        }
    }

    /// @param text what to say beside the reason of the trigger, empty for nothing
    record Notify(URI url, String text) implements Action {
        /// An address may hold a key: only where it goes is shown.
        @Override
        public String toString() {
            return "notify " + url.getHost();
        }
    }
}
