package io.berth.dialect;

import io.berth.core.Payload;
import io.berth.core.login.Refusal.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One HTTP request as it came, its body whole.
public interface HttpRequest {
    /// In upper case.
    String method();

    /// As it came: nothing in it is decoded.
    String path();

    /// Null when there is no `?`.
    @Nullable
    String query();

    /// The first header of that name, null when there is none.
    @Nullable
    String header(String name);

    Payload body();

    /// Whether the connection is encrypted.
    boolean isSecure();

    Instant time();

    /// The peer's address and port.
    String address();

    /// Where it came from, for an operator.
    Channel channel();
}
