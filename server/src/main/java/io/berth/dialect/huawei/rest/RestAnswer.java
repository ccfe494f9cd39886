package io.berth.dialect.huawei.rest;

import io.berth.core.Payload;
import io.berth.dialect.AppAnswer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer of this interface: JSON, or nothing.
record RestAnswer(int status, @Nullable Object body, Map<String, String> headers) {
    /// The body of every refusal; its members are read by the SDKs.
    record Refusal(String errorCode, String errorMsg) {}

    static RestAnswer of(int status, @Nullable Object body) {
        return new RestAnswer(status, body, Map.of());
    }

    static RestAnswer refused(int status, String code, String detail) {
        return of(status, new Refusal(code, detail));
    }

    RestAnswer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new RestAnswer(status, body, more);
    }

    AppAnswer end() {
        return body == null
                ? new AppAnswer(status, "", headers, Payload.EMPTY)
                : new AppAnswer(status, RestJson.CONTENT_TYPE, headers, RestJson.write(body));
    }
}
