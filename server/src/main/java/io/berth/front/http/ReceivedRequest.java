package io.berth.front.http;

import io.berth.core.Payload;
import io.berth.core.login.Refusal;
import io.berth.dialect.HttpDialect;
import io.berth.dialect.HttpRequest;
import io.berth.net.TlsFacts;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A whole request.
///
/// @param dialect the one that owns its path
record ReceivedRequest(
        Caller caller,
        HttpDialect dialect,
        String method,
        String path,
        @Nullable String query,
        HttpHeaders headers,
        Payload body,
        Instant time)
        implements HttpRequest {
    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public boolean isSecure() {
        return caller.isSecure();
    }

    @Override
    public String address() {
        return caller.address();
    }

    @Override
    public Refusal.Channel channel() {
        String tls = TlsFacts.of(caller.channel().pipeline());
        return new Refusal.Channel(caller.listener(), caller.address(), tls == null ? "http" : "https", tls);
    }
}
