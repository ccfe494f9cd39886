package io.berth.web;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Answers what fails before an endpoint is found (malformed HTTP, headers too large, a server that stops) in the same
/// form as everything else, without pages and stack traces.
final class PlainErrors extends ErrorHandler {
    private static final HttpField TYPE = new HttpField(HttpHeader.CONTENT_TYPE, ProblemDocument.CONTENT_TYPE);

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(TYPE);
        response.write(true, BufferUtil.toBuffer(document(code, message)), callback);
    }

    private static byte[] document(int status, @Nullable String message) {
        return Json.write(ProblemDocument.ofStatus(status, message != null ? message : "not understood"));
    }
}
