package io.berth.dialect.aliyun.openapi;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.dialect.AppRequest;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A request at `/` that nobody sent.
record FakeRequest(String method, String query, Map<String, String> headers, String text) implements AppRequest {
    FakeRequest {
        Map<String, String> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(headers);
        headers = caseless;
    }

    static FakeRequest get(String query) {
        return new FakeRequest("GET", query, Map.of(), "");
    }

    FakeRequest withHeader(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new FakeRequest(method, query, more, text);
    }

    FakeRequest withText(String changed) {
        return new FakeRequest(method, query, headers, changed);
    }

    FakeRequest withQuery(String changed) {
        return new FakeRequest(method, changed, headers, text);
    }

    FakeRequest withMethod(String changed) {
        return new FakeRequest(changed, query, headers, text);
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public String peer() {
        return "127.0.0.1";
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public Payload body(int maxBytes) {
        Payload body = Payload.of(text);
        if (body.size() > maxBytes) {
            throw new ProblemException(Problem.TOO_LARGE, "the body is larger than " + maxBytes + " bytes");
        }
        return body;
    }
}
