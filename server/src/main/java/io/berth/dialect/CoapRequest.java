package io.berth.dialect;

import io.berth.core.Payload;
import io.berth.core.login.Refusal.Channel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One CoAP request as it came, its blocks put together.
public interface CoapRequest {
    /// Neither Content-Format nor Accept is given.
    int NO_FORMAT = -1;

    boolean isPost();

    /// The segments of the path, decoded.
    List<String> path();

    /// The value of the first `name=value` in the query, null when there is none.
    @Nullable
    String query(String name);

    /// The first option of that number, null when there is none.
    @Nullable
    Payload option(int number);

    /// Whether it has a critical option that CoAP itself gives no meaning here.
    boolean hasUnknownCriticalOption();

    int contentFormat();

    int accept();

    Payload payload();

    /// Whether it came through DTLS.
    boolean isSecure();

    Instant time();

    /// Where it came from.
    Channel channel();
}
