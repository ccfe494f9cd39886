package io.berth.dialect.aliyun.openapi;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.dialect.AppRequest;
import org.jspecify.annotations.Nullable;

/// A request taken apart: where a parameter stood does not matter (spec aliyun-openapi 1), only signatures tell
/// query and form apart.
record Received(AppRequest request, Parameters query, Parameters form, Parameters all, Payload body) {
    private static final String FORM = "application/x-www-form-urlencoded";

    static Received read(AppRequest request, int maxBodyBytes) {
        Payload body = body(request, maxBodyBytes);
        Parameters query = Parameters.read(request.query());
        Parameters form = isForm(request) ? Parameters.read(body.text()) : Parameters.NONE;
        return new Received(request, query, form, query.with(form), body);
    }

    String method() {
        return request.method();
    }

    @Nullable
    String header(String name) {
        String value = request.header(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /// SDKs leave the type out as well. What is of another type no signature 1.0 covers.
    private static boolean isForm(AppRequest request) {
        String type = request.header("Content-Type");
        return type == null || type.isBlank() || type.regionMatches(true, 0, FORM, 0, FORM.length());
    }

    private static Payload body(AppRequest request, int maxBytes) {
        try {
            return request.body(maxBytes);
        } catch (ProblemException e) {
            throw new GatewayException(GatewayCode.TOO_LARGE, e.detail(), e);
        }
    }
}
