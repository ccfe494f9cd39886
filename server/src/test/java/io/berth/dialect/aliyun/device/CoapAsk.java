package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.login.Refusal.Channel;
import io.berth.dialect.Attempt;
import io.berth.dialect.CoapRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A CoAP request of a test.
record CoapAsk(
        boolean isPost,
        List<String> path,
        Map<String, String> query,
        Map<Integer, Payload> options,
        int contentFormat,
        int accept,
        Payload payload,
        boolean isSecure,
        boolean hasUnknownCriticalOption)
        implements CoapRequest {
    static CoapAsk post(String path, Payload payload) {
        return new CoapAsk(
                true, List.of(path.split("/")), Map.of(), Map.of(), NO_FORMAT, NO_FORMAT, payload, false, false);
    }

    static CoapAsk post(String path, String text) {
        return post(path, Payload.of(text));
    }

    CoapAsk get() {
        return new CoapAsk(
                false, path, query, options, contentFormat, accept, payload, isSecure, hasUnknownCriticalOption);
    }

    CoapAsk formats(int content, int wanted) {
        return new CoapAsk(isPost, path, query, options, content, wanted, payload, isSecure, hasUnknownCriticalOption);
    }

    CoapAsk with(int option, Payload value) {
        Map<Integer, Payload> more = new HashMap<>(options);
        more.put(option, value);
        return new CoapAsk(
                isPost, path, query, more, contentFormat, accept, payload, isSecure, hasUnknownCriticalOption);
    }

    /// The same elsewhere, saying something else.
    CoapAsk to(String other, Payload said) {
        return new CoapAsk(
                isPost,
                List.of(other.split("/")),
                query,
                options,
                contentFormat,
                accept,
                said,
                isSecure,
                hasUnknownCriticalOption);
    }

    CoapAsk asking(String name, String value) {
        Map<String, String> more = new HashMap<>(query);
        more.put(name, value);
        return new CoapAsk(
                isPost, path, more, options, contentFormat, accept, payload, isSecure, hasUnknownCriticalOption);
    }

    CoapAsk throughDtls() {
        return new CoapAsk(
                isPost, path, query, options, contentFormat, accept, payload, true, hasUnknownCriticalOption);
    }

    CoapAsk withUnknownCriticalOption() {
        return new CoapAsk(isPost, path, query, options, contentFormat, accept, payload, isSecure, true);
    }

    @Override
    public @Nullable String query(String name) {
        return query.get(name);
    }

    @Override
    public @Nullable Payload option(int number) {
        return options.get(number);
    }

    @Override
    public Instant time() {
        return Attempt.NOW;
    }

    @Override
    public Channel channel() {
        return new Channel("coap-sym", "192.0.2.1:5682", "udp", null);
    }
}
