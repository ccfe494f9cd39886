package io.berth.front.coap;

import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.dialect.LoginFailure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps for the operator why a device was not believed. The peer was answered before: how long an
/// explanation takes must not show. Any thread.
final class Refusing {
    private final CoapPlatform platform;

    Refusing(CoapPlatform platform) {
        this.platform = platform;
    }

    /// Who it said it is, and where it said so.
    ///
    /// @param device null when that device is not known, or cannot be told
    record Claimant(
            @Nullable DeviceId device,
            String claimed,
            Map<String, String> fields,
            Instant time,
            Supplier<Refusal.Channel> channel) {
        private static final int MAX_FIELDS = 16;
        private static final int MAX_LENGTH = 128;

        Claimant {
            claimed = shortened(claimed);
            Map<String, String> few = new LinkedHashMap<>();
            fields.entrySet().stream()
                    .limit(MAX_FIELDS)
                    .forEach(field -> few.put(shortened(field.getKey()), shortened(field.getValue())));
            fields = few;
        }

        /// Strangers fill what is kept of them.
        private static String shortened(String text) {
            return text.substring(0, Math.min(MAX_LENGTH, text.length()));
        }

        static @Nullable DeviceId idOf(@Nullable DeviceRef named) {
            return named == null ? null : named.id();
        }
    }

    /// Explains and keeps it, unless there were too many of this device already: looking for what a device
    /// did wrong takes a hundred times the work of refusing it.
    void refuse(Claimant who, Supplier<LoginFailure> explanation, long begun) {
        LoginFault fault = LoginFault.TOO_MANY_FAILURES;
        if (!platform.guard().blocks(who.claimed())) {
            platform.guard().failed(who.claimed());
            LoginFailure failure = explanation.get();
            fault = failure.fault();
            platform.refusals()
                    .add(new Refusal(
                            who.time(),
                            platform.dialect().name(),
                            who.device(),
                            who.claimed(),
                            fault,
                            failure.cause(),
                            failure.fix(),
                            who.fields(),
                            failure.check(),
                            who.channel().get()));
        }
        platform.traffic()
                .login(platform.dialect().name(), fault.name().toLowerCase(Locale.ROOT), System.nanoTime() - begun);
    }
}
