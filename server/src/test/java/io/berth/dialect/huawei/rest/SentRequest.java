package io.berth.dialect.huawei.rest;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.dialect.AppRequest;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A request as a test writes it down.
record SentRequest(String method, String path, String query, Map<String, String> headers, Payload payload)
        implements AppRequest {
    static SentRequest of(String method, String target, String body) {
        return of(method, target, Payload.of(body));
    }

    static SentRequest of(String method, String target, Payload body) {
        int mark = target.indexOf('?');
        return new SentRequest(
                method,
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1),
                Map.of(),
                body);
    }

    SentRequest with(String header, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(header, value);
        return new SentRequest(method, path, query, more, payload);
    }

    SentRequest withBody(String changed) {
        return new SentRequest(method, path, query, headers, Payload.of(changed));
    }

    SentRequest withTarget(String target) {
        SentRequest changed = of(method, target, payload);
        return new SentRequest(method, changed.path, changed.query, headers, payload);
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public String peer() {
        return "192.0.2.7";
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public Payload body(int maxBytes) {
        if (payload.size() > maxBytes) {
            throw new ProblemException(Problem.TOO_LARGE, "the body is larger than " + maxBytes + " bytes");
        }
        return payload;
    }
}
