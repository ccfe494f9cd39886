package io.berth.web;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request and its answer. Belongs to the thread of its request.
public final class Exchange {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final Context context;
    private final int maxBodyBytes;
    private boolean tookBody;

    Exchange(Context context, int maxBodyBytes) {
        this.context = context;
        this.maxBodyBytes = maxBodyBytes;
    }

    public String method() {
        return context.req().getMethod();
    }

    /// The path as it came, still percent-encoded and so safe to log.
    public String path() {
        return context.req().getRequestURI();
    }

    /// A parameter of the path, decoded.
    public String parameter(String name) {
        return context.pathParam(name);
    }

    /// The query as it came, still percent-encoded; empty when there is none.
    public String rawQuery() {
        String query = context.req().getQueryString();
        return query == null ? "" : query;
    }

    public Map<String, List<String>> query() {
        return context.queryParamMap();
    }

    public @Nullable String header(String name) {
        return context.req().getHeader(name);
    }

    /// The peer's address without port.
    public String peer() {
        return context.req().getRemoteAddr();
    }

    /// Whether the peer is this machine and speaks for itself: what a proxy passes on may come from anywhere.
    public boolean isLocal() {
        return header("Forwarded") == null
                && header("X-Forwarded-For") == null
                && InetAddress.ofLiteral(peer()).isLoopbackAddress();
    }

    /// Whether the connection is encrypted up to this server.
    public boolean isEncrypted() {
        return context.req().isSecure();
    }

    /// What the client showed when its connection began: it holds the key of the first, and whether anybody
    /// vouches for that nobody looked at. Empty when it showed none, as most do.
    public List<X509Certificate> certificates() {
        return context.req().getAttribute(CERTIFICATES) instanceof X509Certificate[] shown ? List.of(shown) : List.of();
    }

    /// The whole body; a larger one than the server takes ends the request with 413.
    public byte[] body() throws IOException {
        return body(maxBodyBytes)
                .orElseThrow(() -> WebException.ofStatus(413, "the body is larger than " + maxBodyBytes + " bytes"));
    }

    /// The whole body, empty when it is longer than that.
    public Optional<byte[]> body(int maxBytes) throws IOException {
        long announced = context.req().getContentLengthLong();
        // a stream that is asked for more than comes takes a buffer of 16 KiB for the shortest body
        int wanted = announced < 0 ? maxBytes + 1 : (int) Math.min(announced, maxBytes + 1L);
        byte[] bytes = bodyStream().readNBytes(wanted);
        return bytes.length > maxBytes ? Optional.empty() : Optional.of(bytes);
    }

    public int maxBodyBytes() {
        return maxBodyBytes;
    }

    /// The body as it arrives, of any length: the client is held back while nobody reads.
    public InputStream bodyStream() throws IOException {
        tookBody = true;
        return context.req().getInputStream();
    }

    private boolean hasBody() {
        return context.req().getContentLengthLong() > 0 || header("Transfer-Encoding") != null;
    }

    public void putHeader(String name, String value) {
        context.res().setHeader(name, value);
    }

    public void answer(int status) {
        context.res().setStatus(status);
    }

    public void answer(int status, String contentType, byte[] body) throws IOException {
        HttpServletResponse response = context.res();
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(body.length);
        if (!tookBody && hasBody()) {
            // what was not read stands in the way of the next request: the client is to know that there is none
            response.setHeader("Connection", "close");
        }
        response.getOutputStream().write(body);
    }

    public void answerJson(int status, Object body) throws IOException {
        answer(status, Json.CONTENT_TYPE, Json.write(body));
    }

    public void answer(ProblemDocument problem) throws IOException {
        answer(problem.status(), ProblemDocument.CONTENT_TYPE, Json.write(problem));
    }

    /// Sends status and headers at once and lets the body follow.
    public OutputStream stream(int status, String contentType) throws IOException {
        HttpServletResponse response = context.res();
        response.setStatus(status);
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-store");
        response.flushBuffer();
        return response.getOutputStream();
    }

    boolean isCommitted() {
        return context.res().isCommitted();
    }
}
